"""Builds the wall on PostgreSQL after every migration, from the models: policies, composite keys, grants."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from porchlight.schools.models import School, TenantModel
from porchlight.schools.wall import SETTING

APP_ROLE = "porchlight_app"


def tenant_models() -> list[type[TenantModel]]:
    """Every model whose rows belong to one school."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def build_wall(*, using: str = "default", **_kwargs: Any) -> None:
    """Receiver of post_migrate; safe to run again and again."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    there = set(connection.introspection.table_names())
    tenants = [model for model in tenant_models() if model._meta.db_table in there]
    for model in tenants:
        with transaction.atomic(using=using):  # a table is never without its policy
            _run(connection, policy(model._meta.db_table))
    _run(connection, composite_keys(tenants))
    _run(connection, [covered_keys(model._meta.db_table) for model in tenants])


def policy(table: str) -> list[str]:
    """Row-level security on one table: enabled, forced on the owner too, one policy for reading and writing.

    The setting is read in a subquery: once for a statement, not once for each of its rows.
    """
    opened = f"SELECT COALESCE(NULLIF(current_setting('{SETTING}', true), ''), '{{}}')::bigint[]"
    visible = f"school_id = ANY (({opened})::bigint[])"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS one_school ON "{table}"',
        f'CREATE POLICY one_school ON "{table}" USING ({visible}) WITH CHECK ({visible})',
    ]


def composite_keys(tenants: list[type[TenantModel]]) -> list[str]:
    """Every key between tenant tables, with the school in it: first the pairs, then the keys."""
    keys = [(model, key) for model in tenants for key in tenant_keys(model, tenants)]
    targets = sorted({key.related_model._meta.db_table for _, key in keys})
    return [*map(unique_pair, targets), *(composite_key(model._meta.db_table, key) for model, key in keys)]


def tenant_keys(
    model: type[TenantModel], tenants: list[type[TenantModel]]
) -> list[models.ForeignKey[Any, Any]]:
    """Foreign keys that point from one tenant table at another."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is not School
        and field.related_model in tenants
    ]


def unique_pair(table: str) -> str:
    """What a composite key needs at its target. A plain foreign key sees through row-level security."""
    return _unless_there(table, f"{table}_school_pair"[-63:], "UNIQUE (school_id, id)")


def composite_key(table: str, field: models.ForeignKey[Any, Any]) -> str:
    """A row may only point at a row of its own school, and the database refuses anything else."""
    target = field.related_model._meta.db_table
    return _unless_there(
        table,
        f"{table}_{field.column}_same_school"[-63:],
        f'FOREIGN KEY (school_id, "{field.column}") REFERENCES "{target}" (school_id, id) '
        "DEFERRABLE INITIALLY DEFERRED",
    )


def covered_keys(table: str) -> str:
    """Take away the keys that Django made and a pair covers: each would be asked for every row a second time.

    A pair to the same table covers the plain key. One that every row has covers the key to the school as well: its
    target belongs to a school that is there.
    """
    return (
        "DO $$ DECLARE each record; BEGIN FOR each IN SELECT plain.conname FROM pg_constraint AS plain"
        f" WHERE plain.conrelid = '\"{table}\"'::regclass AND plain.contype = 'f'"
        " AND array_length(plain.conkey, 1) = 1 AND EXISTS (SELECT 1 FROM pg_constraint AS pair"
        " WHERE pair.conrelid = plain.conrelid AND pair.contype = 'f' AND pair.convalidated"
        " AND array_length(pair.conkey, 1) = 2 AND pair.conkey @> plain.conkey AND (pair.confrelid = plain.confrelid"
        " OR plain.confrelid = 'schools_school'::regclass AND (SELECT bool_and(attnotnull) FROM pg_attribute"
        " WHERE attrelid = pair.conrelid AND attnum = ANY (pair.conkey))))"
        f" LOOP EXECUTE format('ALTER TABLE \"{table}\" DROP CONSTRAINT %I', each.conname);"
        " END LOOP; END $$"
    )


def _unless_there(table: str, name: str, definition: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}' "
        f"AND conrelid = '\"{table}\"'::regclass) THEN "
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}; END IF; END $$'
    )


def grant_to_application(*, using: str = "default", role: str = APP_ROLE) -> None:
    """Let the application's role serve: rows, not structure. Run by the owner after migrating."""
    lines = [
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
    ]
    lines += [
        f'REVOKE UPDATE, DELETE ON "{model._meta.db_table}" FROM "{role}"'
        for model in tenant_models()
        if model.append_only
    ]
    with transaction.atomic(using=using):
        _run(connections[using], lines)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
