"""The database: there, up to date, with its wall, and on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from porchlight.operations.findings import Finding, counted, how_long, look, wrong
from porchlight.schools.inspection import wall_faults
from porchlight.schools.install import tenant_models
from porchlight.schools.models import School
from porchlight.toolbox.database_time import database_now

ABOUT, WALL = "Database", "Wall between schools"
SKEWED, BADLY_SKEWED = timedelta(seconds=2), timedelta(seconds=30)
MIGRATE = "Run `porchlight migrate`."
ROLES = (
    "docs/running.md says how the two roles are made; then run `porchlight migrate` with DATABASE_OWNER_URL."
)
RIGHTS = """
SELECT has_table_privilege(%(table)s, 'SELECT') AND has_table_privilege(%(table)s, 'INSERT'),
       has_table_privilege(%(table)s, 'UPDATE'), has_table_privilege(%(table)s, 'DELETE')
"""


def away() -> Finding | None:
    """That it does not answer, if so; nothing else can be looked at then."""
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        return wrong(
            ABOUT,
            f"The database does not answer ({type(problem).__name__}).",
            "See that it runs, and that DATABASE_URL names it with the right password.",
        )
    return None


def out_of_step() -> Finding | None:
    """That the tables are not those this version expects, if so."""
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind:
        changes = counted(len(behind), "change of the tables is", "changes of the tables are")
        return wrong(ABOUT, f"{changes} waiting.", MIGRATE)
    ours = set(executor.loader.disk_migrations)
    rooms = {room for room, _ in ours}
    newer = [one for one in executor.loader.applied_migrations if one[0] in rooms and one not in ours]
    if newer:
        return wrong(
            ABOUT,
            "The tables are newer than this Porchlight.",
            "Install the newer version, or restore a backup.",
        )
    return None


def findings() -> Iterator[Finding]:
    """What an up-to-date database tells."""
    yield from _wall()
    yield from _clock()


def _wall() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        schools = School.objects.count()
        if schools > 1:
            yield wrong(
                WALL,
                f"{schools} schools share an SQLite file, where no wall stands between them.",
                "Move to PostgreSQL (docs/running.md).",
            )
        return
    for fault in wall_faults():
        yield wrong(WALL, fault, ROLES)
    may_change = {model._meta.db_table for model in tenant_models() if model.append_only}
    for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
        with connection.cursor() as cursor:
            cursor.execute(RIGHTS, {"table": f'"{table}"'})
            reads, updates, deletes = cursor.fetchone()
        if not reads or not (table in may_change or (updates and deletes)):
            yield wrong(ABOUT, f"The application's role may not use {table}.", ROLES)
        elif table in may_change and (updates or deletes):
            yield wrong(
                ABOUT, f"The application's role may alter {table}, which is only to be added to.", ROLES
            )


def _clock() -> Iterator[Finding]:
    skew = abs(database_now() - datetime.now(UTC))
    if skew > SKEWED:
        said = wrong if skew > BADLY_SKEWED else look
        yield said(
            ABOUT,
            f"Its clock and this machine's are {how_long(skew)} apart: links and codes end too early or too late.",
            "Let both machines take the time from the network (chrony or systemd-timesyncd).",
        )
