"""The square a phone's camera reads: on slips, cards, the poster, invitations and where a phone is paired."""

from __future__ import annotations

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def square(opens: str, *, scale: int = 6) -> SafeString:
    """The picture of an address or words that the camera opens; as large as the style sheet says."""
    drawn = segno.make(opens, error="m").svg_inline(scale=scale, border=2, omitsize=True)
    return mark_safe(drawn)


def picture(opens: str) -> str:
    """The same as a picture of its own, SVG, for what is set on paper."""
    drawn = BytesIO()
    segno.make(opens, error="m").save(drawn, kind="svg", border=2, xmldecl=False, omitsize=True)
    return drawn.getvalue().decode()
