"""A list that the office takes names nobody who leads or safeguards, and takes the post of nobody who does."""

from pathlib import Path

import pytest

from porchlight.activity.models import Entry
from porchlight.rosters.actions import take, undo
from porchlight.rosters.models import RosterImport
from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
from porchlight.rosters.tests.handing import member
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember, StaffRole

pytestmark = pytest.mark.django_db


def colleague(maple: School, role: str) -> StaffMember:
    return StaffMember.objects.get(user=member(maple, role))


def taken(folder: Path, maple: School, by: Actor, **roles: str) -> RosterImport:
    """A list in which these people (by their id) have these roles beside Ms Khan, who teaches."""
    school = small_school()
    for key, role in roles.items():
        school["users"] = [*school["users"], {**school["users"][-1], "sourcedId": key}]
        school["roles"] = [*school["roles"], {**school["roles"][-1], "sourcedId": f"r-{key}", "userSourcedId": key, "role": role}]  # fmt: skip
    return take(path=zipped(folder / "r.zip", oneroster(school)), school=maple, by=by)


def roles_of(staff: StaffMember) -> set[str]:
    return set(StaffRole.objects.filter(staff=staff).values_list("role", flat=True))


def test_who_takes_a_list_does_not_make_themselves_a_leader_by_it(tmp_path: Path, maple: School) -> None:
    taken(tmp_path, maple, colleague(maple, "leader").actor(), o7="siteAdministrator")
    office = StaffMember.objects.get(source_id="o7")
    assert roles_of(office) == {"office"}
    run = taken(tmp_path, maple, office.actor(), o7="principal", p8="ext:safeguardingLead")
    assert "leader" not in roles_of(office)
    assert roles_of(StaffMember.objects.get(source_id="p8")) == set()
    assert roles_of(StaffMember.objects.get(source_id="t1")) == {"teacher"}
    told = Entry.objects.get(verb="roster.roles_left_to_leaders")
    assert told.facts["staff"] == sorted([office.pk, StaffMember.objects.get(source_id="p8").pk])
    undo(run=run, by=office.actor())
    assert "leader" not in roles_of(office)


def test_a_leaders_list_names_leaders_and_the_offices_next_one_does_not_take_them_away(
    tmp_path: Path, maple: School
) -> None:
    office, leader = colleague(maple, "office"), colleague(maple, "leader")
    taken(tmp_path, maple, leader.actor(), p8="principal")
    head = StaffMember.objects.get(source_id="p8")
    assert roles_of(head) == {"leader"}
    taken(tmp_path, maple, office.actor(), p8="teacher")
    assert roles_of(head) == {"leader", "teacher"}
