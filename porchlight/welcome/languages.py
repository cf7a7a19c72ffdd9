"""Which of the languages our pages speak somebody gets."""

from __future__ import annotations

from django.conf import settings


def page_language(reading: str) -> str:
    """The interface language nearest to what somebody reads. Latin letters stay Latin: Roman Urdu gets English."""
    main = reading.split("-")[0]
    return main if main in dict(settings.LANGUAGES) and not reading.endswith("-Latn") else "en"
