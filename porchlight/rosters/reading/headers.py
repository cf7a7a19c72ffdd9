"""Finds the standard's columns in a header as exporters really write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from porchlight.rosters.reading.problems import Refused, Report, Severity
from porchlight.rosters.reading.table import MOST_COLUMNS

METADATA = re.compile(r"metadata\.[\w.]+|ext_\w+")
# Names seen in real exports that no likeness would find.
ALIASES = {
    "agents": "agentSourcedIds",
    "userid": "userIds",
    "grade": "grades",
    "orgsourcedid": "orgSourcedIds",
    "orgs": "orgSourcedIds",
    "datelastupdated": "dateLastModified",
    "schoolyearid": "schoolYearSourcedId",
    "mobile": "sms",
    "usersourcedid": "sourcedId",
}
LIKE_ENOUGH = 0.88


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each standard column stands in the file's rows; absent ones are missing."""

    width: int  # cells a row should have
    at: dict[str, int]


def find_columns(
    header: list[str],
    standard: list[str],
    file: str,
    report: Report,
    *,
    aliases: Mapping[str, str] | None = None,
) -> Columns:
    """Match a header with the standard's names, reporting every guess and every column not read."""
    if len(header) > MOST_COLUMNS:
        raise Refused("file.too_many_columns", file, 1, most=MOST_COLUMNS)
    names = [name.strip().lstrip("\ufeff") for name in header]
    while names and not names[-1]:
        names.pop()
    if len(names) < len(header):
        report.add("schema.empty_header", Severity.NOTED, file, 1)
    at: dict[str, int] = {}
    strange: list[tuple[int, str]] = []
    for place, name in enumerate(names):
        if name in standard:
            if name in at:
                report.add("schema.header_twice", Severity.GUESSED, file, 1, name)
            at.setdefault(name, place)
        else:
            strange.append((place, name))
    _guess(strange, standard, at, file, report, aliases or ALIASES)
    _check_order(names, [at[name] for name in standard if name in at], file, report)
    return Columns(len(header), at)


def _guess(
    strange: list[tuple[int, str]],
    standard: list[str],
    at: dict[str, int],
    file: str,
    report: Report,
    aliases: Mapping[str, str],
) -> None:
    """Give each unknown name the standard column it most likely means, if that one is not there."""
    squashed = {_squash(name): name for name in standard}
    for place, name in strange:
        if METADATA.fullmatch(name):
            continue
        short = _squash(name)
        meant = squashed.get(short) or aliases.get(short)
        if meant is None and len(short) > 6:
            meant = squashed.get(next(iter(get_close_matches(short, squashed, 1, LIKE_ENOUGH)), ""))
        if meant in standard and meant not in at:
            at[meant] = place
            report.add("schema.guessed_header", Severity.GUESSED, file, 1, name, meant=meant)
        elif name:
            report.add("schema.invalid_metadata_header", Severity.NOTED, file, 1, name)


def _check_order(names: list[str], places: list[int], file: str, report: Report) -> None:
    """The standard asks for its order, with extensions behind. We read by name, and say so."""
    early = next((after for before, after in pairwise(places) if after < before), None)
    if early is not None:
        report.add("schema.header_order_mismatch", Severity.NOTED, file, 1, names[early])
    extension = next((place for place, name in enumerate(names) if METADATA.fullmatch(name)), None)
    if extension is not None and places and extension < max(places):
        report.add("schema.metadata_column_position", Severity.NOTED, file, 1, names[extension])


def _squash(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
