"""Any school, told as a bundle and taken twice, changes nothing the second time; any one edit changes just that."""

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porchlight.families.models import ContactPoint, Enrolment, Guardianship, Student
from porchlight.rosters.actions import preview, take
from porchlight.rosters.models import RosterImport
from porchlight.rosters.tests.bundles import Rows, differences, oneroster, person, zipped
from porchlight.schools.actors import system
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db

NAMES = st.text(
    st.characters(categories=["L", "M"], exclude_characters="\u0130"), min_size=1, max_size=12
).filter(lambda name: name.strip() == name)
IDS = st.text("abcXYZ019-._/@", min_size=1, max_size=12)
POSTS = st.sampled_from(
    ["student", "student", "student", "parent", "guardian", "relative", "teacher", "principal"]
)


@st.composite
def schools(draw: st.DrawFn) -> dict[str, Rows]:
    """A school of up to a dozen people with ties in either direction and up to three classes."""
    ids = draw(st.lists(IDS, min_size=2, max_size=12, unique=True))
    posts = {key: draw(POSTS) for key in ids}
    classes = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    users = [
        person(
            key,
            draw(NAMES),
            draw(NAMES),
            email=draw(st.sampled_from(["", f"{place}@example.org", f"Box{place}@Example.org"])),
            sms=draw(st.sampled_from(["", f"07700 9002{place:02d}", f"+447700 9002{place:02d}"])),
            agentSourcedIds=",".join(draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))),
        )
        for place, key in enumerate(ids)
    ]
    seats = [
        {
            "sourcedId": f"e{place}",
            "classSourcedId": draw(st.sampled_from(classes)),
            "schoolSourcedId": "o",
            "userSourcedId": key,
            "role": "student" if posts[key] == "student" else "teacher",
            "beginDate": draw(st.sampled_from(["", "2026-09-01"])),
        }
        for place, key in enumerate(ids)
        if posts[key] in {"student", "teacher", "principal"}
    ]
    return {
        "orgs": [{"sourcedId": "o", "name": "School", "type": "school"}],
        "classes": [{"sourcedId": key, "title": draw(NAMES), "schoolSourcedId": "o"} for key in classes],
        "users": users,
        "roles": [
            {"sourcedId": f"r{place}", "userSourcedId": key, "role": posts[key], "orgSourcedId": "o"}
            for place, key in enumerate(ids)
        ],
        "enrollments": seats,
    }


def imported(folder: Path, told: dict[str, Rows], name: str) -> Path:
    return zipped(folder / name, oneroster(told))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(told=schools(), data=st.data())
def test_twice_is_once_and_an_edit_is_that_edit(told: dict[str, Rows], data: st.DataObject) -> None:
    school = School.objects.create(slug="school", name="School")
    by = system(school.pk)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = imported(Path(folder), told, "1.zip")
            first = take(path=path, school=school, by=by)
            students = [row["sourcedId"] for row in told["users"] if _is(told, row["sourcedId"], "student")]
            assert first.counts.get("student", {}).get("added", 0) == len(students)
            rows = _rows()
            assert differences(take(path=path, school=school, by=by)) == {}
            assert _rows() == rows
            edited, expected = _edit(told, data)
            change = preview(path=imported(Path(folder), edited, "2.zip"), school=school, by=by)
            assert differences(change) == expected
    finally:
        school.delete()


def _rows() -> list[list[int]]:
    return [
        sorted(model.objects.values_list("pk", flat=True))
        for model in (Student, Guardianship, ContactPoint, Enrolment)
    ]


def _is(told: dict[str, Rows], key: str, *posts: str) -> bool:
    return any(row["userSourcedId"] == key and row["role"] in posts for row in told["roles"])


def _edit(told: dict[str, Rows], data: st.DataObject) -> tuple[dict[str, Rows], dict[str, dict[str, int]]]:
    """One person's family name gets another letter, or one class another title."""
    if data.draw(st.booleans()):
        classes = [dict(row) for row in told["classes"]]
        data.draw(st.sampled_from(classes))["title"] += "x"
        return {**told, "classes": classes}, {"class": {"changed": 1}}
    users = [dict(row) for row in told["users"]]
    user = data.draw(st.sampled_from(users))
    user["familyName"] += "x"
    kind = "student" if _is(told, user["sourcedId"], "student") else "guardian"
    if _is(told, user["sourcedId"], "teacher", "principal"):
        kind = "staff"
    return {**told, "users": users}, {kind: {"changed": 1}}


def test_two_records_whose_keys_read_alike_break_off_the_import(tmp_path: Path, maple: School) -> None:
    """No index of ours holds that a record has one link: the import does, before it writes anything."""
    told: dict[str, Rows] = {
        "orgs": [{"sourcedId": "o", "name": "School", "type": "school"}],
        "classes": [{"sourcedId": key, "title": key, "schoolSourcedId": "o"} for key in ("c", "b|c")],
        "users": [person("a|b", "Hamza", "Yousaf"), person("a", "Zara", "Yousaf")],
        "roles": [
            {"sourcedId": f"r-{key}", "userSourcedId": key, "role": "student", "orgSourcedId": "o"}
            for key in ("a|b", "a")
        ],
        "enrollments": [
            {"sourcedId": f"e-{user}", "userSourcedId": user, "classSourcedId": group, "role": "student"}
            for user, group in (("a|b", "c"), ("a", "b|c"))
        ],
    }
    with pytest.raises(sqlite3.IntegrityError):
        take(path=imported(tmp_path, told, "r.zip"), school=maple, by=system(maple.pk))
    assert not Student.objects.exists()
    assert not RosterImport.objects.exists()
