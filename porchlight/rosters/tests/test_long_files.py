"""What is said late in a long file counts as much as what is said on its first line, and has its own line."""

import io
from pathlib import Path

import pytest

from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.table import read_rows
from porchlight.rosters.tests.bundles import Rows, Told, oneroster, person, small_school, zipped

MANY = 3_000


def crowd(**late: str) -> dict[str, Rows]:
    """Maple Street with 3,000 more students; the last of them says something that no other does."""
    school = small_school()
    users = [person(f"n{number}", f"Zoë {number}", "Naïma") for number in range(MANY)]
    users[-1] |= late
    roles = [
        {"sourcedId": f"r-n{number}", "userSourcedId": f"n{number}", "role": "student", "orgSourcedId": "o1"}
        for number in range(MANY)
    ]
    return {**school, "users": [*school["users"], *users], "roles": [*school["roles"], *roles]}


def told(folder: Path, school: dict[str, Rows]) -> Told:
    return Told(zipped(folder / "r.zip", oneroster(school)))


def test_a_column_may_stay_empty_until_the_last_row(tmp_path: Path) -> None:
    found = told(tmp_path, crowd(preferredGivenName="Zo", primaryOrgSourcedId="nowhere"))
    assert [record["called"] for record in found.of("student") if record["called"] == "Zo"] == ["Zo"]
    assert len(found.of("student")) == MANY + 2
    line = MANY + len(small_school()["users"]) + 1
    assert found.problems() == [
        ("dropped", "reference.missing_target_record", "users.csv", line, "primaryOrgSourcedId")
    ]


def test_a_fault_after_a_thousand_different_words_is_found(tmp_path: Path) -> None:
    school = crowd()
    roles = [dict(row) for row in school["roles"]]
    for number, row in enumerate(roles):
        row["role"] = f"ext:helper{number}" if number > 50 else row["role"]
    roles[-1]["role"] = "wizard"
    found = told(tmp_path, {**school, "roles": roles})
    assert ("left_out", "row.unknown_word", "roles.csv", len(roles) + 1, "role") in found.problems()


def test_a_strange_id_among_thousands_is_said(tmp_path: Path) -> None:
    found = told(tmp_path, crowd(sourcedId="n 2999"))
    line = MANY + len(small_school()["users"]) + 1
    assert ("noted", "row.strange_id", "users.csv", line, "sourcedId") in found.problems()


def test_lines_are_the_same_wherever_a_block_ends() -> None:
    names = [f"{'é' * (number % 71)}{number}" for number in range(20_000)]
    content = "id,name\r\n" + "".join(f"{number},{name}\r\n" for number, name in enumerate(names))
    report = Report()
    found = list(read_rows(io.BufferedReader(io.BytesIO(content.encode())), "users.csv", report))
    assert found == [
        (1, ["id", "name"]),
        *((number + 2, [str(number), name]) for number, name in enumerate(names)),
    ]
    assert report.kept == []


@pytest.mark.parametrize("quote", ["", '"'])
def test_empty_lines_count_wherever_they_stand(quote: str) -> None:
    content = f"\n\r\nid,name\n\n1,{quote}Zoë{quote}\r\n\n2,Noor"
    found = list(read_rows(io.BufferedReader(io.BytesIO(content.encode())), "users.csv", Report()))
    assert found == [(3, ["id", "name"]), (5, ["1", "Zoë"]), (7, ["2", "Noor"])]


def test_an_odd_line_deep_in_a_file_is_named_and_the_lines_around_it_are_read() -> None:
    lines = [f"{number},Zoë\n".encode() for number in range(20_000)]
    lines[15_000] = "15000,Zoë\n".encode("cp1252")
    lines[16_000] = b"16000,Zo\0e\n"
    report = Report()
    source = io.BufferedReader(io.BytesIO(b"id,name\n" + b"".join(lines)))
    found = list(read_rows(source, "users.csv", report))
    assert [cells[1] for _, cells in found[1:]] == ["Zoë"] * 16_000 + ["Zoe"] + ["Zoë"] * 3_999
    assert [(problem.code, problem.line) for problem in report.kept] == [
        ("file.guessed_encoding", 15_002),
        ("row.null_characters", 16_002),
    ]
