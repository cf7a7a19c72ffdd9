"""A school leaves by two leaders' yes, and not for a fortnight after the second; each may take it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from porchlight.activity.models import Entry
from porchlight.privacy.models import Leaving
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tests.colleagues import signed_in

PAGE = "/maple-street/settings/leaving/"
START = datetime(2026, 10, 13, 14, 10, tzinfo=UTC)


@pytest.fixture
def moment():
    with time_machine.travel(START, tick=False) as moment:
        yield moment


@pytest.fixture
def school(db, moment, settings, tmp_path) -> School:
    settings.ERASURES, settings.MEDIA_ROOT = str(tmp_path / "erasures"), str(tmp_path / "files")
    return School.objects.create(slug="maple-street", name="Maple Street School")


def close(*more: str) -> str:
    words = ("close", "maple-street", "--really", "maple-street", "--backups-until", "2027-01-31", *more)
    call_command("privacy", *words, stdout=(out := StringIO()))
    return out.getvalue()


def test_two_leaders_and_a_fortnight(school, moment, tmp_path):
    bell, reyes = (signed_in(school, Role.LEADER, name=name) for name in ("Mr Bell", "Ms Reyes"))
    assert bell.post(PAGE).status_code == 302
    assert bell.post(f"{PAGE}agreeing/").status_code == 302  # not by the same
    assert Leaving.objects.get().agreed_at is None
    assert "Another leader has to agree on this page." in bell.get(PAGE).content.decode()
    with pytest.raises(CommandError, match="may still take it back"):
        close("--asked-by", "Mr Bell alone")
    assert reyes.post(f"{PAGE}agreeing/").status_code == 302
    moment.shift(timedelta(days=13))
    with pytest.raises(CommandError, match="may still take it back"):
        close()
    moment.shift(timedelta(days=1))
    assert "closed" in close()
    told = (tmp_path / "erasures/maple-street-certificate.txt").read_text()
    assert "By the wish of:          Mr Bell, agreed by Ms Reyes\n" in told
    assert not StaffMember.objects.exists()


def test_either_takes_it_back_and_the_record_says_who(school, moment):
    bell, reyes = (signed_in(school, Role.LEADER, name=name) for name in ("Mr Bell", "Ms Reyes"))
    bell.post(PAGE)
    bell.post(PAGE)  # the same wish twice is one
    reyes.post(f"{PAGE}agreeing/")
    assert "Ms Reyes" in bell.get(PAGE).content.decode()
    assert bell.post(f"{PAGE}staying/").status_code == 302
    assert "The school stays" in bell.get(PAGE).content.decode()
    assert bell.post(f"{PAGE}staying/").status_code == 404
    moment.shift(timedelta(days=20))
    with pytest.raises(CommandError, match="--asked-by"):
        close()
    verbs = Entry.objects.filter(verb__startswith="privacy.leaving").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "privacy.leaving_asked", "privacy.leaving_agreed", "privacy.leaving_undone",
    ]  # fmt: skip


def test_it_asks_for_the_second_step_and_for_a_leader(school, settings):
    settings.SECOND_STEP = True
    bell, office = signed_in(school, Role.LEADER, name="Mr Bell"), signed_in(school, Role.OFFICE)
    bell.post(PAGE)
    assert not Leaving.objects.exists()
    settings.SECOND_STEP = False
    assert office.post(PAGE).status_code == 404
    assert office.get(PAGE).status_code == 404
    assert not Leaving.objects.exists()


def test_the_database_takes_no_yes_of_whoever_asked(school):
    staff = StaffMember.objects.create(school=school, name="Mr Bell")
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaving.objects.create(school=school, asked_by=staff, agreed_by=staff, agreed_at=START, due_at=START)
