"""New rows out of staging: one query a kind, straight into our tables, each row knowing the ids of its partners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from porchlight.families.models import Address, Consent, Household, HouseholdMembership, Restriction
from porchlight.rosters.columns import ADDRESS, COLUMNS, CONSENT, HOME_OF_ONE, LINK, complete
from porchlight.rosters.comparing import as_values
from porchlight.rosters.models import RosterImport, RosterLink
from porchlight.rosters.numbering import Ids
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.targets import TARGETS
from porchlight.rosters.writing import Writer, moment
from porchlight.schools.models import School, StaffRole
from porchlight.schools.sealed_fields import ClosedTextField
from porchlight.toolbox.keys import random_keys


def add(
    staging: Staging, school: School, run: RosterImport, *, now: datetime, step: Callable[[str], None]
) -> None:
    """Write every record that is new, what hangs on it, and the link of each."""
    keys = random_keys()
    functions = {"random_key": keys.__next__}
    staging.functions(functions)
    ids = Ids(staging)
    kinds = [target.kind for target in TARGETS if ids.number(target.kind, target.model)]
    _addresses(staging, ids)
    _homes_of_one(staging, ids)
    _evidence(staging, school)
    known = {
        **{"school": school.pk, "language": school.language, "now": moment(now)},
        **{"by": run.applied_by_id, "run": run.pk, "source": run.source},
    }
    write = _Rows(ids, Writer(staging, functions), known)
    for target in TARGETS:
        if target.kind in kinds:
            step(target.kind)
            write.kind(target.kind, target.model)
    step("link")
    for kind in sorted(kinds):
        write.links(kind)


def _addresses(staging: Staging, ids: Ids) -> None:
    """Table `fresh_address`: each new number or mailbox once, in the place of whoever has it first."""
    staging.run("CREATE TABLE fresh_address (channel TEXT, value TEXT, PRIMARY KEY (channel, value))")
    staging.run(
        "INSERT OR IGNORE INTO fresh_address (rowid, channel, value)"
        " SELECT t.rowid, t.channel, t.value FROM told_contact t"
        f" LEFT JOIN address a ON a.channel = t.channel AND a.value = t.value WHERE a.id IS NULL"
        f" AND {ids.is_new('contact')} ORDER BY t.rowid"
    )
    ids.number("address", Address, table="fresh_address")


def _homes_of_one(staging: Staging, ids: Ids) -> None:
    """Table `own_home`: new guardians (by their place) of whom nobody says where they live, each with her own key."""
    staging.run("CREATE TABLE own_home (place INTEGER PRIMARY KEY, key TEXT)")
    staging.run(
        f"INSERT INTO own_home SELECT t.rowid, random_key() FROM told_guardian t WHERE {ids.is_new('guardian')}"
        " AND t.key NOT IN (SELECT m.guardian FROM told_member m WHERE m.guardian IS NOT NULL)"
    )
    ids.number("own home", Household, table="own_home")
    ids.number("lives there", HouseholdMembership, table="own_home")


def _evidence(staging: Staging, school: School) -> None:
    """Table `sealed_evidence`: what was shown for each restriction, sealed for the row it will stand in."""
    staging.run("CREATE TABLE sealed_evidence (key TEXT PRIMARY KEY, row_key TEXT, closed TEXT)")
    field = cast(ClosedTextField, Restriction._meta.get_field("evidence"))
    shown = (
        staging.rows("SELECT key, words FROM evidence WHERE words <> ''") if staging.has("evidence") else ()
    )
    rows = []
    for key, words in shown:
        row = Restriction(school_id=school.pk)
        rows.append((key, row.key, str(field.closed(row, words))))
    staging.db.executemany("INSERT INTO sealed_evidence VALUES (?, ?, ?)", rows)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes rows, kind by kind."""

    ids: Ids
    writer: Writer
    known: Mapping[str, Any]

    def kind(self, kind: str, model: type[Any]) -> None:
        """The new records of a kind, and what comes with them."""
        if kind == "contact":
            self._copy(Address, ADDRESS, "fresh_address t", pk=self.ids.of_new("address"))
        columns = {name: sql.format_map(_Partners(self.ids)) for name, sql in COLUMNS[kind].items()}
        self._copy(model, columns, self._new(kind), pk=self.ids.of_new(kind))
        match kind:
            case "staff":
                self._roles()
            case "guardian":
                self._homes()
            case "contact":
                columns = {**CONSENT, "contact_point_id": self.ids.of_new("contact")}
                new = self._new("contact")
                self._copy(Consent, columns, f"{new} AND t.consented = '1'")
                said_no = f"{new} AND t.key IN (SELECT key FROM refused)"
                self._copy(Consent, {**columns, "given": "'0'"}, said_no)

    def links(self, kind: str) -> None:
        """What the source said of the new records of a kind."""
        columns = {
            **LINK,
            "kind": f"'{kind}'",
            "object_id": self.ids.of_new(kind),
            "values": as_values(kind),
        }
        self._copy(RosterLink, columns, self._new(kind))

    def _new(self, kind: str) -> str:
        return f'"told_{kind}" t WHERE {self.ids.is_new(kind)}'

    def _roles(self) -> None:
        each = "json_each('[\"' || replace(t.roles, ' ', '\",\"') || '\"]') e"
        source = f"told_staff t, {each} WHERE {self.ids.is_new('staff')} AND t.roles <> ''"
        self._copy(StaffRole, {"staff_id": self.ids.of_new("staff"), "role": "e.value"}, source)

    def _homes(self) -> None:
        home = self.ids.of_new("own home")
        source = "own_home t JOIN told_guardian g ON g.rowid = t.place"
        self._copy(Household, HOME_OF_ONE, source, pk=home)
        guardian = self.ids.of_new("guardian", "t.place")
        columns = {"household_id": home, "guardian_id": guardian}
        self._copy(HouseholdMembership, columns, "own_home t", pk=self.ids.of_new("lives there"))

    def _copy(self, model: type[Any], columns: dict[str, str], source: str, pk: str = "") -> None:
        self.writer.copy(model, complete(model, columns, pk), source, self.known)


class _Partners(dict[str, str]):
    """What `columns` leaves open: kind → SQL for the id of the record that `t` names."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids

    def __missing__(self, kind: str) -> str:
        if kind == "tie":
            return self.ids.of("tie", "t.guardian || '|' || t.student")
        if kind == "address":
            here = "a.channel = t.channel AND a.value = t.value"
            of_new = self.ids.of_new("address", "a.rowid")
            own = f"(SELECT {of_new} FROM fresh_address a WHERE a.rowid = t.rowid AND a.value = t.value)"
            shared = f"(SELECT {of_new} FROM fresh_address a WHERE {here})"
            return f"coalesce((SELECT a.id FROM address a WHERE {here}), {own}, {shared})"
        return self.ids.of(kind, f't."{kind}"', f't."{kind}_at"')
