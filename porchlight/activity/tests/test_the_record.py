"""Who did what: ids and kinds in the entry, words beside it where they can be erased."""

from __future__ import annotations

import pytest

from porchlight.activity.models import Entry, EntryText
from porchlight.activity.record import record
from porchlight.schools.actors import Actor, Kind, Role, system
from porchlight.schools.models import School, StaffMember


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School")


def test_an_entry_names_the_actor_and_the_thing_by_id(school: School) -> None:
    by = Actor(Kind.STAFF, school.pk, 7, frozenset({Role.OFFICE}), "Mrs Okafor")
    staff = StaffMember.objects.create(school=school, name="Ms Amal")
    entry = record("staff.invited", about=staff, by=by, cards=1)
    assert (entry.actor_kind, entry.actor_id, entry.about_type, entry.about_id) == (
        "staff",
        7,
        "schools.staffmember",
        staff.pk,
    )
    assert entry.facts == {"cards": 1}
    assert list(Entry.objects.about(staff)) == [entry]


def test_words_are_erased_without_the_entry(school: School) -> None:
    entry = record("restriction.set", about=school, by=system(school.pk), words="court order canary")
    assert "canary" not in str(Entry.objects.values())
    EntryText.objects.all().delete()
    assert Entry.objects.get() == entry


def test_the_record_is_for_leaders_office_and_safeguarding(school: School) -> None:
    record("staff.invited", about=school, by=system(school.pk))
    seen = {
        role: Entry.objects.visible_to(Actor(Kind.STAFF, school.pk, 1, frozenset({role}))).exists()
        for role in Role
    }
    assert {role for role, sees in seen.items() if sees} == {Role.LEADER, Role.OFFICE, Role.SAFEGUARDING}
