"""Whom a row names, by number: the line of the named row in its own file.

Ids are long and random, and looking one up costs more than reading a row. So each is looked up once, and from then on
people and classes are joined by number. Somebody whom only an earlier import brought (`known`) has a negative one.
"""

from __future__ import annotations

from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.oneroster_files import NAMED
from porchlight.rosters.reading.staging import NUMBER, Staging


def number(contents: Contents, file: str, cell: str) -> str:
    """SQL: the number of the person or class whose id is in a cell; NULL for nobody."""
    found = []
    if file in contents.modes:
        found.append(f'(SELECT told.line FROM "{file}" told WHERE told."sourcedId" = {cell})')
    if contents.changes_only:
        found.append(f"(SELECT -min(had.rowid) FROM known had WHERE had.file = '{file}' AND had.id = {cell})")
    return f"coalesce({', '.join([*found, 'NULL', 'NULL'])})"


def look_up(staging: Staging, contents: Contents, file: str) -> set[str]:
    """Fill `<file>_at`. Returns the columns in which every row names somebody who is there.

    Where the rows came with their numbers, and whoever was named is still there, those hold.
    """
    columns = NAMED.get(file, {})
    if not columns:
        return set()
    if file in staging.numbered and all(
        _still_there(staging, contents, target) for target in columns.values()
    ):
        known = ", ".join(f'"{column}{NUMBER}" AS "{column}"' for column in columns)
        staging.run(f'CREATE VIEW "{file}_at" AS SELECT line, {known} FROM "{file}"')
    else:
        names = ", ".join(f'"{column}" INTEGER' for column in columns)
        staging.run(f'CREATE TABLE "{file}_at" (line INTEGER PRIMARY KEY, {names})')
        numbers = ", ".join(number(contents, target, f't."{column}"') for column, target in columns.items())
        staging.run(f'INSERT INTO "{file}_at" SELECT t.line, {numbers} FROM "{file}" t')
    nobody = ", ".join(f'total("{column}" IS NULL)' for column in columns)
    [counts] = staging.rows(f'SELECT {nobody} FROM "{file}_at"')
    return {column for column, count in zip(columns, counts, strict=True) if not count}


def _still_there(staging: Staging, contents: Contents, target: str) -> bool:
    """Every row that had a number has it still, and nobody is known from elsewhere."""
    rows = staging.numbers.get(target)
    return not contents.changes_only and rows == staging.value(f'SELECT count(*) FROM "{target}"')


def look_up_agents(staging: Staging, contents: Contents) -> bool:
    """Table `agent`: who names whom in users.csv, one row a name. Returns whether each is there."""
    staging.run("CREATE TABLE agent (user INTEGER, id TEXT, other INTEGER, name TEXT, one_of INTEGER)")
    if "agentSourcedIds" in staging.columns("users"):
        cell = 't."agentSourcedIds"'
        staging.run(
            f'INSERT INTO agent SELECT t.line, t."sourcedId", {number(contents, "users", "trim(e.value)")},'
            f" trim(e.value), instr({cell}, ',') FROM users t, {each_name(cell)}"
            f" WHERE {cell} <> '' AND trim(e.value) <> ''"
        )
    return not staging.value("SELECT 1 FROM agent WHERE other IS NULL LIMIT 1")


def each_name(cell: str) -> str:
    """SQL: the names in a cell ("a" or "a,b") as the rows of `e`, in its column `value`."""
    return f"json_each('[' || replace(json_quote({cell}), ',', '\",\"') || ']') e"
