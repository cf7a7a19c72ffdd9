"""The few things the two databases say differently. The hot path is written in SQL once, with these in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# A delivery that has not left and still is to. Whoever knows that it left knows when, so that the index over what
# waits need not name `status`, which later statuses change.
WAITING = "status = 0 AND stopped = '' AND sent_at IS NULL"
# Whether others ride with a delivery that is being changed.
RIDDEN = "EXISTS (SELECT 1 FROM delivery_delivery AS rider WHERE rider.rides_with_id = delivery_delivery.id)"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Fragments of SQL. `clock` is the database's own, moving on inside a transaction as well."""

    vendor: str
    clock: str
    skip_locked: str
    greatest: str
    least: str
    seconds_since: str  # of a moment `{0}`
    floor: str  # of a number `{0}`
    in_ids: str  # membership in `ids`
    in_names: str  # membership in `names`

    @property
    def changes_inside_with(self) -> bool:
        """Whether a statement may change rows of several tables, each part in a WITH of its own."""
        return self.vendor == "postgresql"

    def clock_in(self, seconds: str) -> str:
        """The database's clock so many seconds from now; `seconds` is an SQL number."""
        if self.vendor == "postgresql":
            return f"clock_timestamp() + make_interval(secs => {seconds})"
        return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', ({seconds}) || ' seconds')"

    def table(self, **columns: str) -> str:
        """`rows` (a JSON list of objects) as a table `v` with these columns (name to PostgreSQL type)."""
        if self.vendor == "postgresql":
            named = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            return f"jsonb_to_recordset(%(rows)s::jsonb) AS v({named})"
        named = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in columns)
        return f"(SELECT {named} FROM json_each(%(rows)s)) AS v"

    def with_another(self, items: str, item: str) -> str:
        """The JSON list `items` with the JSON object `item` at its end."""
        if self.vendor == "postgresql":
            return f"{items} || {item}"
        return f"json_insert({items}, '$[#]', json({item}))"

    def an_object(self, **fields: str) -> str:
        """A JSON object of these names and SQL values."""
        pairs = ", ".join(f"'{name}', {value}" for name, value in fields.items())
        if self.vendor == "postgresql":
            return f"jsonb_build_object({pairs})"
        return f"json_object({pairs})"

    def moment(self, moment: datetime) -> datetime | str:
        """A moment as a parameter of raw SQL, as Django itself would write it."""
        adapted: datetime | str = connection.ops.adapt_datetimefield_value(moment) or moment
        return adapted

    def written(self, moment: datetime) -> str:
        """A moment inside `rows`."""
        return moment.isoformat() if self.vendor == "postgresql" else str(self.moment(moment))

    def ids(self, ids: list[int]) -> list[int] | str:
        """The parameter for `in_ids`."""
        return ids if self.vendor == "postgresql" else json.dumps(ids)

    def names(self, names: list[str]) -> list[str] | str:
        """The parameter for `in_names`."""
        return names if self.vendor == "postgresql" else json.dumps(names)


POSTGRESQL = Dialect(
    vendor="postgresql",
    clock="clock_timestamp()",
    skip_locked="FOR UPDATE SKIP LOCKED",
    greatest="GREATEST",
    least="LEAST",
    seconds_since="EXTRACT(EPOCH FROM clock_timestamp() - {0})",
    floor="floor({0})",
    in_ids="= ANY(%(ids)s::bigint[])",
    in_names="= ANY(%(names)s::text[])",
)
# SQLite keeps moments as text that sorts; one writer at a time makes locking rows needless.
SQLITE = Dialect(
    vendor="sqlite",
    clock="strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
    skip_locked="",
    greatest="MAX",
    least="MIN",
    seconds_since="(julianday('now') - julianday({0})) * 86400.0",
    floor="CAST({0} AS INTEGER)",
    in_ids="IN (SELECT value FROM json_each(%(ids)s))",
    in_names="IN (SELECT value FROM json_each(%(names)s))",
)


def dialect() -> Dialect:
    """What the connected database speaks."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
