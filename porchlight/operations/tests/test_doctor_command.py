"""`porchlight doctor`: the worst first, each with its mend, and an exit code for programs."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from porchlight.delivery.models import Account, Lane
from porchlight.operations.findings import how_long
from porchlight.operations.models import Heartbeat
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffRole
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db
on_both = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres])]
)


def doctor(*words: str) -> tuple[str, int]:
    """What it says, and with what it ends."""
    out = io.StringIO()
    try:
        call_command("doctor", *words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    from porchlight.operations.tests.conftest import NOW

    monkeypatch.setattr(school_time, "now", lambda: NOW)


def about_the_house(said: str) -> list[str]:
    """Without what is said of the machine that runs the tests."""
    lines = said.splitlines()
    theirs = [number for number, line in enumerate(lines) if " Machine: " in line]
    return [line for number, line in enumerate(lines) if number not in theirs and number - 1 not in theirs]


@on_both
def test_a_healthy_school_hears_that_all_is_well(database: str, maple: School) -> None:
    said, code = doctor()
    assert (about_the_house(said), code) == (["All is well."], 0)
    said, code = doctor("--json")
    told = json.loads(said)
    assert (told["well"], code) == (True, 0)
    assert [one for one in told["findings"] if one["about"] != "Machine"] == []


@on_both
def test_what_is_wrong_comes_first_with_its_mend_and_ends_with_one(database: str, maple: School) -> None:
    StaffRole.objects.filter(is_deputy=True).delete()
    Lane.objects.update(held_at=school_time.now() - timedelta(hours=3), held_reason="Pay the bill.")
    said, code = doctor()
    assert about_the_house(said) == [
        "Wrong  maple-street: Nothing has left on sms for 3 hours: Pay the bill.",
        "       → Mend it with the gateway, then save the account in the school's settings: what waits leaves again.",
        "Look   maple-street: Nobody stands in for the safeguarding lead.",
        "       → Name a deputy on the staff page: a worry left alone is then brought to them.",
        "1 thing is wrong.",
    ]
    assert code == 1


def test_what_only_needs_a_look_ends_with_nought(maple: School) -> None:
    StaffRole.objects.filter(is_deputy=True).delete()
    said, code = doctor()
    assert about_the_house(said)[-1] == "Nothing is wrong. See whether you want to change what needs a look."
    assert (code, json.loads(doctor("--json")[0])["well"]) == (0, False)


def test_several_things_wrong_are_counted(maple: School) -> None:
    StaffRole.objects.filter(role__in=[Role.OFFICE, Role.SAFEGUARDING], is_deputy=False).delete()
    assert about_the_house(doctor()[0])[-1] == "2 things are wrong."


def test_looking_names_no_person_and_changes_nothing(maple: School) -> None:
    StaffRole.objects.all().delete()
    Account.objects.update(sender="07700 900100")
    Heartbeat.objects.all().delete()
    before = [(row.pk, row.settings, row.sealed_secrets) for row in Account.objects.all()]
    said, _ = doctor()
    assert [(row.pk, row.settings, row.sealed_secrets) for row in Account.objects.all()] == before
    assert [
        words for words in ("Yousaf", "Hamza", "900100", "example.org", "password:") if words in said
    ] == []


@pytest.mark.postgres
def test_a_second_school_is_looked_at_inside_its_own_walls(maple: School) -> None:
    """On PostgreSQL, where one context does not show the other school's rows."""
    School.objects.create(slug="oak-lane", name="Oak Lane School")
    said, _ = doctor()
    assert {line[7:].split(":")[0] for line in about_the_house(said)[:-1] if not line.startswith(" ")} == {
        "oak-lane"
    }


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=119), "119 seconds"),
        (timedelta(seconds=120), "2 minutes"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=9), "9 days"),
    ],
)
def test_a_span_is_said_in_the_unit_a_person_would_use(span: timedelta, words: str) -> None:
    assert how_long(span) == words
