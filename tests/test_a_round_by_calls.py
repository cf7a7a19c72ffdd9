"""A father who has a telephone with keys and reads nothing: a round of meetings, from its question on, is calls to him."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, InboundEvent, Parcel
from porchlight.delivery.outbox.ticking import tick
from porchlight.meetings.around import minutes
from porchlight.meetings.models import GuestSeat, Meeting, PartyTime, Reminder, Round
from porchlight.meetings.planned import changing, searching, taking, telling
from porchlight.meetings.rounds.asking import ask_families, work
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.schools.models import Teaching
from porchlight.toolbox import school_time
from tests.test_by_calls_alone import Line
from tests.test_by_calls_alone import line as line  # the school, its town and the telephone

NINE = time(9)


@pytest.mark.voice
def test_a_father_is_asked_told_reminded_and_told_what_was_said_by_calls_and_keys(line: Line) -> None:
    round_ = is_asked_and_answers(line)
    is_told_his_time_and_gets_another(line, round_)
    is_reminded(line)
    hears_that_it_was_written_down(line)
    assert not InboundEvent.objects.filter(outcome__startswith="failed").exists()
    assert not [one for one in line.town.received("nani") if one.channel != "call"]


def takes_it(line: Line, keys: str) -> None:
    """The telephone rings; he hears the words, presses these keys, and hangs up."""
    assert line.rung()[-1] == "ringing"
    line.heard = 0
    line.does("answer")
    line.does("press", keys="1")
    line.does("press", keys=keys)
    line.does("hang_up")


def is_asked_and_answers(line: Line) -> Round:
    school, office = line.school.school, line.school.amal.actor()
    Teaching.objects.filter(staff=line.school.amal).update(is_lead=True)
    now = school_time.now()
    day = school.local(now).date() + timedelta(days=9)
    facts = Facts(
        "Autumn", now + timedelta(days=5), [(day, time(15, 30), time(19, 30))], [line.school.class_4a]
    )
    round_ = make_round(school, facts, by=office, now=now)
    ask_families(round_, by=office, now=now)
    work(school.pk, round_.pk)
    line.later(seconds=31)
    takes_it(line, "2#")
    times = [(f"{one.starts:%H:%M}", f"{one.ends:%H:%M}") for one in PartyTime.objects.all()]
    assert times == [("17:30", "19:30")]
    assert round_.parties.get().channel == "call"
    return round_


def is_told_his_time_and_gets_another(line: Line, round_: Round) -> None:
    school, office = line.school.school, line.school.amal.actor()
    planning = searching.ask(round_, by=office, now=school_time.now(), steps=20)
    searching.work(school.pk, planning.pk)
    planning.refresh_from_db()
    taking.take(planning, by=office, now=school_time.now())
    telling.tell_the_families(round_, by=office, now=school_time.now())
    telling.work(school.pk, round_.pk)
    line.later(seconds=31)
    first = Meeting.objects.get()
    takes_it(line, "2")
    assert GuestSeat.objects.get().word == "another"
    round_.refresh_from_db()
    changing.settle(round_, now=school_time.now())
    line.later(seconds=31)
    takes_it(line, "1")
    second = Meeting.objects.get()
    assert second.starts_at != first.starts_at
    assert school.local(second.starts_at).time() >= time(17, 30)
    assert GuestSeat.objects.get().word == "yes"


def is_reminded(line: Line) -> None:
    meeting = Meeting.objects.get()
    eve = datetime.combine(
        line.school.school.local(meeting.starts_at).date() - timedelta(days=1), time(16, 1),
        tzinfo=line.school.school.zone,
    )  # fmt: skip
    line.clock.move_to(eve)
    tick(school_time.now())
    line.later(seconds=31)
    takes_it(line, "1")
    assert Reminder.objects.get(before="day").seat.day_words.get().word == "coming"


def hears_that_it_was_written_down(line: Line) -> None:
    meeting = Meeting.objects.get()
    line.clock.move_to(meeting.ends_at + timedelta(minutes=5))
    minutes.write(meeting, text="Hamza reads well.", by=line.school.amal.actor(), now=school_time.now())
    minutes.send(meeting, by=line.school.amal.actor(), now=school_time.now())
    before = len(line.rung())
    line.clock.move_to(
        datetime.combine(meeting.starts_at.date() + timedelta(days=1), NINE, tzinfo=line.school.school.zone)
    )
    line.later(seconds=31)
    assert len(line.rung()) == before + 1
    line.heard = 0
    line.does("answer")
    line.does("press", keys="1")
    line.does("hang_up")
    assert line.rung()[-1] == "completed"
    assert Delivery.objects.latest("pk").status == Status.DELIVERED
    heard = Parcel.objects.latest("pk").text
    assert "Hamza" in heard
    assert "reads well" not in heard, "what was said is read by whoever has shown who they are"
