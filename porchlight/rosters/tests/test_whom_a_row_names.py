"""Whom a row names is known by number, remembered while files are loaded or looked up afterwards: the same people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from porchlight.rosters.reading import pouring
from porchlight.rosters.tests.bundles import Rows, Told, oneroster, person, small_school, zipped

type School = dict[str, Rows]


def as_it_is() -> School:
    return small_school()


def with_somebody_marked_as_gone() -> School:
    school = small_school()
    users = [dict(row) for row in school["users"]]
    users[1]["status"] = "tobedeleted"
    return {**school, "users": users}


def with_an_id_twice() -> School:
    school = small_school()
    return {**school, "users": [*school["users"], person("s1", "Another", "Hamza")]}


def with_ids_that_need_tidying() -> School:
    school = small_school()
    users = [dict(row) for row in school["users"]]
    users[0]["sourcedId"] = " s1 "
    return {**school, "users": users}


def with_names_that_lead_nowhere() -> School:
    school = small_school()
    seats = [dict(row) for row in school["enrollments"]]
    seats[0]["userSourcedId"], seats[2]["classSourcedId"] = "nobody", "c9"
    return {**school, "enrollments": seats}


def with_a_nameless_child() -> School:
    school = small_school()
    users = [dict(row) for row in school["users"]]
    users[0]["givenName"] = users[0]["familyName"] = ""
    return {**school, "users": users}


BUNDLES = [
    as_it_is,
    with_somebody_marked_as_gone,
    with_an_id_twice,
    with_ids_that_need_tidying,
    with_names_that_lead_nowhere,
    with_a_nameless_child,
]


@pytest.mark.parametrize("school", BUNDLES, ids=lambda school: school.__name__)
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_remembered_or_looked_up_it_is_the_same(
    school: Callable[[], School], version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = school()
    if version == "1.1":
        roles = {row["userSourcedId"]: row["role"] for row in told.pop("roles")}
        told["users"] = [
            {**row, "role": roles.get(row["sourcedId"].strip(), ""), "orgSourcedIds": "o1"}
            for row in told["users"]
        ]
    path = zipped(tmp_path / "r.zip", oneroster(told, version=version))
    remembered = Told(path)
    monkeypatch.setattr(pouring, "MOST_IDS", 0)
    looked_up = Told(path)
    assert remembered.records == looked_up.records
    assert remembered.problems() == looked_up.problems()
    assert remembered.of("enrolment")
