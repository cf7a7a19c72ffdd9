"""From the rows of a families sheet to people, ties, homes and contacts; and to children the school already has.

A sheet belongs to a roll. Where the school has one, a row's child must be found on it; a school that has none may
begin with the sheet alone. An adult is one person across rows when the name is the same and a number, a mailbox or
the home is too. Keys are made from names and children, so a changed number does not make a new person.
"""

from __future__ import annotations

import json
from pathlib import Path

from porchlight.rosters.reading.contacts import RANKS
from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.records import index_keys, tell
from porchlight.rosters.reading.sheet import read_sheet
from porchlight.rosters.reading.sheet_adults import Adult, mark, one_person_each
from porchlight.rosters.reading.sheet_cells import Entry
from porchlight.rosters.reading.sheet_homes import tell_homes
from porchlight.rosters.reading.sheet_roll import Roll
from porchlight.rosters.reading.sheet_staff import Staffroom
from porchlight.rosters.reading.staging import Staging
from porchlight.toolbox.folding import fold

SAID = ("addressed_as", "speaks", "reads", "script", "may_ring", "ring_from", "ring_until", "timezone")


def tell_sheet(
    path: Path, staging: Staging, report: Report, country: str, mode: Mode | None = None
) -> Contents:
    """Fill the told tables from a sheet. `roll` and `carer` in staging say whom the school has. Raises Refused.

    A sheet speaks of the whole school, unless somebody says that it holds changes only.
    """
    staging.run("CREATE TABLE IF NOT EXISTS roll (id INTEGER, source_id TEXT, name TEXT, class TEXT)")
    staging.run("CREATE TABLE IF NOT EXISTS carer (id INTEGER, student INTEGER, name TEXT)")
    staging.run(
        "CREATE TABLE IF NOT EXISTS matched (kind TEXT, key TEXT, id INTEGER, PRIMARY KEY (kind, key))"
    )
    index_keys(staging)
    roll = Roll(staging, report, path.name)
    rows = []
    staffroom = Staffroom(staging, report, path.name)
    for row in read_sheet(path, report, country):
        if not row.has_adult and not roll.is_the_roll:
            report.add("sheet.no_adult", Severity.LEFT_OUT, path.name, row.line, "guardian")
            continue
        child = roll.child(row)
        if child and row.has_adult:
            rows.append((child, row))
        elif child:
            report.add(
                "sheet.child_alone", Severity.NOTED, path.name, row.line, "child", row.child, sort=Sort.NAME
            )
        if child:
            staffroom.teaches(row)
    adults = list(one_person_each(rows, report, path.name))
    for adult in adults:
        _tell_adult(staging, adult, report, path.name)
    tell_homes(staging, adults, report, path.name)
    return Contents("sheet", "1", {"sheet": mode or Mode.BULK})


def _tell_adult(staging: Staging, adult: Adult, report: Report, file: str) -> None:
    first = adult.entries[0][1]
    pk = _here_already(staging, adult)
    adult.key = _key(staging, adult)
    if pk:
        staging.run("INSERT OR IGNORE INTO matched VALUES ('guardian', ?, ?)", [adult.key, pk])
    for name in SAID:
        said = {value for _, row in adult.entries if (value := getattr(row, name)) is not None}
        if len(said) > 1:
            report.add("sheet.said_twice", Severity.GUESSED, file, first.line, name)
    needs = adult.said("access_needs")
    addressed_as = adult.said("addressed_as")
    if not addressed_as and not first.guardian and first.relation:
        addressed_as = f"{first.child}'s {first.relation.replace('_', ' or ')}"
    tell(
        staging,
        "guardian",
        *(adult.key, first.line, None if pk else first.guardian, addressed_as),
        *(adult.said("speaks"), adult.said("reads"), adult.said("script")),
        None if needs is None else json.dumps(needs, separators=(",", ":")),
        *(adult.said(name) for name in SAID[4:]),
    )
    for child, row in adult.entries:
        _tell_tie(staging, adult.key, child, row, report, file)
    _tell_contacts(staging, adult, report, file)


def _here_already(staging: Staging, adult: Adult) -> int | None:
    """The one adult of this name who already cares for one of these children."""
    found = {
        pk
        for child, row in adult.entries
        if child.startswith("id:") and row.guardian
        for pk, name in staging.rows("SELECT id, name FROM carer WHERE student = ?", [int(child[3:])])
        if fold(name) == fold(row.guardian)
    }
    return found.pop() if len(found) == 1 else None


def _key(staging: Staging, adult: Adult) -> str:
    """The number the sheet gives, else the name with one of the children; the one used last time if there is one."""
    given = next((row.guardian_id for _, row in adult.entries if row.guardian_id), "")
    keys = [given] if given else [f"{mark(adult.name)}@{child}" for child, _ in adult.entries]
    for key in keys:
        if staging.has("link") and staging.value(
            "SELECT 1 FROM link WHERE kind = 'guardian' AND key = ?", [key]
        ):
            return key
    return keys[0]


def _tell_tie(staging: Staging, guardian: str, child: str, row: Entry, report: Report, file: str) -> None:
    key = f"{guardian}|{child}"
    if staging.value("SELECT 1 FROM told_tie WHERE key = ?", [key]):
        report.add("sheet.pair_twice", Severity.GUESSED, file, row.line, "child", row.child, sort=Sort.NAME)
        return
    rights = [row.rights[name] for name in ("may_receive", "may_see_records", "may_collect")]
    tell(staging, "tie", key, row.line, guardian, child, row.relation, *rights, "sheet")
    if row.scope:
        said = (row.scope, mark(row.evidence), "", row.restricted_until)
        tell(staging, "restriction", f"{key}|{row.scope}", row.line, guardian, child, *said)
        staging.run("INSERT INTO evidence VALUES (?, ?)", [f"{key}|{row.scope}", row.evidence])


def _tell_contacts(staging: Staging, adult: Adult, report: Report, file: str) -> None:
    """Each address once. WhatsApp asks for a yes; texts and mail go out until the family says stop."""
    agreed = adult.said("agreed")
    prefers = next((row.prefers for _, row in adult.entries if row.prefers), "")
    for _, row in adult.entries:
        for channel, value in row.contacts:
            may = agreed is not False and (channel != "whatsapp" or agreed is True)
            if channel == "whatsapp" and agreed is None:
                report.add("sheet.whatsapp_unasked", Severity.NOTED, file, row.line, "whatsapp")
            rank = 1 if channel == prefers else RANKS[channel] + bool(prefers)
            key, said = f"{adult.key}|{channel}|{value}", (channel, value, str(rank), str(int(may)))
            tell(staging, "contact", key, row.line, adult.key, *said, again="IGNORE")
            if agreed is False:
                staging.run("INSERT OR IGNORE INTO refused VALUES (?)", [key])
