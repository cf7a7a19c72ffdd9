"""Twilio's own voices, where the school wants them: a line for each language."""

from __future__ import annotations

import re

_LINE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s+([A-Za-z][\w.-]{1,60})")


def voices_in(written: str) -> dict[str, str]:
    """Language (BCP-47) → the voice's name, of the lines that say both."""
    found = (_LINE.fullmatch(line.strip()) for line in written.splitlines())
    return {one[1]: one[2] for one in found if one}
