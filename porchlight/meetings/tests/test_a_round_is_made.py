"""The office makes a season, colleagues say when they are there and whom they must talk about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests import cast
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import HostTime, Mode, Party, Round, RoundHost
from porchlight.meetings.rounds.hosts import add_host
from porchlight.meetings.rounds.making import days_like
from porchlight.meetings.rounds.parties import form_parties
from porchlight.meetings.tests.a_round import (
    ANSWER_BY,
    BASE,
    DAYS,
    LATER,
    LATER_SATURDAY,
    adult,
    host_of,
    made_round,
    party_of,
    teaches,
    wished,
)
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass


@pytest.fixture(autouse=True)
def clock(town: Town) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def facts(town: Town, *days: tuple[str, str, str], **others: object) -> dict[str, object]:
    """As the form sends it."""
    rows = {
        f"days-{n}-{name}": value
        for n, day in enumerate(days)
        for name, value in zip(("day", "starts", "ends"), day, strict=True)
    }
    return {
        "name": "Autumn", "answer_by": "2026-10-30", "classes": [town.class_4a.pk], "minutes": 10, "longest": 90,
        "pause": 10, "walk": 5, "apart": 20, "days-TOTAL_FORMS": len(days), "days-INITIAL_FORMS": 0, **rows, **others,
    }  # fmt: skip


THURSDAY = ("2026-11-12", "15:30", "19:30")


def times_at(host: RoundHost) -> list[str]:
    rows = HostTime.objects.filter(host=host).select_related("day").order_by("day__day", "starts")
    return [f"{one.day.day:%a} {one.starts:%H:%M}-{one.ends:%H:%M} {','.join(one.modes)}" for one in rows]


def test_the_office_makes_a_season_and_hosts_are_proposed(town: Town) -> None:
    khan = staff(town.school, "Mrs Khan", Role.INTERPRETER)
    answer = browser_of(town.okafor).post(f"{BASE}/rounds/new/", facts(town, THURSDAY))
    made = Round.objects.get()
    assert answer["Location"] == f"{BASE}/rounds/{made.key}/"
    assert (made.max_run, made.break_slots, made.answer_by) == (18, 2, ANSWER_BY)
    assert set(made.hosts.values_list("staff", "interprets")) == {(town.amal.pk, False), (khan.pk, True)}
    assert times_at(host_of(made, town.amal)) == ["Thu 15:30-19:30 in_person,video,phone"]
    assert not Party.objects.exists()  # nobody is asked by that


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("2026-11-12", "19:30", "15:30"), "The end is before the beginning."),
        (("", "15:30", "19:30"), "Write at least one day."),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_made(
    town: Town, day: tuple[str, str, str], words: str
) -> None:
    answer = browser_of(town.okafor).post(f"{BASE}/rounds/new/", facts(town, day))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Round.objects.exists()


def test_a_day_to_answer_that_is_over_is_refused(town: Town) -> None:
    answer = browser_of(town.okafor).post(
        f"{BASE}/rounds/new/", facts(town, THURSDAY, answer_by="2026-10-13")
    )
    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_the_next_one_is_like_the_last_on_the_same_weekdays(town: Town) -> None:
    round_ = made_round(town)
    assert days_like(round_, today=date(2027, 1, 4)) == [
        (date(2027, 1, 21), *DAYS[0][1:]),
        (date(2027, 1, 23), *DAYS[1][1:]),
    ]
    page = browser_of(town.okafor).get(f"{BASE}/rounds/new/?like={round_.key}").content.decode()
    assert 'value="Autumn conferences"' in page
    assert f'value="{LATER}"' in page


def test_only_the_office_and_leaders_make_and_ask(town: Town) -> None:
    round_ = made_round(town)
    teacher, office = browser_of(town.amal), browser_of(town.okafor)
    assert teacher.get(f"{BASE}/rounds/").status_code == 200
    assert teacher.get(f"{BASE}/rounds/{round_.key}/").status_code == 200
    for page in ("facts/", "hosts/", "parties/"):
        assert teacher.get(f"{BASE}/rounds/{round_.key}/{page}").status_code == 404
        assert office.get(f"{BASE}/rounds/{round_.key}/{page}").status_code == 200
    assert teacher.post(f"{BASE}/rounds/{round_.key}/asking/").status_code == 404
    assert not Party.objects.exists()
    assert office.post(f"{BASE}/rounds/{round_.key}/asking/").status_code == 302
    round_.refresh_from_db()
    assert (round_.asked_at, round_.asked_by) == (NOW, town.okafor)
    assert "1 of 1" not in office.get(f"{BASE}/rounds/{round_.key}/").content.decode()


def test_a_host_says_when_with_a_break_and_how(town: Town) -> None:
    round_ = made_round(town)
    host = host_of(round_, town.amal)
    thursday, saturday = (f"day-{round_.days.get(day=day).key}" for day in (LATER, LATER_SATURDAY))
    browser = browser_of(town.amal)
    said = {
        "place": "Room 4", "zone": 2, f"{thursday}-starts": "16:00", f"{thursday}-ends": "19:00",
        f"{thursday}-break_starts": "17:15", f"{thursday}-break_ends": "17:45",
        f"{thursday}-modes": ["in_person", "phone"], f"{saturday}-modes": ["in_person"],
    }  # fmt: skip
    address = f"{BASE}/rounds/{round_.key}/mine/"
    early = browser.post(address, {**said, f"{thursday}-starts": "15:00"})
    assert early.status_code == 422
    assert browser.post(address, said).status_code == 302
    host.refresh_from_db()
    assert (host.place, host.zone, host.said_at) == ("Room 4", 2, NOW)
    assert times_at(host) == ["Thu 16:00-17:15 in_person,phone", "Thu 17:45-19:00 in_person,phone"]
    page = browser.get(address).content.decode()
    assert 'value="17:15"' in page
    assert browser_of(town.reyes).get(address).status_code == 404


def test_the_office_writes_a_hosts_hours_and_they_have_not_looked_at_them_by_that(town: Town) -> None:
    round_ = made_round(town)
    host = host_of(round_, town.amal)
    day = f"day-{round_.days.get(day=LATER).key}"
    said = {
        "place": "",
        "zone": 0,
        f"{day}-starts": "16:00",
        f"{day}-ends": "17:00",
        f"{day}-modes": ["video"],
    }
    browser_of(town.okafor).post(f"{BASE}/rounds/{round_.key}/hosts/{host.key}/", said)
    host.refresh_from_db()
    assert (times_at(host), host.said_at) == (["Thu 16:00-17:00 video"], None)


def test_a_teacher_marks_a_child_and_it_takes_the_place_of_the_wish_of_every_child(town: Town) -> None:
    bell = teaches(town, "Mr Bell")
    mother = adult(town, "Mother", town.yousaf.student)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    key, second = town.yousaf.student.key, host_of(round_, bell).key
    address = f"{BASE}/rounds/{round_.key}/must-see/"
    browser = browser_of(town.amal)
    browser.post(address, {"child": [key], f"why-{key}": "Reading", f"second-{key}": second})
    for guardian in (town.yousaf.guardian, mother):
        party = party_of(round_, guardian)
        assert wished(party) == [("Hamza", "staff", ("Ms Amal", "Mr Bell"))]
        wish = party.wishes.get(taken_back_at=None)
        assert (wish.must, wish.why, wish.priority) == (True, "Reading", 3)
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, mother)) == [("Hamza", "staff", ("Ms Amal", "Mr Bell"))]
    browser.post(address, {"child": [key], f"why-{key}": "Reading"})
    assert wished(party_of(round_, mother)) == [("Hamza", "staff", ("Ms Amal",))]
    browser.post(address, {})
    assert wished(party_of(round_, mother)) == [("Hamza", "round", ("Ms Amal",))]


def test_a_counsellor_who_teaches_nobody_takes_part_and_comes_along(town: Town) -> None:
    round_, office = made_round(town), browser_of(town.okafor)
    away = cast.maple_street("oak-lane")
    stranger = staff(away, "Mr Oak", Role.TEACHER)
    where = f"{BASE}/rounds/{round_.key}/hosts/"
    assert "Ms Reyes" in office.get(where).content.decode()
    assert office.post(where, {"who": stranger.key}).status_code == 404
    assert browser_of(town.amal).post(where, {"who": town.reyes.key}).status_code == 404
    assert not round_.hosts.filter(staff=town.reyes).exists()
    for status in (302, 404):  # pressed twice, she is none of those who could be added
        assert office.post(where, {"who": town.reyes.key}).status_code == status
    host = host_of(round_, town.reyes)
    assert (times_at(host)[0][:15], host.interprets, host.said_at) == ("Thu 15:30-19:30", False, None)
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, town.yousaf.guardian)) == [("Hamza", "round", ("Ms Amal",))]
    key, marking = town.yousaf.student.key, f"{BASE}/rounds/{round_.key}/must-see/"
    said = {"child": [key], f"second-{key}": host.key}
    browser_of(town.amal).post(marking, said)
    assert wished(party_of(round_, town.yousaf.guardian)) == [("Hamza", "staff", ("Ms Amal", "Ms Reyes"))]


def test_nobody_comes_along_to_a_child_they_care_for_at_home(town: Town) -> None:
    round_ = made_round(town)
    host = add_host(round_, town.reyes, by=town.okafor.actor())
    adult(town, "Ms Reyes at home", town.yousaf.student, user=town.reyes.user)
    key = town.yousaf.student.key
    said = {"child": [key], f"second-{key}": host.key}
    assert browser_of(town.amal).post(f"{BASE}/rounds/{round_.key}/must-see/", said).status_code == 403
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, town.yousaf.guardian)) == [("Hamza", "round", ("Ms Amal",))]


def test_the_mark_holds_for_a_parent_who_is_asked_later(town: Town) -> None:
    round_ = made_round(town)
    key = town.yousaf.student.key
    browser_of(town.amal).post(f"{BASE}/rounds/{round_.key}/must-see/", {"child": [key]})
    mother = adult(town, "Mother", town.yousaf.student)
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, mother)) == [("Hamza", "staff", ("Ms Amal",))]


def test_nobody_marks_an_own_child_or_one_they_do_not_teach(town: Town) -> None:
    class_2b = SchoolClass.objects.create(school=town.school, name="2B")
    far = teaches(town, "Mr Far", school_class=class_2b)
    adult(town, "Ms Amal at home", town.yousaf.student, user=town.amal.user)
    round_ = made_round(town, town.class_4a, class_2b)
    form_parties(round_, now=NOW)
    key, address = town.yousaf.student.key, f"{BASE}/rounds/{round_.key}/must-see/"
    for person in (town.amal, far):
        browser = browser_of(person)
        assert "Hamza" not in browser.get(address).content.decode()
        browser.post(address, {"child": [key]})
    assert not any(by == "staff" for party in Party.objects.all() for _c, by, _w in wished(party))
    assert browser_of(town.reyes).get(address).status_code == 404


def test_the_office_reads_which_language_nobody_interprets(town: Town) -> None:
    khan = staff(town.school, "Mrs Khan", Role.INTERPRETER)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    Party.objects.update(language="ur")
    browser = browser_of(town.okafor)
    words = "One home would like an interpreter for Urdu"
    assert words in browser.get(f"{BASE}/rounds/{round_.key}/").content.decode()
    KnownLanguage.objects.create(school=town.school, staff=khan, language="ur")
    assert words not in browser.get(f"{BASE}/rounds/{round_.key}/").content.decode()


def test_interpreters_have_hours_too_and_no_family_asks_for_them(town: Town) -> None:
    khan = staff(town.school, "Mrs Khan", Role.INTERPRETER)
    round_ = made_round(town)
    host = host_of(round_, khan)
    assert times_at(host)[0] == f"Thu 15:30-19:30 {Mode.IN_PERSON},{Mode.VIDEO},{Mode.PHONE}"
    assert time(15, 30) == host.times.get(day__day=LATER).starts
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, town.yousaf.guardian)) == [("Hamza", "round", ("Ms Amal",))]
