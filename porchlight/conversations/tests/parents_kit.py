"""A father who reads Urdu for the school, with something to read."""

from __future__ import annotations

from porchlight.conversations.tests.conftest import Town
from porchlight.languages.glossary import write_term
from porchlight.languages.volunteering import agree, offer
from porchlight.toolbox import school_time


def reads_for_school(town: Town) -> None:
    """He offered, the office agreed, and one word waits."""
    father, office, now = town.yousaf.guardian, town.okafor.actor(), school_time.now()
    row = offer(
        guardian=father, language="ur", notices=True, words=True, named=True, by=father.actor(), now=now
    )
    agree(row, by=office, now=now)
    write_term(
        school=town.school, source="en", target="ur", words="homework", translation="x", by=office, now=now
    )
