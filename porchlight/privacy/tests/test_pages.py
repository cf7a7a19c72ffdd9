"""The pages: what everybody reads, what a parent asks, what the office, a leader and safeguarding do with it."""

from __future__ import annotations

import gzip
from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, Thread, Worry
from porchlight.conversations.tests.conftest import Town, staff, town
from porchlight.families.models import Guardian, Student
from porchlight.privacy.limits import days_of, due_on, set_limits
from porchlight.privacy.models import Clearing, Decision, Hold, OwnLimit, Request
from porchlight.schools.actors import Role
from porchlight.schools.sight import readers
from porchlight.toolbox.kept import Limit
from tests.full_school.people import NOW

__all__ = ["town"]  # fixtures

AT = "/maple-street/"
pytestmark = pytest.mark.django_db


def parent(town: Town) -> Client:
    guardian = town.yousaf.guardian
    guardian.user = User.objects.create_user(name="Mr Yousaf")
    guardian.save()
    return browser_of(guardian)


def text(response: object) -> str:
    assert response.status_code == 200  # type: ignore[attr-defined]  # a response of the client
    return response.content.decode()  # type: ignore[attr-defined]  # a response of the client


def test_t45_everybody_may_read_what_is_kept_and_how_long_in_three_languages(town: Town) -> None:
    nobody = Client()
    whole = text(nobody.get(f"{AT}what-we-keep/"))
    for words in (
        "3 years",
        "30 days",
        "Messages, announcements, answers",
        "to keep children safe",
        "your consent",
    ):
        assert words in whole
    assert len(gzip.compress(whole.encode())) < 14_000
    assert "3 años" in text(nobody.get(f"{AT}what-we-keep/", headers={"accept-language": "es"}))
    assert "3 سال" in text(nobody.get(f"{AT}what-we-keep/", headers={"accept-language": "ur"}))
    OwnLimit.objects.create(school=town.school, limit=Limit.TALK, days=730)
    assert "2 years" in text(nobody.get(f"{AT}what-we-keep/"))
    assert nobody.get("/no-school/what-we-keep/").status_code == 404


def test_t45_a_family_page_says_who_can_read_it_as_the_rules_say(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = parent(town)
    place = reverse("conversations:family_thread", args=["maple-street", town.yousaf.student.key])
    for page in (place, f"{AT}week/"):
        assert "your child’s teachers, who leads the school, the office" in " ".join(
            text(home.get(page)).split()
        )
        assert (
            "; and if they teach your child or were asked to help: a counsellor, a liaison, an interpreter."
        ) in " ".join(text(home.get(page)).split())
    seen = Thread.objects.all().__class__
    was = seen.visible_to
    monkeypatch.setattr(
        seen,
        "visible_to",
        lambda rows, actor: rows.none() if actor.is_one_of(Role.OFFICE) else was(rows, actor),
    )
    readers.cache_clear()
    said = " ".join(text(home.get(place)).split())
    readers.cache_clear()
    assert "the office" not in said.split("Who can read this")[1].split("</p>")[0]


def test_t46_a_parent_asks_and_sees_how_long_it_may_take(town: Town) -> None:
    with time_machine.travel(NOW, tick=False):
        home, child = parent(town), town.yousaf.student
        whole = text(home.post(f"{AT}kept/", {"kind": "copy", "about": child.key}, follow=True))
        assert "28 days left" in whole
        home.post(f"{AT}kept/", {"kind": "copy", "about": child.key})
        [asked] = Request.objects.all()  # pressed twice, asked once
        assert (asked.student, asked.asked_by, asked.recorded_by) == (child, town.yousaf.guardian, None)
        assert home.post(f"{AT}kept/", {"kind": "copy", "about": town.home(2).student.key}).status_code == 404
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        late = text(browser_of(staff(town.school, "Ms Head", Role.LEADER)).get(f"{AT}settings/kept/"))
        assert "This should have been answered already." in late


def test_a_copy_is_never_due_after_what_the_law_allows(town: Town) -> None:
    asked = datetime(2027, 1, 31, 12, tzinfo=town.school.zone)
    town.school.country = "IE"
    assert due_on(town.school, asked) <= date(2027, 2, 28)  # a month from 31 January
    town.school.law = "sg"
    assert due_on(town.school, asked) == date(2027, 3, 2)


def test_notes_of_safety_are_kept_as_long_as_the_law_a_school_follows_has_them(town: Town) -> None:
    assert days_of(town.school)[Limit.SAFETY] == 20 * 365  # the United Kingdom's guidance
    town.school.country = "IE"
    assert days_of(town.school)[Limit.SAFETY] == 7 * 365
    OwnLimit.objects.create(school=town.school, limit=Limit.SAFETY, days=3 * 365)
    assert days_of(town.school)[Limit.SAFETY] == 3 * 365
    town.school.country = "GB"
    assert days_of(town.school)[Limit.SAFETY] == 7 * 365  # chosen under another law, now too short
    with pytest.raises(ValueError, match="are not between 2555"):
        set_limits({Limit.SAFETY: 3 * 365}, school=town.school, by=town.okafor.actor())


def test_pages_of_the_office_say_whom_to_tell_and_from_when_a_student_is_an_adult(town: Town) -> None:
    office = browser_of(town.okafor)
    assert "tell the Information Commissioner within 72 hours" in text(
        office.get(f"{AT}settings/kept/record/")
    )
    found = text(office.get(f"{AT}settings/kept/", {"find": town.yousaf.student.name}))
    assert "From 18 on, a student is an adult" in found
    town.school.law = "nz"
    town.school.save()
    assert "From 20 on" in text(office.get(f"{AT}settings/kept/", {"find": town.yousaf.student.name}))


def test_in_the_united_states_the_clock_is_forty_five_days(town: Town) -> None:
    town.school.country = "US"
    town.school.save()
    with time_machine.travel(NOW, tick=False):
        assert "45 days left" in text(parent(town).post(f"{AT}kept/", {"kind": "copy"}, follow=True))


def test_t46_the_office_gives_a_copy_once_safeguarding_has_looked(town: Town) -> None:
    message = Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text="He cries at night.", language="en"
    )
    Worry.objects.create(school=town.school, message=message, raised_by=town.amal, words="sealed")
    office, lead = browser_of(town.okafor), browser_of(town.reyes)
    adult = town.yousaf.guardian
    made = office.post(f"{AT}settings/kept/", {"who": f"adult:{adult.key}", "kind": "copy"})
    place = made.url
    assert "1 message has to be looked at first" in text(office.get(place))
    assert office.get(f"{place}copy/").status_code == 409
    assert office.get(f"{place}review/").status_code == 404  # not the office's to decide
    assert "He cries at night." in text(lead.get(f"{place}review/"))
    refused = lead.post(f"{place}review/", {"message": message.key, "given": "yes", "why": ""})
    assert (refused.status_code, Decision.objects.count()) == (422, 0)
    lead.post(
        f"{place}review/", {"message": message.key, "given": "no", "why": "It tells of the other child."}
    )
    assert [(one.is_given, one.by) for one in Decision.objects.all()] == [(False, town.reyes)]
    given = office.get(f"{place}copy/")
    with ZipFile(BytesIO(b"".join(given.streaming_content))) as archive:  # type: ignore[attr-defined]  # a response of the client
        told = archive.read("copy.json").decode()
    assert ("He cries at night." in told, adult.addressed_as in told, "sealed" in told) == (
        False,
        True,
        False,
    )
    assert "The copy was handed over." in text(office.post(f"{place}answer/", follow=True))


def test_the_school_may_say_no_with_a_reason_that_the_family_reads(town: Town) -> None:
    home = parent(town)
    home.post(f"{AT}kept/", {"kind": "erasure"})
    [asked] = Request.objects.all()
    place, office = f"{AT}settings/kept/requests/{asked.key}/", browser_of(town.okafor)
    assert office.post(f"{place}answer/", {"refused": "1", "why": ""}).status_code == 422
    office.post(f"{place}answer/", {"refused": "1", "why": "Your child is still with us."})
    assert "Your child is still with us." in text(home.get(f"{AT}kept/"))


def test_t46_a_leader_erases_for_good_and_reads_what_had_to_stay(town: Town) -> None:
    leader, office = browser_of(staff(town.school, "Ms Head", Role.LEADER)), browser_of(town.okafor)
    child, adult = town.yousaf.student, town.yousaf.guardian
    message = Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text="He cries.", language="en"
    )
    worry = Worry.objects.create(school=town.school, message=message, raised_by=town.amal, words="sealed")
    place = office.post(f"{AT}settings/kept/", {"who": f"child:{child.key}", "kind": "erasure"}).url
    assert office.post(f"{place}erasure/").status_code == 404
    held = Hold.objects.create(school=town.school, guardian=adult, why="A claim.", set_by=town.amal)
    assert "there is a hold" in text(leader.post(f"{place}erasure/", {"adults": "on"}, follow=True))
    leader.post(f"{AT}settings/kept/holds/{held.key}/lifting/")
    said = text(leader.post(f"{place}erasure/", {"adults": "on"}, follow=True))
    assert ("Erased." in said, "Messages: 1" in said) == (True, True)
    Worry.objects.filter(pk=worry.pk).delete()
    again = office.post(f"{AT}settings/kept/", {"who": f"child:{child.key}", "kind": "erasure"}).url
    text(leader.post(f"{again}erasure/", {"adults": "on"}, follow=True))
    assert (Student.objects.filter(pk=child.pk).exists(), Guardian.objects.filter(pk=adult.pk).exists()) == (
        False,
        False,
    )
    assert "Taking it away" in text(leader.get(f"{AT}settings/kept/"))  # answered, without a name


def test_a_hold_is_put_on_by_name_and_lifted(town: Town) -> None:
    leader, child = browser_of(staff(town.school, "Ms Head", Role.LEADER)), town.yousaf.student
    page = f"{AT}settings/kept/holds/"
    assert f"child:{child.key}" in text(leader.get(page, {"find": child.name}))
    assert leader.post(page, {"who": f"child:{child.key}", "why": ""}).status_code == 422
    assert "A court asks." in text(
        leader.post(page, {"who": f"child:{child.key}", "why": "A court asks."}, follow=True)
    )
    assert leader.post(page, {"who": "child:nobody234567", "why": "x"}).status_code == 404
    [held] = Hold.objects.in_force()
    assert "Nothing is on hold." in text(leader.post(f"{page}{held.key}/lifting/", follow=True))


def test_t47_a_leader_sets_limits_within_bounds(town: Town) -> None:
    leader = browser_of(staff(town.school, "Ms Head", Role.LEADER))
    page = f"{AT}settings/kept/limits/"
    days = {limit.value: number for limit, number in days_of(town.school).items()}
    assert leader.post(page, {**days, "talk": 9999}).status_code == 422
    Clearing.objects.create(school=town.school, day=NOW.date(), counts={"conversations.Message": 3, "x": 2})
    assert "5 entries" in text(leader.post(page, {**days, "talk": 730}, follow=True))
    assert days_of(town.school)[Limit.TALK] == 730
    with pytest.raises(ValueError, match="are not between"):
        set_limits({Limit.RAW: 31}, school=town.school, by=town.okafor.actor())


def test_t45_leaders_read_the_record_of_processing(town: Town) -> None:
    whole = text(browser_of(town.okafor).get(f"{AT}settings/kept/record/"))
    assert ("families.Student" in whole, "conversations.Message" in whole, "3 years" in whole) == (
        True,
        True,
        True,
    )
