"""An open board hears of whatever changes on it: times, pins, hours, what families can and say; and of nothing undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.meetings import arranging
from porchlight.meetings.models import Wish, Word
from porchlight.meetings.planned import changing, moving
from porchlight.meetings.rounds.hosts import DayHours, set_hours
from porchlight.meetings.rounds.wishing import Wishes, decline, say_wishes
from porchlight.meetings.tests.a_round import ARound, a_round, ask, made_round, texts
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.test_the_board_by_hand import placed
from porchlight.schools.live import versions
from porchlight.schools.live.versions import Topic, version


@pytest.fixture
def made(town: Town) -> ARound:
    return a_round(town)


@pytest.fixture
def calls(
    town: Town, django_capture_on_commit_callbacks, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[], object]], bool]:
    """Whether doing this calls the boards of the school."""

    def found(does: Callable[[], object]) -> bool:
        versions._counted.clear()
        before = version(town.school, Topic.ROUNDS)
        with django_capture_on_commit_callbacks(execute=True):
            does()
        return version(town.school, Topic.ROUNDS) > before

    return found


def test_times_pins_and_hours_call_and_a_refused_move_does_not(made: ARound, calls) -> None:
    one, other = placed(made, 2, 0), placed(made, 3, 4)
    office, day = made.office.actor(), made.days[0]
    assert calls(lambda: moving.move(one, day_id=day.pk, slot=8, by=office, now=NOW))
    assert calls(lambda: moving.swap(one, other, by=office, now=NOW))
    assert calls(lambda: moving.set_pin(one, False, by=office))
    assert calls(lambda: changing.away(made.boone, day, by=office, now=NOW))
    hours = [DayHours(day, time(16), time(17))]
    assert calls(lambda: set_hours(made.amal, hours, place="", zone=0, by=made.amal.staff.actor(), now=NOW))

    def refused() -> None:
        with pytest.raises(moving.NotThere):
            moving.move(other, day_id=day.pk, slot=14, by=office, now=NOW)

    assert not calls(refused)


def test_what_families_say_and_other_meetings_of_colleagues_call(made: ARound, town: Town, calls) -> None:
    wish = placed(made, 2, 0)
    seat = Wish.objects.get(pk=wish.pk).meeting.guests.get()
    assert calls(lambda: arranging.say(seat, Word.YES, by=seat.guardian.actor(), now=NOW))
    office = made.office.actor()
    assert calls(lambda: say_wishes(wish.party, Wishes(), by=office, now=NOW))
    assert calls(lambda: decline(wish.party, by=office, now=NOW))
    assert calls(lambda: meet(town))
    assert calls(lambda: arranging.call_off(seat.meeting, why="family", by=office, now=NOW))


def test_a_text_with_a_digit_calls(town: Town, calls) -> None:
    ask(town, made_round(town))
    assert calls(lambda: texts(town, town.yousaf.guardian, "1"))
    assert not calls(lambda: texts(town, town.yousaf.guardian, "Thank you", minutes=70))
