"""What came of a school's meetings, with totals: of no teacher, no family, and no small group."""

from __future__ import annotations

from datetime import date, timedelta

from porchlight.conversations.tests.conftest import Town, staff
from porchlight.meetings.around import evening, questions, steps
from porchlight.meetings.around import minutes as writing
from porchlight.meetings.arranging import call_off
from porchlight.meetings.insight import Asked, figures
from porchlight.meetings.models import Doer, Missed, Reason, Side
from porchlight.meetings.tests.around import html, opens
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.schools.actors import Role

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
LATER = THURSDAY + timedelta(days=2)


def nobody_came(town: Town, number: int, reason: str) -> None:
    home = town.home(number)
    at = THURSDAY + timedelta(minutes=10 * number)
    meeting = meet(town, at, student=home.student, guests=[home.guardian])
    evening.nobody_came(meeting, by=town.amal.actor(), now=at + timedelta(minutes=5))
    if reason:
        Missed.objects.filter(seat__meeting=meeting).update(reason=reason, reason_at=at)


def test_every_meeting_of_the_span_is_held_missed_not_noted_or_off(town: Town) -> None:
    me = town.amal.actor()
    held = meet(town)
    evening.begin(held, by=me, now=THURSDAY)
    meet(town, THURSDAY + timedelta(minutes=10))  # nobody noted
    call_off(meet(town, THURSDAY + timedelta(hours=5)), why="school", by=me, now=NOW)
    meet(town, THURSDAY + timedelta(hours=6), is_told=False)  # no family knew of it
    meet(town, THURSDAY + timedelta(days=30))  # not in the span
    nobody_came(town, 4, "ill")
    found = figures(town.school, FIRST, LAST, now=LATER)
    assert (found.meetings, found.stood, found.called_off) == (4, 3, 1)
    assert (found.held, found.nobody_came, found.not_noted) == (1, 1, 1)
    early = figures(town.school, FIRST, LAST, now=THURSDAY - timedelta(minutes=1))
    assert early.meetings == 0  # what is still to come came to nothing yet


def test_reasons_are_told_apart_only_where_five_gave_one(town: Town) -> None:
    for number, reason in ((2, "ill"), (3, "ill"), (4, "work"), (5, "transport"), (6, "")):
        nobody_came(town, number, reason)
    found = figures(town.school, FIRST, LAST, now=LATER)
    assert (found.reasons, found.no_reason_said) == ({}, 1)
    nobody_came(town, 8, "no_interpreter")
    found = figures(town.school, FIRST, LAST, now=LATER)
    assert found.reasons == {
        Reason.ILL: 2, Reason.WORK: 1, Reason.TRANSPORT: 1, Reason.NO_INTERPRETER: 1,
    }  # fmt: skip
    assert found.nobody_came == 6


def test_questions_and_steps_are_counted_with_their_totals(town: Town) -> None:
    me, home = town.amal.actor(), town.yousaf.guardian.actor()
    meeting = meet(town)
    for name in questions.TO_HOME[:2]:
        questions.put(meeting, to=Side.HOME, by=me, now=NOW, language="en", shipped=name)
    ours = meeting.questions.first()
    questions.answer(ours, text="Fractions.", language="en", by=home, now=NOW)
    questions.answer(ours, text="And volcanoes.", language="en", by=home, now=NOW)
    theirs = questions.put(meeting, to=Side.SCHOOL, by=home, now=NOW, language="ur", text="?")
    questions.answer(theirs, text="my own word", language="ur", by=home, now=NOW)  # no answer of ours
    for due in (1, 1, 60):
        step = steps.agree(
            meeting,
            doer=Doer.FAMILY,
            text="Read.",
            due_on=THURSDAY.date() + timedelta(days=due),
            by=me,
            now=NOW,
        )
    steps.done(meeting.steps.first(), by=home, now=NOW)
    steps.drop(step, by=me, now=NOW)
    writing.send(meeting, by=me, now=THURSDAY)
    found = figures(town.school, FIRST, LAST, now=LATER)
    assert (found.to_home, found.to_school) == (Asked(2, 1), Asked(1, 0))
    assert (found.steps_due, found.steps_kept, found.minutes_told) == (2, 1, 1)


def test_a_leader_reads_them_with_what_they_miss_and_no_colleague_is_named(town: Town) -> None:
    leader = staff(town.school, "Mr Head", Role.LEADER)
    nobody_came(town, 4, "ill")
    shown = html(opens(leader, "/meetings/figures/?first=2026-10-01&last=2026-10-31", LATER))
    assert "1 of 1" in shown
    assert 'class="proof"' in shown
    assert "Fewer than 5 families gave a reason; so few are not told apart." in shown
    assert "Ms Amal" not in shown
    for other in (town.amal, town.okafor, town.yousaf.guardian):
        assert opens(other, "/meetings/figures/", LATER).status_code == 404


def test_an_odd_span_is_the_last_four_months(town: Town) -> None:
    leader = staff(town.school, "Mr Head", Role.LEADER)
    for query in ("?first=2026-10-31&last=2026-10-01", "?first=never", "?first=1900-01-01"):
        assert opens(leader, f"/meetings/figures/{query}", LATER).status_code == 200
