"""A time is moved by hand, pinned, or changes places with another: by the rules of the planner, and nothing is lost."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Parcel
from porchlight.meetings.models import Meeting, Planning, Wish
from porchlight.meetings.planned import moving, proposing, searching
from porchlight.meetings.planned.standing import standing_of
from porchlight.meetings.tests.a_round import ARound, a_round, other_parent
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.test_a_plan import at, valid
from porchlight.meetings.tests.test_times_are_told import tell


@pytest.fixture
def made(town: Town) -> ARound:
    return a_round(town)


def placed(made: ARound, number: int, slot: int, **fields: object) -> Wish:
    """A home that any time suits, with Ms Amal at this slot of Thursday."""
    home = made.town.home(number, reads="en")
    wish = made.wish(made.party(home), home.student, **fields)
    moving.move(wish, day_id=made.days[0].pk, slot=slot, by=made.office.actor(), now=NOW, pin=False)
    wish.refresh_from_db()
    return wish


def rules(made: ARound, wish: Wish, slot: int, day: int = 0) -> list[str]:
    with pytest.raises(moving.NotThere) as caught:
        moving.move(wish, day_id=made.days[day].pk, slot=slot, by=made.office.actor(), now=NOW)
    return [one.rule for _key, one in caught.value.reasons]


def test_it_goes_where_it_was_put_and_stays_there(made: ARound) -> None:
    wish = placed(made, 2, 0)
    moving.move(wish, day_id=made.days[1].pk, slot=6, by=made.office.actor(), now=NOW)
    wish.refresh_from_db()
    assert wish.meeting is not None
    assert wish.meeting.starts_at == at(9, 30, made.days[1].day)
    assert wish.pinned_by == made.office
    assert Parcel.objects.count() == 0
    made.planned()
    assert Meeting.objects.get().starts_at == at(9, 30, made.days[1].day)


def test_each_rule_that_speaks_against_it_is_named_and_nothing_changes(made: ARound, town: Town) -> None:
    first, second = placed(made, 2, 0), placed(made, 3, 4)
    made.can(first.party, time(16), time(17))
    assert rules(made, first, 4) == ["host_busy"]
    assert rules(made, first, 23) == ["day"]
    assert rules(made, first, 18) == ["family"]
    meet(town, at(16, 40))
    assert rules(made, first, 8) == ["host"]
    assert [one.meeting.starts_at for one in (first, second) if one.meeting] == [at(16), at(16, 20)]
    assert valid(made) == []


def test_the_other_parent_and_an_interpreter_are_thought_of(made: ARound, town: Town) -> None:
    father, mother = town.yousaf.guardian, other_parent(town, town.yousaf, 77)
    his, hers = (
        made.wish(made.party(town.yousaf, one, family="yousaf"), town.yousaf.student, host)
        for one, host in ((father, made.amal), (mother, made.boone))
    )
    moving.move(his, day_id=made.days[0].pk, slot=0, by=made.office.actor(), now=NOW)
    assert rules(made, hers, 4) == ["apart"]
    home = town.home(5)
    wish = made.wish(made.party(home, language="ur"), home.student)
    assert rules(made, wish, 12) == ["interpreter"]


def test_a_teacher_keeps_her_break(made: ARound) -> None:
    made.round.max_run, made.round.break_slots = 3, 1
    made.round.save()
    placed(made, 2, 0)
    late = placed(made, 3, 3)
    assert rules(made, late, 2) == ["break"]


def test_two_change_places_or_neither(made: ARound) -> None:
    one, other = placed(made, 2, 0), placed(made, 3, 4)
    moving.swap(one, other, by=made.office.actor(), now=NOW)
    times = [Wish.objects.get(pk=each.pk).meeting.starts_at for each in (one, other)]
    assert times == [at(16, 20), at(16)]
    made.can(other.party, time(16), time(16, 10))
    with pytest.raises(moving.NotThere) as caught:
        moving.swap(one, other, by=made.office.actor(), now=NOW)
    assert [(key, each.rule) for key, each in caught.value.reasons] == [(other.key, "family")]
    assert [Wish.objects.get(pk=each.pk).meeting.starts_at for each in (one, other)] == times


def test_what_stands_at_odds_with_a_rule_is_named_and_keeps_its_time(made: ARound) -> None:
    wish, other = placed(made, 2, 0), placed(made, 3, 4)
    made.can(wish.party, time(17), time(18))
    standing = standing_of(made.round, now=NOW)
    assert {key: [one.rule for one in found] for key, found in standing.at_odds.items()} == {
        wish.key: ["family"]
    }
    assert rules(made, other, 0) == ["host_busy"]


def test_once_families_know_their_times_a_move_is_told_at_once(made: ARound) -> None:
    wish, other = placed(made, 2, 0), placed(made, 3, 4)
    tell(made)
    moving.move(wish, day_id=made.days[0].pk, slot=8, by=made.office.actor(), now=NOW + timedelta(hours=1))
    guardian = wish.party.members.get().guardian
    assert (
        "A time has changed. It is now:\nThursday 15 October 4.40 pm: Child2, Ms Amal" in told(guardian)[-1]
    )
    assert len(told(other.party.members.get().guardian)) == 1


def test_moving_one_makes_room_for_another_and_is_told_when_it_is_taken(made: ARound) -> None:
    first = placed(made, 2, 0)
    tell(made)
    home = made.town.home(4, reads="en")
    party = made.party(home)
    made.can(party, time(16), time(16, 10))
    made.wish(party, home.student, must=True)
    office = made.office.actor()
    made.round.wishes.update(pinned_by=None)
    planning = searching.ask(made.round, by=office, now=NOW, what=Planning.What.BETTER, steps=400)
    searching.work(made.town.school.pk, planning.pk)
    planning.refresh_from_db()
    assert planning.outcome == "done"
    (step,) = planning.proposals
    assert [one["from"] is None for one in step["changes"]] == [False, True]
    proposing.take_step(planning, 0, by=office, now=NOW + timedelta(hours=1))
    assert Meeting.objects.standing().filter(told_at__isnull=False).count() == 2
    assert valid(made) == []
    assert "A time has changed." in told(first.party.members.get().guardian)[-1]
    assert "Your times to talk with" in told(home.guardian)[-1]
    with pytest.raises(proposing.Gone):
        proposing.take_step(planning, 0, by=office, now=NOW + timedelta(hours=1))
