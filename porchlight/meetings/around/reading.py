"""What a home wrote, as colleagues read it: from the school's memory, or from an engine that it trusts."""

from __future__ import annotations

from datetime import datetime

from porchlight.languages.memory import pair_of, recall
from porchlight.languages.provenance import Provenance, RenderedVersion, Version, version_for
from porchlight.meetings.models import Meeting
from porchlight.toolbox import scripts


def read_at_school(text: str, language: str, meeting: Meeting, *, now: datetime) -> RenderedVersion:
    """In the school's language where it is known, else as it was written. Asks no engine: a page only looks."""
    school = meeting.school
    versions: dict[str, Version] = {}
    if text and not scripts.same_reading(language, school.language):
        near = [meeting.student.name, meeting.student.called]
        found = recall(
            pair_of(school, language, school.language, near=[one for one in near if one]), text, now=now
        )
        if found.version is not None:
            versions[school.language] = found.version
    return version_for(
        school.language, original=Version(text, language, Provenance.ORIGINAL), versions=versions
    )
