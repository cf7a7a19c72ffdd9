"""Markup as a browser takes it: whitespace beside a block means nothing, any other run of it is one space."""

import re

BLOCKS = (
    "article|button|caption|details|div|fieldset|form|h1|h2|input|label|legend|li|p|section|summary|svg|rect|"
    "table|tbody|td|tfoot|th|thead|tr|ul"
)
BESIDE = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*|(<a class=\"btn[^>]*>)\s+|\s+(</a>)")


def flat(html: str) -> str:
    """On one line, for exact comparison; templates may be laid out as they read best."""
    return re.sub(r"\s+", " ", BESIDE.sub(r"\1\2\3", html)).strip()
