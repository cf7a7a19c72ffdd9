"""A voice note is for ears outside the child's own family: where there are none left, the office has it."""

from __future__ import annotations

from porchlight.conversations.listening import set_known_languages
from porchlight.conversations.models import TriageItem, TriageReason
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_listening import _files, iqra, speaks
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship
from porchlight.schools.models import StaffMember

__all__ = ["_files", "iqra"]


def test_a_note_that_only_the_childs_own_family_could_hear_is_the_offices(
    town: Town, iqra: StaffMember
) -> None:
    amal = town.amal
    set_known_languages(amal, languages=["ur"], by=town.okafor.actor(), now=TUESDAY)
    other = Guardian.objects.create(school=town.school, name="Amal", user=amal.user)
    Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    speaks(town)
    assert not TriageItem.objects.exists()
    set_known_languages(iqra, languages=[], by=town.okafor.actor(), now=TUESDAY)
    assert TriageItem.objects.get().reason == TriageReason.NO_LISTENER
