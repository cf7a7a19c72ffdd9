"""A season from its first question to its figures: three classes, every home of Maple Street, four ways to answer.

Mr Lowe has a telephone with keys alone; Ms Lowe, who lives elsewhere, has WhatsApp. Neither reads of the other.
"""

from __future__ import annotations

import re

import pytest

from bench.planner.check import check
from porchlight.conversations.answering_for import answer_for, open_to
from porchlight.conversations.models import TriageItem
from porchlight.conversations.reading import Given
from porchlight.delivery.models import Parcel
from porchlight.meetings.insight import figures
from porchlight.meetings.models import (
    GuestSeat,
    LateChange,
    Meeting,
    PartyMember,
    Planning,
    Reminder,
    Wish,
)
from porchlight.meetings.planned import searching
from porchlight.meetings.planned.loading import instance_of
from porchlight.meetings.rounds.listing import answered
from tests.maple import Maple
from tests.whole_round import BASE, MINUTE, Season, a_season, clock, moment

FATHER, MOTHER = "Simon Lowe", "Tracey Lowe"  # of Amber, in two homes
CANNOT = "Kausar Butt"
OFFICE, TEACHER, ILL, LEADS = "Mrs Okafor", "Ms Amal", "Mr Lindqvist", "Mr Bell"
SAID = "Amber reads well. We will read at home on Sundays."
STEPS = 300  # of the search: a count, so that every machine finds the same plan


@pytest.fixture
def season(maple: Maple) -> Season:
    return a_season(maple)


@pytest.mark.timeout(400)
def test_a_season_from_its_first_question_to_its_figures(season: Season) -> None:
    assert season.round.asked_at is None, "a season waits until somebody presses"
    families_are_asked(season)
    by_keypad_by_whatsapp_on_the_page_and_through_the_office(season)
    who_is_silent_is_asked_once_more(season)
    it_is_planned_and_the_judge_finds_nothing(season)
    each_reads_their_own_times(season)
    one_gets_another_time_one_comes_one_cannot(season)
    one_says_yes_on_a_page_in_urdu_one_through_the_office(season)
    a_teacher_falls_ill_and_only_hers_hear_of_it(season)
    the_day_before_they_are_reminded(season)
    the_evening_itself(season)
    what_came_of_it_is_counted(season)
    who_has_keys_alone_asks_to_be_rung_about_it(season)


def families_are_asked(season: Season) -> None:
    season.maple.answers(MOTHER, channel="whatsapp", text="Hello")  # from now on buttons reach her
    season.posts(OFFICE, f"/rounds/{season.round.key}/asking/")
    assert not PartyMember.objects.exclude(ask=None).exists(), "the page waits for nobody"
    season.work()
    members = PartyMember.objects.filter(round=season.fresh())
    assert (season.round.parties.count(), members.count(), members.filter(ask=None).count()) == (52, 104, 0)
    asked = season.texts(FATHER)[-1]
    assert "would like to talk with you about Amber. When can you come?" in asked
    assert "3 Thursday 15 October 3.30 pm – 5.30 pm" in asked
    assert asked.endswith("7 Any time")


def by_keypad_by_whatsapp_on_the_page_and_through_the_office(season: Season) -> None:
    said = season.presses(FATHER, "1 2")
    assert "We have your answer: Wednesday 14 October 3.30 pm – 5.30 pm, Wednesday" in said
    season.taps(MOTHER, "3")
    assert (season.can(FATHER), season.can(MOTHER)) == (["Wed 15:30-19:30"], ["Thu 15:30-17:30"])

    wishes = f"/rounds/{season.round.key}/wishes/"
    season.posts(
        "Mr Yousaf", wishes, windows=["3", "4"], mode="phone", **everybody(season, "Mr Yousaf", wishes)
    )
    assert season.can("Mr Yousaf") == ["Thu 15:30-19:30"]
    for called, heard, window in (("Gul Khan", "voice", "5"), ("Morag Fraser", "paper", "1")):
        there = f"/rounds/{season.round.key}/parties/{season.party(called).key}/"
        more = everybody(season, OFFICE, there)
        season.posts(OFFICE, there, windows=[window], mode="in_person", heard=heard, **more)
    assert season.can("Gul Khan") == ["Sat 09:00-11:00"]
    assert season.party("Morag Fraser").typed_by == season.maple.staff(OFFICE)
    count = answered(season.round, season.maple.actor(OFFICE))
    assert (count.of, count.answered, count.declined, count.silent) == (52, 5, 0, 47)
    assert sorted(number for _way, number in count.ways) == [1, 1, 1, 1, 1]


def everybody(season: Season, name: str, path: str) -> dict[str, list[str]]:
    """Each teacher that the form offers, ticked; and an interpreter, where it offers one."""
    page = season.browser(name).get(f"{BASE}{path}").content.decode()
    ticked: dict[str, list[str]] = {}
    for field, value in re.findall(r'name="(hosts-[^"]+)" value="([^"]+)"', page):
        ticked.setdefault(field, []).append(value)
    assert ticked
    return ticked | ({"interpreter": ["on"]} if 'name="interpreter"' in page else {})


def who_is_silent_is_asked_once_more(season: Season) -> None:
    before = len(season.texts(CANNOT)), len(season.texts(FATHER))
    season.maple.at(moment(10, 11))
    season.leaves()
    assert (len(season.texts(CANNOT)), len(season.texts(FATHER))) == (before[0] + 1, before[1])


def it_is_planned_and_the_judge_finds_nothing(season: Season) -> None:
    """By a number of steps; families know nothing of it."""
    season.maple.at(moment(13, 9))
    season.leaves()
    sent = Parcel.objects.count()
    planning = searching.ask(season.fresh(), by=season.maple.actor(OFFICE), now=season.now, steps=STEPS)
    searching.work(season.maple.school.pk, planning.pk)
    planning.refresh_from_db()
    told = instance_of(season.round, now=season.now)
    errors, found = check(told, {"instance": told["name"], "assignments": planning.plan})
    assert (planning.outcome, errors, found["families_none_held"]) == (Planning.DONE, [], 0)
    assert found["held"] == found["requests"] == planning.asked_for
    season.posts(OFFICE, f"/rounds/{season.round.key}/plan/taking/", planning=planning.key)
    held = Meeting.objects.filter(wish__round=season.round)
    assert (held.count(), held.exclude(told_at=None).count()) == (found["held"], 0)
    assert Parcel.objects.count() == sent


def each_reads_their_own_times(season: Season) -> None:
    season.posts(OFFICE, f"/rounds/{season.round.key}/times/")
    season.leaves()
    silent = season.round.parties.filter(answered_at=None)
    assert silent.count() == 47
    proposed = Wish.objects.filter(party__in=silent, meeting__told_at__isnull=False)
    assert proposed.values("party").distinct().count() == 47
    his, hers = season.meeting(FATHER), season.meeting(MOTHER)
    assert f"{clock(his)}: Amber, Ms Amal (Room 4)" in season.texts(FATHER)[-1]
    assert f"{clock(hers)}: Amber, Ms Amal (Room 4)" in season.texts(MOTHER)[-1]
    apart(season)


def apart(season: Season) -> None:
    """Neither home has read of the other's time, nor may open it."""
    for one, other in ((FATHER, MOTHER), (MOTHER, FATHER)):
        theirs = season.meeting(other)
        assert not [text for text in season.texts(one) if f"{clock(theirs)}:" in text]
        page = season.browser(one).get(f"{BASE}/meetings/{theirs.key}/")
        assert page.status_code == 404


def one_gets_another_time_one_comes_one_cannot(season: Season) -> None:
    first = season.meeting(FATHER)
    season.presses(FATHER, "2")
    found = season.meeting(FATHER)
    assert (found.pk, found.revision) == (first.pk, 1)
    assert found.starts_at != first.starts_at
    assert f"{found.starts_at:%a}" == "Wed"
    last = season.texts(FATHER)[-1]
    assert "We have found another time for you:" in last
    assert f"{clock(found)}: Amber, Ms Amal (Room 4)" in last
    season.presses(FATHER, "1")
    season.maple.answers(MOTHER, channel="whatsapp", text="1")
    season.presses(CANNOT, "3")
    words = {name: season.meeting(name).guests.get().word for name in (FATHER, MOTHER, CANNOT)}
    assert words == {FATHER: "yes", MOTHER: "yes", CANNOT: "cannot"}
    gone = season.meeting(CANNOT)
    assert (gone.is_on, gone.called_off_why) == (False, "family")
    apart(season)


def one_says_yes_on_a_page_in_urdu_one_through_the_office(season: Season) -> None:
    theirs = season.meetings("Mr Yousaf")
    page = season.browser("Mr Yousaf").get(f"{BASE}/meetings/{theirs[0].key}/").content.decode()
    assert 'lang="ur" dir="rtl"' in page
    for one in theirs:
        season.posts("Mr Yousaf", f"/meetings/{one.key}/word/", word="yes")
    by, called = season.maple.actor(OFFICE), season.maple.guardian("Gul Khan")
    found = [open_to(tie, actor=by, now=season.now) for tie in called.ties.order_by("pk")]
    ask, _message, _answer = next(one for some in found for one in some if one[0].owner == "meetings.whether")
    answer_for(ask=ask, guardian=called, given=Given(("1",)), by=by, now=season.now)
    for name in ("Mr Yousaf", "Gul Khan"):
        seats = GuestSeat.objects.filter(
            guardian=season.maple.guardian(name), meeting__in=season.meetings(name)
        )
        assert set(seats.values_list("word", flat=True)) == {"yes"}
    page = season.browser(OFFICE).get(f"{BASE}/rounds/{season.round.key}/changes/").content.decode()
    said = GuestSeat.objects.filter(meeting__wish__round=season.round, meeting__called_off_at=None)
    assert f"{said.filter(word='yes').count()} of {said.count()}" in page
    assert "<dt>Another time, please</dt><dd><bdi>1</bdi></dd>" in page


def a_teacher_falls_ill_and_only_hers_hear_of_it(season: Season) -> None:
    ill = season.maple.staff(ILL)
    standing = Meeting.objects.standing().filter(wish__round=season.round)
    theirs = {one.pk for one in standing.of_staff(ill.pk) if one.starts_at.day == 15}
    before = {one.pk: one.starts_at for one in standing}
    adults = set(GuestSeat.objects.filter(meeting__in=theirs).values_list("guardian", flat=True))
    last = Parcel.objects.latest("pk").pk
    day = season.round.days.get(day="2026-10-15")
    host = season.round.hosts.get(staff=ill)
    season.posts(OFFICE, f"/rounds/{season.round.key}/changes/away/", host=host.key, day=day.key)
    season.leaves()
    assert theirs
    assert not [one for one in standing.of_staff(ill.pk) if one.starts_at.day == 15]
    settled = LateChange.objects.filter(why=LateChange.Why.SCHOOL)
    assert set(settled.values_list("wish__meeting", flat=True)) == theirs
    assert set(settled.values_list("outcome", flat=True)) <= {"moved", "none"}
    assert {pk: at for pk, at in before.items() if pk not in theirs} == {
        one.pk: one.starts_at for one in standing if one.pk not in theirs
    }
    assert set(Parcel.objects.filter(pk__gt=last).values_list("guardian", flat=True)) == adults


def the_day_before_they_are_reminded(season: Season) -> None:
    assert not Reminder.objects.filter(ask__isnull=False, seat__meeting__wish__isnull=False).exists()
    season.maple.at(moment(13, 16, 1))
    season.leaves()
    near = GuestSeat.objects.filter(meeting__called_off_at=None, meeting__wish__round=season.round)
    near = near.filter(meeting__starts_at__date="2026-10-14").exclude(word__in=["cannot", "another"])
    reminded = Reminder.objects.filter(before="day", seat__in=near)
    assert reminded.count() == near.count() == Reminder.objects.filter(before="day").count()
    mine = season.meeting(FATHER)
    assert "A reminder of your meeting:" in season.texts(FATHER)[-1]
    assert f"Amber: {clock(mine)}" in season.texts(FATHER)[-1].replace("tomorrow", "Wednesday 14 October")
    assert "A reminder" not in "".join(season.texts(MOTHER))
    season.presses(FATHER, "1")


def the_evening_itself(season: Season) -> None:
    """One is held and written down, at one nobody came, of the others nobody says anything."""
    mine = season.meeting(FATHER)
    evening = Meeting.objects.standing().of_staff(season.maple.staff(TEACHER).pk)
    other = evening.filter(starts_at__date="2026-10-14").exclude(pk=mine.pk).order_by("starts_at")[0]
    there = f"/at-meetings/{mine.key}"
    season.maple.at(mine.starts_at)
    season.posts(TEACHER, f"{there}/beginning/")
    season.maple.at(mine.ends_at + MINUTE)
    season.posts(TEACHER, f"{there}/ending/")
    season.maple.at(max(mine.ends_at, other.ends_at) + 2 * MINUTE)
    season.posts(TEACHER, f"/at-meetings/{other.key}/nobody/")
    season.posts(TEACHER, f"{there}/minutes/", text=SAID, send="1")
    season.maple.at(moment(15, 9))  # who reads by day
    season.leaves()
    last = next(text for text in reversed(season.texts(FATHER)) if "We wrote down" in text)
    assert "about Amber. Sign in to read it" in last
    assert last.endswith("If you would like us to ring you, reply CALL.")  # he has keys, and no screen
    assert SAID not in "".join(season.texts(FATHER) + season.texts(MOTHER))
    assert "We wrote down" not in "".join(season.texts(MOTHER))
    page = season.browser(FATHER).get(f"{BASE}/meetings/{mine.key}/")
    assert SAID in page.content.decode()
    apart(season)


def what_came_of_it_is_counted(season: Season) -> None:
    season.maple.at(moment(18, 12))
    first, last = moment(14, 0).date(), moment(17, 0).date()
    found = figures(season.maple.school, first, last, now=season.now)
    all_ = Meeting.objects.filter(wish__round=season.round).exclude(told_at=None)
    lost = LateChange.objects.filter(why="school", outcome="none").count()
    assert (found.meetings, found.called_off) == (all_.count(), 1 + lost)
    assert (found.held, found.nobody_came, found.minutes_told) == (1, 1, 1)
    assert found.not_noted == found.stood - 2
    page = season.browser(LEADS).get(f"{BASE}/meetings/figures/?first={first}&last={last}")
    assert page.status_code == 200
    assert season.browser(TEACHER).get(f"{BASE}/meetings/figures/").status_code in (403, 404)


def who_has_keys_alone_asks_to_be_rung_about_it(season: Season) -> None:
    season.presses(FATHER, "CALL")
    asked = TriageItem.objects.get(message__thread__guardian=season.maple.guardian(FATHER))
    assert (asked.text, asked.resolved_at) == ("CALL", None), (
        "a person of the office finds it, and reads it to him"
    )
