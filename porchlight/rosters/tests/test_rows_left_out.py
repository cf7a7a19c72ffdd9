"""A row that cannot be trusted is left out with its file, line, field and reason; nobody's details are spread."""

from pathlib import Path
from typing import Any

import pytest

from porchlight.rosters.tests.bundles import Rows, Told, oneroster, small_school, zipped


def read(tmp_path: Path, change: dict[str, Rows], **options: Any) -> Told:
    return Told(zipped(tmp_path / "r.zip", oneroster({**small_school(), **change}, **options)))


def with_cell(table: str, row: int, **cells: str) -> dict[str, Rows]:
    rows = [dict(found) for found in small_school()[table]]
    rows[row].update(cells)
    return {table: rows}


def test_a_clean_bundle_has_nothing_to_report(tmp_path: Path) -> None:
    assert read(tmp_path, {}).problems() == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (with_cell("users", 0, sourcedId=""), ("left_out", "row.no_id", "users.csv", 2, "sourcedId")),
        (with_cell("users", 1, sourcedId="x" * 256), ("left_out", "row.id_too_long", "users.csv", 3, "sourcedId")),
        (with_cell("users", 1, sourcedId="s1"), ("left_out", "row.same_id", "users.csv", 3, "sourcedId")),
        (with_cell("users", 1, givenName="", familyName=" "), ("left_out", "row.missing_value", "users.csv", 3, "familyName")),
        (with_cell("roles", 1, role="wizard"), ("left_out", "row.unknown_word", "roles.csv", 3, "role")),
        (with_cell("enrollments", 1, role="parent"), ("left_out", "row.unknown_word", "enrollments.csv", 3, "role")),
        (with_cell("enrollments", 0, beginDate="1/09/2026"), ("left_out", "row.invalid_date", "enrollments.csv", 2, "beginDate")),
        (with_cell("enrollments", 0, beginDate="2026-02-30"), ("left_out", "row.invalid_date", "enrollments.csv", 2, "beginDate")),
        (
            with_cell("enrollments", 0, beginDate="2026-09-01", endDate="2026-08-01"),
            ("left_out", "row.ends_before_start", "enrollments.csv", 2, "endDate"),
        ),
        (with_cell("enrollments", 0, userSourcedId="nobody"), ("left_out", "reference.missing_target_record", "enrollments.csv", 2, "userSourcedId")),
        (with_cell("classes", 0, title=""), ("left_out", "row.missing_value", "classes.csv", 2, "title")),
        (with_cell("enrollments", 0, beginDate="2026-09-01T08:00:00Z"), ("guessed", "row.guessed_date", "enrollments.csv", 2, "beginDate")),
        (with_cell("users", 0, sourcedId="s 1"), ("noted", "row.strange_id", "users.csv", 2, "sourcedId")),
        (with_cell("users", 2, email="samina"), ("dropped", "contact.bad_mailbox", "users.csv", 4, "email")),
        (with_cell("users", 2, sms="4.47701E+11"), ("dropped", "contact.bad_number", "users.csv", 4, "sms")),
        (with_cell("users", 2, sms="", phone="01632 960123"), ("dropped", "contact.landline", "users.csv", 4, "phone")),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(
    change: dict[str, Rows], problem: tuple[str, str, str, int, str], tmp_path: Path
) -> None:
    assert problem in read(tmp_path, change).problems()


def test_a_date_that_could_be_two_days_is_never_guessed(tmp_path: Path) -> None:
    found = read(tmp_path, with_cell("enrollments", 0, beginDate="01/09/2026"))
    assert len(found.of("enrolment")) == 1


def test_all_faults_of_a_row_are_said_at_once(tmp_path: Path) -> None:
    found = read(tmp_path, with_cell("enrollments", 0, classSourcedId="nowhere", userSourcedId="nobody"))
    assert [problem[4] for problem in found.problems()] == ["classSourcedId", "userSourcedId"]


def test_a_row_that_leans_on_one_left_out_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, with_cell("classes", 0, schoolSourcedId="elsewhere"))
    assert [problem[1] for problem in found.problems()] == [
        "reference.missing_target_record",
        *["reference.left_out_target"] * 3,
    ]


def test_values_are_shortened_until_nobody_can_be_reached_by_them(tmp_path: Path) -> None:
    found = read(tmp_path, with_cell("users", 2, email="samina.yousaf@", sms="07700 900123 or 07700 900124"))
    assert [problem.value for problem in found.report.kept] == ["…24", "s…@"]
    text = str([problem.as_dict() for problem in found.report.kept])
    assert "900123" not in text
    assert "samina" not in text


def test_passwords_and_usernames_never_reach_the_staging_file(tmp_path: Path) -> None:
    found = read(tmp_path, with_cell("users", 0, password="hunter2", username="hamza.y", identifier="900-12"))
    assert found.problems() == []
    assert "hunter2" not in str(found.records)


def test_headers_are_found_by_likeness_and_extra_columns_ignored(tmp_path: Path) -> None:
    files = oneroster(small_school())
    files["users.csv"] = (
        files["users.csv"]
        .replace("preferredGivenName", "prefferedGivenName", 1)
        .replace("dateLastModified", "dataLastModified", 1)
        .replace("givenName", "GivenName", 1)
        .replace("pronouns\r\n", "pronouns,ext_house,metadata.bus,lunch,\r\n", 1)
        .replace("\r\ns1,", "\r\ns1,", 1)
    )
    lines = files["users.csv"].split("\r\n")
    files["users.csv"] = "\r\n".join([lines[0], *(f"{line},x,y,z," for line in lines[1:-1]), ""])
    found = Told(zipped(tmp_path / "r.zip", files))
    assert found.problems() == [
        ("guessed", "schema.guessed_header", "users.csv", 1, "dataLastModified"),
        ("guessed", "schema.guessed_header", "users.csv", 1, "GivenName"),
        ("guessed", "schema.guessed_header", "users.csv", 1, "prefferedGivenName"),
        ("noted", "schema.empty_header", "users.csv", 1, ""),
        ("noted", "schema.invalid_metadata_header", "users.csv", 1, "lunch"),
    ]
    assert [record["name"] for record in found.of("student")] == ["Hamza Yousaf", "Zara Yousaf"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("s9,,,true,,,Ali,Khan", "row.padded"),
        ("Total: 4", "row.too_short"),
        ("s9,,,true,,,Khan, Ali,,,,,,,,,,,,,,,,,,slipped", "row.too_long"),
    ],
)
def test_rows_of_another_width_are_said(row: str, code: str, tmp_path: Path) -> None:
    files = oneroster(small_school())
    files["users.csv"] += row + "\r\n"
    found = Told(zipped(tmp_path / "r.zip", files))
    assert (code, "users.csv", 6) in [problem[1:4] for problem in found.problems()]
    assert len(found.of("student")) == 2


def test_a_thousand_faults_of_a_kind_are_counted_not_listed(tmp_path: Path) -> None:
    users = [{"sourcedId": f"x{number}", "givenName": ""} for number in range(1000)]
    found = read(tmp_path, {"users": [*small_school()["users"], *users]})
    said = [problem for problem in found.problems() if problem[1] == "row.missing_value"]
    assert len(said) == 50
    assert found.report.counts[("row.missing_value", "left_out", "users.csv", "familyName")] == 1000


def test_in_a_file_of_changes_a_row_without_status_or_moment_is_left_out(tmp_path: Path) -> None:
    stamp = "2026-11-22T08:00:00.000Z"
    school = {
        table: [{**row, "status": "active", "dateLastModified": stamp} for row in rows]
        for table, rows in small_school().items()
    }
    school["users"][0]["dateLastModified"] = "2026-11-22"
    school["users"][1]["dateLastModified"] = "22/11/2026"
    school["users"][2]["status"] = "tobedeleted"
    school["users"][3]["status"] = ""
    found = read(tmp_path, school, mode="delta")
    assert [problem for problem in found.problems() if problem[2] == "users.csv"] == [
        ("left_out", "row.invalid_datetime", "users.csv", 3, "dateLastModified"),
        ("left_out", "row.field_required_in_delta", "users.csv", 5, "status"),
        ("guessed", "row.guessed_datetime", "users.csv", 2, "dateLastModified"),
    ]
    assert [record["name"] for record in found.of("student")] == ["Hamza Yousaf"]
