"""Roles become posts, links become ties, and nothing is inferred that the file does not say."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porchlight.rosters.reading import contacts
from porchlight.rosters.reading.bundles import Wanted
from porchlight.rosters.reading.oneroster import Mode
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.tests.bundles import Told, csv_text, oneroster, small_school, zipped
from porchlight.toolbox import phone_numbers


def test_a_small_school_is_told_whole(tmp_path: Path) -> None:
    found = Told(zipped(tmp_path / "r.zip", oneroster(small_school())))
    assert found.of("student") == [
        {"name": "Hamza Yousaf", "called": ""},
        {"name": "Zara Yousaf", "called": ""},
    ]
    assert found.of("staff") == [{"name": "Amal Khan", "email": "amal@example.org", "roles": "teacher"}]
    assert [(record["name"], record["speaks"]) for record in found.of("guardian")] == [
        ("Samina Yousaf", None)
    ]
    assert found.of("class") == [{"name": "4A", "year": "04"}]
    assert [row[0] for row in found.records["tie"]] == ["g1|s1", "g1|s2"]
    assert [(record["relation"], record["may_receive"]) for record in found.of("tie")] == [
        ("parent", None)
    ] * 2
    assert [(record["channel"], record["value"]) for record in found.of("contact")] == [
        ("email", "samina@example.org"),
        ("sms", "+447700900123"),
    ]
    assert [row[0] for row in found.records["enrolment"]] == ["s1|c1", "s2|c1"]
    assert [row[0] for row in found.records["teaching"]] == ["t1|c1"]
    assert found.of("home") == []


@pytest.mark.parametrize(
    ("agents", "ties"),
    [
        ({"s1": "g1"}, ["g1|s1"]),
        ({"g1": "s1"}, ["g1|s1"]),
        ({"g1": "s1,s2", "s1": "g1"}, ["g1|s1", "g1|s2"]),
        ({"s1": "t1"}, []),
        ({"t1": "s1"}, []),
        ({"g1": "t1"}, []),
        ({"s1": "s2"}, []),
        ({"s1": "g1, t1"}, ["g1|s1"]),
        ({"s1": 'g1,\t"x\\\n', "g1": "s2"}, ["g1|s1", "g1|s2"]),
        ({}, []),
    ],
)
def test_a_tie_needs_a_guardian_at_one_end_and_a_student_at_the_other(
    agents: dict[str, str], ties: list[str], tmp_path: Path
) -> None:
    school = small_school()
    school["users"] = [
        {**row, "agentSourcedIds": agents.get(row["sourcedId"], "")} for row in school["users"]
    ]
    found = Told(zipped(tmp_path / "r.zip", oneroster(school)))
    assert [row[0] for row in found.records["tie"]] == ties


def test_a_teacher_with_a_child_at_the_school_holds_two_posts(tmp_path: Path) -> None:
    school = small_school()
    school["roles"] = [
        *school["roles"],
        {
            "sourcedId": "r9",
            "userSourcedId": "t1",
            "roleType": "secondary",
            "role": "guardian",
            "orgSourcedId": "o1",
        },
    ]
    school["users"] = [
        {**row, "agentSourcedIds": "s2" if row["sourcedId"] == "t1" else ""} for row in school["users"]
    ]
    found = Told(zipped(tmp_path / "r.zip", oneroster(school)))
    assert [row[0] for row in found.records["tie"]] == ["t1|s2"]
    assert [row[0] for row in found.records["staff"]] == ["t1"]
    assert "t1" in [row[0] for row in found.records["guardian"]]


@pytest.mark.parametrize(
    ("role", "roles"),
    [
        ("principal", "leader"),
        ("siteAdministrator", "office"),
        ("counselor", "counsellor"),
        ("systemAdministrator", ""),
        ("districtAdministrator", ""),
        ("aide", ""),
        ("proctor", ""),
    ],
)
def test_a_vague_role_opens_no_door_by_itself(role: str, roles: str, tmp_path: Path) -> None:
    school = small_school()
    school["roles"] = [
        {**row, "role": role} if row["userSourcedId"] == "t1" else row for row in school["roles"]
    ]
    found = Told(zipped(tmp_path / "r.zip", oneroster(school)))
    assert [record["roles"] for record in found.of("staff")] == [roles]


def test_names_people_wish_to_be_called_by_come_first(tmp_path: Path) -> None:
    school = small_school()
    wish = {"t1": ("Ms", "Amal"), "s1": ("Hamzah", "")}
    school["users"] = [
        {**row, "preferredGivenName": wish[key][0], "preferredFamilyName": wish[key][1]} if (key := row["sourcedId"]) in wish else row
        for row in school["users"]
    ]  # fmt: skip
    found = Told(zipped(tmp_path / "r.zip", oneroster(school)))
    assert [record["name"] for record in found.of("staff")] == ["Ms Amal"]
    assert found.of("student")[0] == {"name": "Hamza Yousaf", "called": "Hamzah"}


def test_version_1_1_keeps_role_and_school_in_the_users_file(tmp_path: Path) -> None:
    school = small_school()
    roles = {row["userSourcedId"]: row["role"] for row in school.pop("roles")}
    school["users"] = [
        {**row, "role": roles[row["sourcedId"]], "orgSourcedIds": "o1"} for row in school["users"]
    ]
    new = Told(zipped(tmp_path / "12.zip", oneroster(small_school())))
    old = Told(zipped(tmp_path / "11.zip", oneroster(school, version="1.1")))
    assert old.problems() == []
    assert old.records == new.records


def test_several_enrolments_in_one_class_become_one_stretch_of_time(tmp_path: Path) -> None:
    school = small_school()
    row = dict(school["enrollments"][0])
    school["enrollments"] = [
        {**row, "sourcedId": "e1", "beginDate": "2026-09-01", "endDate": "2026-12-18"},
        {**row, "sourcedId": "e2", "beginDate": "2027-01-05", "endDate": "2027-03-26"},
        {**row, "sourcedId": "e3", "userSourcedId": "s2", "beginDate": "2026-09-01", "endDate": "2026-12-18"},
        {**row, "sourcedId": "e4", "userSourcedId": "s2", "beginDate": "2027-01-05"},
    ]
    found = Told(zipped(tmp_path / "r.zip", oneroster(school)))
    assert [(record["since"], record["until"]) for record in found.of("enrolment")] == [
        ("2026-09-01", "2027-03-26"),
        ("2026-09-01", ""),
    ]


def test_of_a_district_only_our_school_and_its_families_are_taken(tmp_path: Path) -> None:
    school = small_school()
    school["orgs"] = [
        {"sourcedId": "d", "name": "District", "type": "district"},
        {"sourcedId": "o1", "name": "Maple Street School", "type": "school", "parentSourcedId": "d"},
        {"sourcedId": "o2", "name": "Oak Road School", "type": "school", "parentSourcedId": "d"},
    ]
    school["users"] = [
        *school["users"],
        {"sourcedId": "s9", "givenName": "Ola", "familyName": "Nowak", "agentSourcedIds": "g9"},
        {"sourcedId": "g9", "givenName": "Ewa", "familyName": "Nowak"},
    ]
    role = {"roleType": "primary", "orgSourcedId": "o2"}
    school["roles"] = [
        *school["roles"],
        {"sourcedId": "r8", "userSourcedId": "s9", "role": "student", **role},
        {"sourcedId": "r9", "userSourcedId": "g9", "role": "guardian", **role},
    ]
    path = zipped(tmp_path / "r.zip", oneroster(school))
    alone = Told(zipped(tmp_path / "alone.zip", oneroster(small_school()))).records
    assert Told(path, Wanted(org="o1")).records == alone
    by_name = Told(path, Wanted(school_name="maple street school"))
    assert by_name.records == alone
    assert by_name.problems() == [("guessed", "org.guessed", "orgs.csv", 0, "name")]
    assert [record["name"] for record in Told(path, Wanted(org="o2")).of("guardian")] == ["Ewa Nowak"]


def test_without_a_manifest_a_person_says_what_the_files_are(tmp_path: Path) -> None:
    files = oneroster(small_school())
    del files["manifest.csv"]
    path = zipped(tmp_path / "r.zip", files)
    assert not Told(path).contents.importable
    said = Told(path, Wanted(mode=Mode.BULK))
    assert said.contents.importable
    assert said.contents.whole("users", "roles", "classes", "enrollments")


def test_microsofts_relationships_name_the_guardians(tmp_path: Path) -> None:
    files = {
        "orgs.csv": csv_text(["sourcedId", "name", "type", "parentSourcedId"], [{"sourcedId": "1", "name": "A", "type": "school"}]),
        "users.csv": csv_text(
            ["sourcedId", "username", "givenName", "familyName", "password", "email", "phone", "sms"],
            [{"sourcedId": key, "givenName": key, "familyName": "Khan"} for key in ("s", "mother", "doctor")],
        ),
        "roles.csv": csv_text(
            ["userSourcedId", "orgSourcedId", "role", "sessionSourcedId", "grade", "isPrimary", "roleStartDate", "roleEndDate"],
            [{"userSourcedId": "s", "orgSourcedId": "1", "role": "student"}],
        ),
        "relationships.csv": csv_text(
            ["userSourcedId", "relationshipUserSourcedId", "relationshipRole"],
            [
                {"userSourcedId": "s", "relationshipUserSourcedId": "mother", "relationshipRole": "parent"},
                {"userSourcedId": "s", "relationshipUserSourcedId": "doctor", "relationshipRole": "doctor"},
                {"userSourcedId": "s", "relationshipUserSourcedId": "nobody", "relationshipRole": "parent"},
            ],
        ),
    }  # fmt: skip
    found = Told(zipped(tmp_path / "r.zip", files))
    assert found.contents.format == "sds"
    assert [row[0] for row in found.records["tie"]] == ["mother|s"]
    assert ("left_out", "user.no_role", "users.csv", 4, "role") in found.problems()
    nobody = ("reference.missing_target_record", "relationships.csv", 4, "relationshipUserSourcedId")
    assert ("left_out", *nobody) in found.problems()


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["GB", "US", "PK", "ES", "DE", "SO", "AR", "IT", "BR", "XX"]),
    st.one_of(
        st.from_regex(r"(\+44|0044|0|44)?7[0-9]{8,10}", fullmatch=True),
        st.from_regex(r"(\+1|1)?[2-9][0-9]{2}5550[0-9]{3}", fullmatch=True),
        st.from_regex(r"(\+92|0)?3[0-9]{2}[ -]?[0-9]{7}", fullmatch=True),
        st.from_regex(r"(\+[1-9])?[0-9() .-]{5,16}", fullmatch=True),
    ),
)
def test_the_quick_reading_of_a_number_never_differs_from_the_full_one(country: str, written: str) -> None:
    try:
        full = phone_numbers.e164(written, country)
    except phone_numbers.NotANumber:
        full = ""
    assert contacts.read_number(written, country, Report(), "users.csv", 2, "sms") == full
