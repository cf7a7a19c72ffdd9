"""Which of the languages our pages speak somebody gets."""

from __future__ import annotations

from porchlight.design.direction import page_languages
from porchlight.toolbox import scripts


def page_language(reading: str) -> str:
    """The interface language nearest to what somebody reads. Latin letters stay Latin: Roman Urdu gets English."""
    return scripts.matches(reading, page_languages()) or "en"
