"""Takes personal data out of a gateway's own sentences before they are kept or shown."""

from __future__ import annotations

import re

_PERSONAL = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+            # mailboxes
    | \b[A-Z]{2}\.(?:ENT\.)?[0-9A-Za-z]{6,}   # WhatsApp's business-scoped user ids
    | \bwamid\.[\w+/=-]+                      # message ids hold the number in base64
    | \bEAA[0-9A-Za-z]{8,}                    # Meta's access tokens
    | \b\d{4,20}:[\w-]{30,}                  # Telegram's bot tokens
    | \+?\d(?:[\s().-]{0,2}\d){6,}            # numbers people can be reached at
    """,
    re.VERBOSE,
)
_LONGEST = 300


def redact(sentence: str, *known: str) -> str:
    """The sentence with numbers, mailboxes, ids and the `known` private words replaced by "[…]", cut to 300."""
    for word in known:
        if len(word) > 2:
            sentence = sentence.replace(word, "[…]")
    return _PERSONAL.sub("[…]", sentence[: 4 * _LONGEST])[:_LONGEST]
