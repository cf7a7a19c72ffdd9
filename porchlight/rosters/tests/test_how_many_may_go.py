"""How many a roster may take away unasked is the school's to say; whoever types a command may say it for once."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from porchlight.families.models import Student
from porchlight.rosters.actions import NotTaken, preview, take
from porchlight.rosters.tests.bundles import oneroster, person, zipped
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db


def students(folder: Path, how_many: int) -> Path:
    """A roster of so many students and nothing else."""
    keys = [f"s{number}" for number in range(how_many)]
    told = {
        "orgs": [{"sourcedId": "o1", "name": "Maple Street School", "type": "school"}],
        "users": [person(key, "Given", key) for key in keys],
        "roles": [
            {"sourcedId": f"r{key}", "userSourcedId": key, "role": "student", "orgSourcedId": "o1"}
            for key in keys
        ],
    }
    return zipped(folder / f"{how_many}.zip", oneroster(told))


@pytest.fixture
def twenty(maple: School, by: Actor, tmp_path: Path) -> School:
    take(path=students(tmp_path, 20), school=maple, by=by)
    return maple


@pytest.mark.parametrize(
    ("setting", "left", "asks"),
    [
        (None, 19, False),  # five per cent of twenty
        (None, 18, True),
        (20, 17, False),
        (20, 15, True),
        (0, 19, True),
        (0, 20, False),
        (100, 1, False),
    ],
)
def test_the_school_says_how_many_may_go_unasked(
    twenty: School, by: Actor, tmp_path: Path, setting: int | None, left: int, asks: bool
) -> None:
    if setting is not None:
        School.objects.update(most_removed=setting)
        twenty.refresh_from_db()
    path = students(tmp_path, left)
    assert preview(path=path, school=twenty, by=by).removes_too_many is asks
    if asks:
        with pytest.raises(NotTaken) as stop:
            take(path=path, school=twenty, by=by)
        assert (stop.value.code, stop.value.kinds) == ("too_many_removals", ["student"])
        assert Student.objects.on_roll().count() == 20
    else:
        take(path=path, school=twenty, by=by)
        assert Student.objects.on_roll().count() == left


def typed(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("roster", "import", str(path), "--school", "maple-street", *options, stdout=out)
    return out.getvalue()


def test_the_command_obeys_the_school_and_its_option_stands_above(twenty: School, tmp_path: Path) -> None:
    School.objects.update(most_removed=20)
    typed(students(tmp_path, 17))
    assert Student.objects.on_roll().count() == 17
    with pytest.raises(CommandError, match="More would go than usual"):
        typed(students(tmp_path, 16), "--removals-above", "0")
    assert Student.objects.on_roll().count() == 17
    typed(students(tmp_path, 10), "--removals-above", "50")
    assert Student.objects.on_roll().count() == 10


@pytest.mark.parametrize("said", ["-1", "101", "a few"])
def test_the_option_is_a_per_cent(twenty: School, tmp_path: Path, said: str) -> None:
    with pytest.raises(CommandError, match="--removals-above"):
        typed(students(tmp_path, 20), "--removals-above", said)
