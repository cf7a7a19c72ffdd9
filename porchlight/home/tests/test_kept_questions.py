"""Questions of desk and thread are put into words once a day for a colleague; what they may see is asked each time."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from porchlight.conversations.models import StandIn
from porchlight.conversations.on_page import write_back
from porchlight.conversations.open_to import tie_open_to
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff, town
from porchlight.conversations.thread_page import read
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardianship
from porchlight.home import homes
from porchlight.home.homes import homes_seen
from porchlight.home.waiting import waiting_for
from porchlight.learning.listing import away_on, classes_on
from porchlight.learning.models import Absence, Register
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, Teaching
from porchlight.updates import weekly
from porchlight.updates.models import ClassWeek
from porchlight.updates.week_days import week_of

__all__ = ["town"]  # a fixture

TODAY = TUESDAY.date()
ALL_OF_IT = {"homes": 1, "away": 1, "registers": 1, "updates": 1, "waiting": 1, "opens": True, "words": 1}
NOTHING = dict.fromkeys(ALL_OF_IT, 0) | {"opens": False}


def put_there(town: Town) -> None:
    """A child of 4A who is away, a register, the week's update, and a word of the father's."""
    write_back(
        thread=town.thread,
        text="The story about the lighthouse was lovely.",
        by=town.yousaf.guardian.actor(),
        now=TUESDAY,
    )
    Absence.objects.create(
        school=town.school, student=town.yousaf.student, first_day=TODAY, last_day=TODAY, why="ill",
        how="page", said_by=town.yousaf.guardian, said_at=TUESDAY,
    )  # fmt: skip
    Register.objects.create(school=town.school, school_class=town.class_4a, day=TODAY)
    ClassWeek.objects.create(school=town.school, school_class=town.class_4a, week=week_of(TODAY))


def seen_by(town: Town, who: StaffMember) -> dict[str, int | bool]:
    """What desk and thread show this colleague on Tuesday."""
    actor, school = who.actor(), town.school  # an actor lives as long as a request
    keys = {"student_key": town.yousaf.student.key, "guardian_key": town.yousaf.guardian.key}
    tie = Guardianship.objects.select_related("guardian", "student__school").get(
        guardian=town.yousaf.guardian
    )
    with time_machine.travel(TUESDAY, tick=False):
        return {
            "homes": len(homes_seen(school, actor, now=TUESDAY)),
            "away": len(away_on(school, actor, TODAY, now=TUESDAY)),
            "registers": sum(row.register is not None for row in classes_on(school, actor, TODAY)),
            "updates": len(weekly.waiting(actor, school=school, now=TUESDAY)),
            "waiting": waiting_for(school, actor, now=TUESDAY).count,
            "opens": tie_open_to(actor, **keys, on=TODAY) is not None,
            "words": len(read(tie, [], school=school, actor=actor, now=TUESDAY).said),
        }


@on_both_databases
def test_who_loses_a_class_sees_nothing_of_it_on_the_next_page_and_everything_when_it_is_given_back(
    town: Town,
) -> None:
    put_there(town)
    assert seen_by(town, town.amal) == ALL_OF_IT
    Teaching.objects.update(until=TODAY - timedelta(days=1))
    assert seen_by(town, town.amal) == NOTHING
    Teaching.objects.update(until=None)
    assert seen_by(town, town.amal) == ALL_OF_IT


@on_both_databases
def test_a_thread_that_is_lent_opens_at_once_and_shuts_at_once(town: Town) -> None:
    put_there(town)
    silva = staff(town.school, "Mr Silva", Role.COUNSELLOR)
    assert seen_by(town, silva) == NOTHING
    StandIn.objects.create(
        school=town.school, thread=town.thread, staff=silva, handed_by=town.amal, lends=True, until=TODAY
    )
    assert seen_by(town, silva) == NOTHING | {"waiting": 1, "opens": True, "words": 1}
    StandIn.objects.update(ended_at=TUESDAY)
    assert seen_by(town, silva) == NOTHING


def test_on_another_day_it_is_put_into_words_anew(town: Town) -> None:
    """Who sees whom may depend on the date, which stands in the words."""
    homes._ties.cache_clear()
    for later in (timedelta(), timedelta(hours=1), timedelta(days=1)):
        with time_machine.travel(TUESDAY + later, tick=False):
            homes_seen(town.school, town.amal.actor(), now=TUESDAY + later)
    assert homes._ties.cache_info().misses == 2
