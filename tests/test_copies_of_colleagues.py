"""T46. A colleague's copy: their post, sign-in and doings; of families and children only how much there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.activity.record import record
from porchlight.conversations.models import Message, Worry
from porchlight.families.models import ContactPoint
from porchlight.privacy.colleagues import copy_for
from porchlight.privacy.packing import packed
from porchlight.schools.models import StaffMember
from tests.full_school.family import family, worried
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, people

pytestmark = pytest.mark.django_db
MARK, HOME = "wren7q", "ibis4q"


@pytest.fixture
def full() -> Iterator[FullSchool]:
    with time_machine.travel(NOW, tick=False):
        school = people("maple-street", MARK, 1)
        complete(school)
        worried(family(school, HOME, 7))
        yield school


def opened(full: FullSchool, who: StaffMember) -> tuple[dict[str, Any], str]:
    """`copy.json`, and every word of the zip."""
    with packed(copy_for(who, by=full.staff["leader"].actor())) as file, ZipFile(file) as archive:
        told = archive.read("copy.json").decode()
        return json.loads(told), told + archive.read("copy.html").decode()


def posts_in(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as archive:
        return [one["name"] for one in json.loads(archive.read("copy.json"))["tables"]["schools.StaffMember"]]


def test_t46_nothing_of_a_family_is_in_a_colleagues_copy(full: FullSchool) -> None:
    families = [str(one) for one in (*full.adults.values(), *full.students.values())]
    families += filter(None, ContactPoint.objects.values_list("address__value", flat=True))
    for me in full.staff.values():
        told, words = opened(full, me)
        [post] = told["tables"]["schools.StaffMember"]
        assert (post["name"], post["email"]) == (me.name, me.email)
        assert [one["email"] for one in told["tables"]["accounts.User"]] == [me.email]
        others = StaffMember.objects.exclude(pk=me.pk).exclude(email="").values_list("email", flat=True)
        for canary in (*families, *others, HOME, f"{MARK}-L2-", f"{MARK}-L3-", "worr"):
            assert canary.lower() not in words.lower(), f"{canary} in the copy of {me.name}"


def test_t46_what_was_written_to_homes_is_counted_with_its_days(full: FullSchool) -> None:
    teacher = full.staff["teacher"]
    mine = Message.objects.filter(staff=teacher)
    assert mine
    [told] = opened(full, teacher)[0]["tables"]["conversations.Message"]
    assert told["how_many"] == mine.count()
    assert told["first"] == min(one.said_at for one in mine).date().isoformat()


def test_t46_the_record_says_when_they_did_what_and_that_the_copy_was_made(full: FullSchool) -> None:
    leader, teacher = full.staff["leader"], full.staff["teacher"]
    opened(full, teacher)
    made = Entry.objects.latest("pk")
    assert (made.verb, made.about_id, made.actor_id) == (
        "privacy.copied",
        full.staff["teacher"].pk,
        leader.pk,
    )
    told = opened(full, leader)[0]["tables"]["activity.Entry"]
    assert {"what": "privacy.copied", "at": made.at.isoformat()} in told
    assert all(set(row) == {"what", "at"} for row in told)


def test_colleagues_fetch_their_own_and_a_leader_that_of_one_who_left(full: FullSchool) -> None:
    def browser(who: str) -> Client:
        return browser_of(full.staff[who])

    at = "/maple-street/"
    page = browser("teacher").get(f"{at}kept/at-work/")
    assert f"{at}kept/at-work/copy/" in page.content.decode()
    answer = browser("teacher").get(f"{at}kept/at-work/copy/")
    assert answer["Content-Disposition"] == f'attachment; filename="{full.staff["teacher"].key}.zip"'
    assert posts_in(answer.getvalue()) == [full.staff["teacher"].name]
    still_here = f"{at}settings/kept/colleague/?who={full.staff['teacher'].key}"
    assert browser("leader").get(still_here).status_code == 404
    shown = browser("leader").get(f"{at}settings/kept/").content.decode()
    assert full.staff["teacher"].key not in shown
    left = f"{at}settings/kept/colleague/?who={full.staff['leader who left'].key}"
    assert left.partition("=")[2] in browser("leader").get(f"{at}settings/kept/").content.decode()
    assert posts_in(browser("leader").get(left).getvalue()) == [full.staff["leader who left"].name]
    assert browser("leader").get(f"{at}settings/kept/colleague/?who=nobody").status_code == 404
    assert browser("office").get(left).status_code == 404
    assert browser("leader who left").get(f"{at}kept/at-work/copy/").status_code in {302, 403, 404}


def test_a_leaders_copy_does_not_say_from_where_somebody_signs_in(full: FullSchool) -> None:
    teacher = full.staff["teacher"]
    UserSession.objects.create(
        user=teacher.user, ip="203.0.113.77", session_key="k7", user_agent="At home", last_seen_at=NOW
    )
    EmailAddress.objects.create(user=teacher.user, email="own@home.example")
    of_the_leader = opened(full, teacher)[1]
    assert not [one for one in ("203.0.113.77", "At home", "own@home.example") if one in of_the_leader]
    with packed(copy_for(teacher, by=teacher.actor())) as file, ZipFile(file) as archive:
        own = archive.read("copy.json").decode()
    assert "203.0.113.77" in own
    assert "own@home.example" in own


def test_no_copy_says_that_somebody_had_to_do_with_safeguarding(full: FullSchool) -> None:
    teacher, worry = full.staff["teacher"], Worry.objects.latest("pk")
    record("worry.raised", about=worry, by=teacher.actor())
    for by in (teacher, full.staff["leader"]):
        with packed(copy_for(teacher, by=by.actor())) as file, ZipFile(file) as archive:
            assert "worry" not in archive.read("copy.json").decode()
