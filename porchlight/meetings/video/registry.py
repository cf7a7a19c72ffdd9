"""The companies there are; none is a school's until it has an account there. First stands what is the school's own."""

from __future__ import annotations

from porchlight.meetings.video import big_blue_button, google_meet, jitsi, zoom
from porchlight.meetings.video.contract import Company

COMPANIES: dict[str, Company] = {
    one.name: one for one in (jitsi.company, big_blue_button.company, zoom.company, google_meet.company)
}


class UnknownCompany(LookupError):
    """There is no company of this name here."""


def get(name: str) -> Company:
    """Raises UnknownCompany."""
    try:
        return COMPANIES[name]
    except KeyError:
        raise UnknownCompany(name) from None
