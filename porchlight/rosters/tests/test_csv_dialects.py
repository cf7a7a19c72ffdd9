"""CSV as it is really written: the published dialects, and each thing guessed is said with its line."""

import io
import json
from pathlib import Path

import pytest

from porchlight.rosters.reading.problems import Refused, Report
from porchlight.rosters.reading.table import read_rows

SPECTRUM = [
    *("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf"),
    *("quotes_and_newlines", "simple", "simple_crlf", "utf8"),
]


def rows(content: bytes) -> tuple[list[tuple[int, list[str]]], list[tuple[str, int]]]:
    """Rows with their lines; and (code, line) of each problem."""
    report = Report()
    found = list(read_rows(io.BufferedReader(io.BytesIO(content)), "users.csv", report))
    return found, [(problem.code, problem.line) for problem in report.kept]


@pytest.mark.shared
@pytest.mark.parametrize("name", SPECTRUM)
def test_a_published_dialect_reads_as_published(shared: Path, name: str) -> None:
    folder = shared / "standards/csv-dialects/csv-spectrum"
    content = (folder / "csvs" / f"{name}.csv").read_bytes()
    if name.endswith("_crlf") and b"\r" not in content:  # a checkout may have turned its line ends
        content = content.replace(b"\n", b"\r\n")
    found, problems = rows(content)
    header = found[0][1]
    assert [dict(zip(header, cells, strict=True)) for _, cells in found[1:]] == json.loads(
        (folder / "json" / f"{name}.json").read_text()
    )
    assert problems == []


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("id,name\n1,Zoë\n".encode(), []),
        ("\ufeffid,name\n1,Zoë\n".encode(), []),
        ("id,name\n1,Zoë\n".encode("utf-16"), [("file.utf16", 0)]),
        ("id,name\n1,Zoë\n".encode("utf-16-le"), [("file.utf16", 0)]),
        ("id,name\n1,Zoë\n".encode("cp1252"), [("file.guessed_encoding", 2)]),
        ("id;name\n1;Zoë\n".encode(), [("file.guessed_separator", 1)]),
        ("id\tname\n1\tZoë\n".encode(), [("file.guessed_separator", 1)]),
        ("sep=;\nid;name\n1;Zoë\n".encode(), []),
        ("id,name\r1,Zoë\r".encode(), []),
        ("id,name\r\n1,Zoe\u0308\r\n".encode(), []),
        ("\n\nid,name\n1,Zoë\n".encode(), []),
        ("id,name\n1,Zo\0ë\n".encode(), [("row.null_characters", 2)]),
        ('"id", "name"\n"1", "Zoë"\n'.encode(), []),
    ],
)
def test_every_way_of_writing_it_gives_the_same_row(content: bytes, problems: list[tuple[str, int]]) -> None:
    found, said = rows(content)
    assert [cells for _, cells in found] == [["id", "name"], ["1", "Zoë"]]
    assert said == problems


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found, _ = rows(b'id,name\n1,"two\nlines"\n\n2,next\n')
    assert found == [(1, ["id", "name"]), (2, ["1", "two\nlines"]), (5, ["2", "next"])]


def test_a_row_with_stray_quotes_is_left_out_and_the_next_is_read() -> None:
    found, said = rows(b'id,name\n1,"Ham"za\n2,Zara\n')
    assert [cells for _, cells in found] == [["id", "name"], ["2", "Zara"]]
    assert said == [("row.bad_quotes", 2)]


@pytest.mark.parametrize("content", [b'id,name\n1,"Hamza\n2,Zara\n', b'id,name\n1,"Hamza\n2,"Zara"\n3,Ali\n'])
def test_a_quote_that_swallows_rows_refuses_the_file_with_its_line(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        rows(content)
    assert (refusal.value.problem.code, refusal.value.problem.line) == ("file.unclosed_quote", 2)


def test_bytes_that_are_no_text_in_utf16_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        rows("id,name\n1,Zoë\n".encode("utf-16") + b"\x00\xd8\x00")
    assert refusal.value.problem.code == "file.unreadable_encoding"
