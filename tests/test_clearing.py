"""T47. What is past its limit is gone, whatever the table; a hold wins, and what is younger stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from porchlight.conversations.models import Message, Worry
from porchlight.delivery.models import KillSwitch
from porchlight.families.models import Guardian, Student
from porchlight.files.models import StoredFile
from porchlight.privacy import daily
from porchlight.privacy.clearing import clear, clear_server, server_ends
from porchlight.privacy.limits import ends
from porchlight.privacy.models import Clearing, Hold, OwnLimit
from porchlight.privacy.register import of_schools, register
from porchlight.schools.models import School, TenantModel
from porchlight.toolbox.kept import Limit
from tests.full_school.family import family, worried
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, people

EIGHT_YEARS = timedelta(days=8 * 365 + 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Iterator[FullSchool]:
    """A full school with a family, whose child and adult left today."""
    with time_machine.travel(NOW, tick=False):
        full = people("maple-street", "wren7q", 1)
        complete(full)
        full.school.law = "eu"  # names no years of its own for safety, so ours hold: seven
        full.school.save(update_fields=["law"])
        mine = family(full, "ibis4q", 7)
        worried(mine)
        Student.objects.update(left_at=NOW)
        Guardian.objects.update(left_at=NOW)
        Hold.objects.update(lifted_at=NOW)
        yield mine


def past(school: School, when: object) -> dict[str, int]:
    """Rows of every table, past their limit at a moment."""
    found = {}
    for model, kept in register().items():
        end = (ends(school, when) if issubclass(model, TenantModel) else server_ends(when)).get(kept.limit)
        if kept.since and end and not kept.empties:
            rows = model._default_manager.filter(**{f"{kept.since}__lt": end})
            for other in kept.unless:
                rows = rows.filter(**{f"{other}__isnull": True})
            found[model._meta.label] = rows.count()
    return {label: count for label, count in found.items() if count}


def test_t47_eight_years_later_nothing_is_past_its_limit(home: FullSchool) -> None:
    later = NOW + EIGHT_YEARS
    assert len(past(home.school, later)) > 20  # of so many tables
    with time_machine.travel(later, tick=False):
        clear(home.school, now=later)
        clear_server(now=later)
    left = past(home.school, later)
    left.pop("files.StoredFile", None)  # those that a school's own words still use
    assert left == {}
    people_left = [
        Student.objects.count(),
        Guardian.objects.count(),
        Message.objects.count(),
        Worry.objects.count(),
    ]
    assert people_left == [0, 0, 0, 0]


def test_t47_the_next_day_nothing_of_the_conversation_is_gone(home: FullSchool) -> None:
    before = {
        model: set(model._default_manager.values_list("pk", flat=True))
        for model, kept in of_schools()
        if kept.limit in {Limit.TALK, Limit.ROLL, Limit.SAFETY}
    }
    clear(home.school, now=NOW + timedelta(days=1))
    assert {model: set(model._default_manager.values_list("pk", flat=True)) for model in before} == before


def test_t47_a_hold_wins_over_every_limit(home: FullSchool) -> None:
    child = home.rows[Student]
    Hold.objects.create(school=home.school, student=child, why="A court asks.", set_by=home.staff["leader"])
    message, file = home.rows[Message], home.rows[StoredFile]
    clear(home.school, now=NOW + EIGHT_YEARS)
    assert Student.objects.filter(pk=child.pk).exists()
    assert Message.objects.get(pk=message.pk).text == message.text
    assert StoredFile.objects.filter(pk=file.pk).exists()
    assert Student.objects.count() == 1


def test_t47_safeguarding_outlives_the_conversation_with_what_it_is_about(home: FullSchool) -> None:
    clear(home.school, now=NOW + timedelta(days=4 * 365))
    [worry] = Worry.objects.filter(message=home.rows[Message])
    assert worry.message.text == home.rows[Message].text
    assert home.rows[Student].pk in Student.objects.values_list("pk", flat=True)


def test_t47_a_file_that_was_never_sent_goes_after_a_week(home: FullSchool) -> None:
    unsent = StoredFile.objects.create(
        school=home.school, source="unsent", size=3, digest="0", kept_at=NOW - timedelta(days=8)
    )
    used = home.rows[StoredFile]
    clear(home.school, now=NOW + timedelta(days=8))
    assert not StoredFile.objects.filter(pk=unsent.pk).exists()
    assert StoredFile.objects.filter(pk=used.pk).exists()


def test_t47_a_switch_that_stands_is_not_forgotten(home: FullSchool) -> None:
    standing = KillSwitch.objects.create(school=home.school, reason="storm", set_at=NOW)
    clear(home.school, now=NOW + EIGHT_YEARS)
    assert KillSwitch.objects.filter(pk=standing.pk).exists()


def test_t47_once_a_day_after_two_and_by_one_worker(home: FullSchool) -> None:
    daily._next.clear()
    school = home.school  # in London, an hour ahead in summer
    midnight = NOW.replace(hour=0, minute=30) + timedelta(days=9)
    daily.clear_daily(school, midnight)
    assert Clearing.objects.filter(day=midnight.date()).count() == 0
    daily.clear_daily(school, midnight + timedelta(hours=3))
    [done] = Clearing.objects.filter(day=midnight.date())
    daily._next.clear()  # another worker
    daily.clear_daily(school, midnight + timedelta(hours=4))
    assert Clearing.objects.get(day=midnight.date()).at == done.at


def test_t47_a_school_keeps_as_long_as_it_chose(home: FullSchool) -> None:
    OwnLimit.objects.filter(limit="talk").update(days=365)
    message = home.rows[Message]
    Worry.objects.all().delete()
    clear(home.school, now=NOW + timedelta(days=364))
    assert Message.objects.filter(pk=message.pk).exists()
    clear(home.school, now=NOW + timedelta(days=366))
    assert not Message.objects.filter(pk=message.pk).exists()
