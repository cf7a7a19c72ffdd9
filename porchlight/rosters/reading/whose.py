"""Whom a row names, by number: the line of the named row in its own file.

Ids are long and random, and looking one up costs more than reading a row. So each is looked up once, and from then on
people and classes are joined by number. Somebody whom only an earlier import brought (`known`) has a negative one.
"""

from __future__ import annotations

from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.staging import Staging

# Columns looked up once for all, and the files they point to. They are found again in the table `<file>_at`.
NAMED = {
    "roles": {"userSourcedId": "users"},
    "enrollments": {"userSourcedId": "users", "classSourcedId": "classes"},
    "relationships": {"userSourcedId": "users", "relationshipUserSourcedId": "users"},
}


def number(contents: Contents, file: str, cell: str) -> str:
    """SQL: the number of the person or class whose id is in a cell; NULL for nobody."""
    found = []
    if file in contents.modes:
        found.append(f'(SELECT told.line FROM "{file}" told WHERE told."sourcedId" = {cell})')
    if contents.changes_only:
        found.append(f"(SELECT -min(had.rowid) FROM known had WHERE had.file = '{file}' AND had.id = {cell})")
    return f"coalesce({', '.join([*found, 'NULL', 'NULL'])})"


def look_up(staging: Staging, contents: Contents, file: str) -> set[str]:
    """Fill `<file>_at`. Returns the columns in which every row names somebody who is there."""
    columns = NAMED.get(file, {})
    if not columns:
        return set()
    names = ", ".join(f'"{column}" INTEGER' for column in columns)
    staging.run(f'CREATE TABLE "{file}_at" (line INTEGER PRIMARY KEY, {names})')
    numbers = ", ".join(number(contents, target, f't."{column}"') for column, target in columns.items())
    staging.run(f'INSERT INTO "{file}_at" SELECT t.line, {numbers} FROM "{file}" t')
    nobody = ", ".join(f'total("{column}" IS NULL)' for column in columns)
    [counts] = staging.rows(f'SELECT {nobody} FROM "{file}_at"')
    return {column for column, count in zip(columns, counts, strict=True) if not count}


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
