"""Takes out of a line whatever should not be kept: secrets in addresses, mailboxes, numbers, signs that forge lines.

A last net, under the rule that nobody logs such things: other people's libraries log what they like.
"""

from __future__ import annotations

import re

from porchlight.toolbox.keys import CODE_OF_A_SLIP

GONE = "…"

# The nouns after which our own and allauth's addresses carry a secret.
_SECRET_IN_ADDRESS = re.compile(r"/(n|join|hooks/[\w-]+|key|confirm-email|code)/[^\s/?#\"'<>]+(?:/[\w.~-]+)?")
_CODE_OF_A_SLIP = re.compile(CODE_OF_A_SLIP)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+")
_LONG_KEY = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?![\w-])")
_MAILBOX = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+\d[\d ()-]{5,}\d|(?<![\w.:-])\d{9,}(?![\w.:-])")
_FORGING = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+"
)


def without_secrets(text: str) -> str:
    """The line as it may be kept, on one line."""
    text = _FORGING.sub(" ", text)
    text = _SECRET_IN_ADDRESS.sub(rf"/\1/{GONE}", text)
    for pattern in (_CODE_OF_A_SLIP, _QUERY, _MAILBOX, _LONG_KEY, _NUMBER):
        text = pattern.sub(GONE, text)
    return text
