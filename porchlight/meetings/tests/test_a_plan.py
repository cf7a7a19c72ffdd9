"""A round is planned from what stands in its tables, and the plan becomes meetings that nobody at home knows of yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bench.planner.check import check
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.models import Parcel
from porchlight.families.models import Guardianship
from porchlight.meetings.models import AtMeetings, Meeting, Planning
from porchlight.meetings.planned import changing, searching, taking
from porchlight.meetings.planned.loading import instance_of
from porchlight.meetings.planned.standing import standing_of
from porchlight.meetings.planned.ticking import tick
from porchlight.meetings.planned.unmet import cannot_be, not_held
from porchlight.meetings.tests.a_round import THURSDAY, ARound, a_round, other_parent
from porchlight.meetings.tests.conftest import NOW, meet

LONDON = ZoneInfo("Europe/London")


def at(hour: int, minute: int = 0, day=THURSDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


@pytest.fixture
def made(town: Town) -> ARound:
    return a_round(town)


def some_families(made: ARound, town: Town, count: int = 4) -> None:
    """Each with Ms Amal, and every other one with Mr Boone too."""
    for number in range(2, 2 + count):
        home = town.home(number)
        party = made.party(home)
        made.wish(party, home.student, must=number == 2)
        if number % 2:
            made.wish(party, home.student, made.boone, asked_by="family")


def valid(made: ARound) -> list[str]:
    """What the judge says of what stands."""
    standing = standing_of(made.round, now=NOW)
    told = instance_of(made.round, now=NOW)
    rows = []
    for one in standing.board.meetings():
        day, start = standing.planner.day_and_slot(one.start)
        speaker = standing.planner.interpreters[one.interpreter] if one.interpreter >= 0 else None
        key = standing.planner.wishes[one.wish].key
        rows.append(
            {"request": key, "day": day, "start": start, "mode": one.way.mode, "interpreter": speaker}
        )
    errors, _figures = check(told, {"instance": told["name"], "assignments": rows})
    return errors


@on_both_databases
def test_a_small_round_is_planned_and_the_judge_finds_nothing(town: Town) -> None:
    made = a_round(town)
    some_families(made, town)
    planning = made.plan()
    errors, figures = check(
        instance_of(made.round, now=NOW), {"instance": made.round.key, "assignments": planning.plan}
    )
    assert (errors, figures["held"], figures["requests"]) == ([], 6, 6)
    assert (planning.outcome, planning.asked_for, planning.progress[-1][1]) == ("done", 6, 6)
    taken = taking.take(planning, by=town.okafor.actor(), now=NOW)
    assert (taken.made, taken.gone) == (6, ())
    assert valid(made) == []
    assert Meeting.objects.filter(told_at=None, wish__round=made.round).count() == 6
    assert Parcel.objects.count() == 0


def test_hours_are_slots_on_the_schools_clock(made: ARound, town: Town) -> None:
    home = town.home(2)
    party = made.party(home, travel_minutes=12, modes=["phone", "in_person"])
    made.can(party, time(15, 30), time(16, 57))
    made.wish(party, home.student, minutes=15)
    told = instance_of(made.round, now=NOW)
    thursday, saturday = (day.pk for day in made.days)
    assert [(day["id"], day["label"], day["start"], day["slots"]) for day in told["days"]] == [
        (thursday, "2026-10-15", "16:00", 24),
        (saturday, "2026-10-17", "09:00", 24),
    ]
    assert told["parties"] == [
        {
            "id": party.key,
            "family": home.student.key,
            "windows": [{"day": thursday, "from": 0, "to": 11}],
            "travel": 3,
            "language": None,
            "mode_cost": {"phone": 0, "in_person": 75},
        }
    ]
    assert (told["requests"][0]["duration"], told["requests"][0]["modes"]) == (3, ["phone", "in_person"])


def test_who_did_not_answer_can_whenever_the_school_is_there(made: ARound, town: Town) -> None:
    home = town.home(2)
    made.wish(made.party(home), home.student)
    windows = instance_of(made.round, now=NOW)["parties"][0]["windows"]
    assert [(one["from"], one["to"]) for one in windows] == [(0, 24), (0, 24)]
    assert made.planned().made == 1


def test_other_meetings_of_a_colleague_are_cut_out_of_the_evening(made: ARound, town: Town) -> None:
    meet(town, at(16, 30))
    teacher = instance_of(made.round, now=NOW)["teachers"][0]
    assert [(one["from"], one["to"]) for one in teacher["windows"]] == [(0, 6), (8, 24), (0, 24)]


def test_parents_who_live_apart_are_kept_apart(made: ARound, town: Town) -> None:
    mother = other_parent(town, town.yousaf, 2)
    his, hers = (made.party(town.yousaf, adult, family="yousaf") for adult in (town.yousaf.guardian, mother))
    for party in (his, hers):
        made.can(party, time(16), time(17))
        made.wish(party, town.yousaf.student)
    told = instance_of(made.round, now=NOW)
    assert told["separations"] == [{"a": his.key, "b": hers.key, "gap": 4}]
    made.planned()
    first, second = Meeting.objects.filter(wish__round=made.round).order_by("starts_at")
    assert second.starts_at - first.ends_at >= timedelta(minutes=20)
    assert valid(made) == []


def test_an_interpreter_sits_in_and_a_woman_where_a_woman_is_asked_for(made: ARound, town: Town) -> None:
    man, woman = made.host("Mr Khan", "ur"), made.host("Ms Noor", "ur")
    AtMeetings.objects.create(school=town.school, staff=man.staff, person="man")
    AtMeetings.objects.create(school=town.school, staff=woman.staff, person="woman")
    for one in (man, woman):
        made.there(one, time(16), time(18))
    made.wish(made.party(town.yousaf, language="ur", person="woman"), town.yousaf.student)
    made.planned()
    meeting = Meeting.objects.get(wish__round=made.round)
    assert (meeting.interpreter, meeting.language, meeting.place) == (woman.staff, "ur", "Room 4")
    assert valid(made) == []


def test_what_cannot_be_is_said_before_planning(made: ARound, town: Town) -> None:
    homes = [town.home(number) for number in range(2, 6)]
    early, urdu, man, cut_off = (made.party(home) for home in homes)
    made.can(early, time(16), time(17), day=1)  # not on Saturday afternoon
    urdu.language, man.person = "ur", "man"
    urdu.save()
    man.save()
    AtMeetings.objects.create(school=town.school, staff=town.amal, person="woman")
    wishes = [
        made.wish(party, home.student) for party, home in zip((early, urdu, man, cut_off), homes, strict=True)
    ]
    Guardianship.objects.filter(guardian=homes[3].guardian).update(may_receive=False)
    found = {one["wish"]: one["kind"] for one in cannot_be(standing_of(made.round, now=NOW))}
    kinds = dict(zip((one.key for one in wishes), ("hour", "language", "person", "not_told"), strict=True))
    assert found == kinds
    assert made.planned().made == 0


def test_what_is_full_is_named(made: ARound, town: Town) -> None:
    speaker = made.host("Ms Noor", "ur")
    made.there(speaker, time(16), time(16, 10))
    for number in (2, 3):
        home = town.home(number)
        made.wish(made.party(home, language="ur"), home.student)
    assert [one["kind"] for one in cannot_be(standing_of(made.round, now=NOW))] == ["language_full"]
    made.planned()
    assert [one["kind"] for one in not_held(standing_of(made.round, now=NOW))] == ["interpreter_full"]


def test_a_new_plan_takes_the_place_of_the_old_but_for_what_is_pinned(made: ARound, town: Town) -> None:
    some_families(made, town)
    made.planned()
    pinned = made.round.wishes.exclude(meeting=None).select_related("meeting").first()
    assert pinned is not None
    assert pinned.meeting is not None
    pinned.pinned_by = town.okafor
    pinned.save()
    home = town.home(9)
    made.wish(made.party(home), home.student, must=True)
    assert made.planned().made == 6
    again = Meeting.objects.get(wish=pinned)
    assert (again.pk, again.starts_at) == (pinned.meeting.pk, pinned.meeting.starts_at)
    assert valid(made) == []


def test_what_came_between_is_left_out_and_named(made: ARound, town: Town) -> None:
    home = town.home(2)
    party = made.party(home)
    made.can(party, time(16), time(16, 10))
    wish = made.wish(party, home.student)
    planning = made.plan()
    meet(town, at(16))
    taken = taking.take(planning, by=town.okafor.actor(), now=NOW)
    assert (taken.made, taken.gone) == (0, (wish.key,))


@pytest.mark.parametrize("is_told", [False, True])
def test_what_was_taken_back_makes_room_unless_its_family_knows_it(
    made: ARound, town: Town, is_told: bool
) -> None:
    home, other = town.home(2), town.home(3)
    party, its = made.party(home), made.party(other)
    made.can(party, time(16), time(16, 10))
    made.can(its, time(16), time(16, 10))
    wish = made.wish(party, home.student)
    made.planned()
    Meeting.objects.update(told_at=NOW if is_told else None)
    made.round.wishes.filter(pk=wish.pk).update(taken_back_at=NOW)
    late = made.wish(its, other.student)
    assert changing.put_in(made.round, by=town.okafor.actor(), now=NOW) == ([] if is_told else [late.key])
    assert Meeting.objects.get().student == (home if is_told else other).student


def test_two_cannot_search_at_once_and_what_shows_no_life_makes_room(made: ARound, town: Town) -> None:
    office = town.okafor.actor()
    first = searching.ask(made.round, by=office, now=NOW, steps=40)
    with pytest.raises(searching.Busy) as caught:
        searching.ask(made.round, by=office, now=NOW + timedelta(seconds=10), steps=40)
    assert caught.value.planning == first
    second = searching.ask(made.round, by=office, now=NOW + timedelta(minutes=1), steps=40)
    first.refresh_from_db()
    assert (first.outcome, second.ended_at) == ("lost", None)


def test_a_search_that_was_killed_leaves_the_best_it_had(
    made: ARound, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_families(made, town)

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr("porchlight.meetings.planner.planning.Planning.alone", killed)
    with pytest.raises(SystemExit):
        made.plan()
    planning = Planning.objects.get()
    assert (planning.ended_at, len(planning.plan)) == (None, 6)
    assert taking.take(planning, by=town.okafor.actor(), now=NOW).made == 6


def test_a_search_without_a_sign_of_life_is_over_by_itself(made: ARound, town: Town) -> None:
    planning = searching.ask(made.round, by=town.okafor.actor(), now=NOW, steps=40)
    tick(town.school, NOW + timedelta(seconds=30))
    planning.refresh_from_db()
    assert planning.outcome == ""
    tick(town.school, NOW + timedelta(minutes=1))
    planning.refresh_from_db()
    assert planning.outcome == "lost"
    searching.work(town.school.pk, planning.pk)
    assert Planning.objects.get().begun_at is None


def test_stopped_it_keeps_what_it_has(made: ARound, town: Town) -> None:
    some_families(made, town)
    planning = searching.ask(made.round, by=town.okafor.actor(), now=NOW, steps=1_000_000_000)
    searching.stop(planning, by=town.okafor.actor(), now=NOW)
    searching.work(town.school.pk, planning.pk)
    planning.refresh_from_db()
    assert (planning.outcome, len(planning.plan), planning.stopped_by) == ("done", 6, town.okafor)


def test_plans_are_the_offices_and_leaders_alone(made: ARound, town: Town) -> None:
    planning = made.plan()
    assert list(Planning.objects.visible_to(town.okafor.actor())) == [planning]
    assert list(Planning.objects.visible_to(town.amal.actor())) == []
    assert list(Planning.objects.visible_to(town.yousaf.guardian.actor())) == []
