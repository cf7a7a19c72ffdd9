"""The square a phone's camera reads: on slips, cards, the poster, invitations and where a phone is paired."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def square(opens: str, *, scale: int = 6) -> SafeString:
    """The picture of an address or words that the camera opens; as large as the style sheet says."""
    drawn = segno.make(opens, error="m").svg_inline(scale=scale, border=2, omitsize=True)
    return mark_safe(drawn)
