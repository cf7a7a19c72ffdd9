"""What may stand in a link that a student shows: an address on the web, with https, and nothing that runs."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

LONGEST = 500


class NotALink(ValueError):
    """It is no address that a browser should be given."""


def link_from(written: str) -> str:
    """The address, as it is kept. Raises NotALink.

    `https` alone: no script, no file, no data, no user's name before the host, no sign that is not seen.
    """
    text = written.strip()
    if (
        not text.lower().startswith(("https://", "http://"))
        and "://" not in text
        and ":" not in text.partition("/")[0]
    ):
        text = f"https://{text}"
    hidden = any(unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp"} for sign in text)
    if len(text) > LONGEST or hidden or "\\" in text:
        raise NotALink(written)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        raise NotALink(written) from None
    if parts.scheme != "https" or parts.username or parts.password or "." not in host.strip("."):
        raise NotALink(written)
    return f"{parts.scheme}{text[len(parts.scheme) :]}"  # a telephone may begin it with a capital letter
