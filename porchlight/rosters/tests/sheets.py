"""Families sheets written by tests."""

from pathlib import Path

from porchlight.rosters.models import RosterImport
from porchlight.rosters.tests.bundles import csv_text

FATHER = {
    "Child": "Hamza Yousaf",
    "Class": "4A",
    "Adult": "Tariq Yousaf",
    "Relation": "father",
    "How to address them": "Mr Yousaf",
    "Speaks": "Urdu",
    "Reads": "Urdu",
    "WhatsApp": "07700 900201",
    "Agreed to messages": "yes",
    "Home": "Yousaf",
}


def sheet(folder: Path, *rows: dict[str, str], name: str = "families.csv") -> Path:
    path = folder / name
    columns = list(dict.fromkeys(column for row in rows for column in row))
    path.write_text(csv_text(columns, rows))
    return path


def codes(run: RosterImport) -> list[tuple[str, int, str]]:
    return [(problem["code"], problem["line"], problem["field"]) for problem in run.problems]
