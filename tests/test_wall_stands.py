"""The wall between schools as the database sees it: built on every tenant table, for a role that cannot leave.

Each tenant table is tested with rows of two schools in it, also tables of rooms that this test never heard of:
a table's own demands (keys, checks, columns that must be filled) are taken off inside a transaction that is
rolled back, so one row of nothing but its school fits everywhere. The wall stays as it was built.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction

from porchlight.config.databases import database
from porchlight.schools.connecting import connected_with
from porchlight.schools.inspection import wall_faults
from porchlight.schools.install import tenant_keys, tenant_models
from porchlight.schools.models import School, TenantModel
from porchlight.schools.wall import school_context
from tests.plugins.postgres import APPLICATION, Postgres

pytestmark = pytest.mark.postgres

OURS, THEIRS = 1, 2
TENANTS = sorted(tenant_models(), key=lambda model: model._meta.label)
KEYS = [(model, field) for model in TENANTS for field in tenant_keys(model, TENANTS)]
UNDEMANDING = """
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT conname FROM pg_constraint WHERE conrelid = '"{table}"'::regclass AND contype IN ('c', 'f') LOOP
    EXECUTE format('ALTER TABLE "{table}" DROP CONSTRAINT %I', each.conname);
  END LOOP;
  FOR each IN SELECT attname FROM pg_attribute WHERE attrelid = '"{table}"'::regclass AND attnotnull
    AND attnum > 0 AND attname NOT IN ('id', 'school_id') LOOP
    EXECUTE format('ALTER TABLE "{table}" ALTER COLUMN %I DROP NOT NULL', each.attname);
  END LOOP;
  FOR each IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = '"{table}"'::regclass AND indisunique
    AND indpred IS NOT NULL LOOP
    EXECUTE format('DROP INDEX %s', each.name);
  END LOOP;
END $$
"""


@pytest.fixture
def table(request: pytest.FixtureRequest, postgres: Postgres) -> Iterator[str]:
    """A tenant table with a row of ours and a row of theirs; from here on, the application's role looks at it."""
    name: str = request.param._meta.db_table
    with connected_with(database(postgres.administrator_url)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(UNDEMANDING.format(table=name))
            cursor.execute(f'INSERT INTO "{name}" (school_id) VALUES (%s), (%s)', [OURS, THEIRS])
            cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
        yield name
        transaction.set_rollback(True)


def schools_seen(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT school_id FROM "{table}" ORDER BY school_id')
        return [school for (school,) in cursor.fetchall()]


def test_nothing_is_wrong_with_the_wall_after_a_migration() -> None:
    assert wall_faults() == []


def test_a_table_without_its_wall_is_named(postgres: Postgres) -> None:
    with connected_with(database(postgres.owner_url)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE schools_term NO FORCE ROW LEVEL SECURITY")
        faults = wall_faults()
        transaction.set_rollback(True)
    assert "schools_term holds rows of schools without a forced wall: run `porchlight migrate`." in faults
    assert "The application's role owns schools_term: it could take its wall down." in faults


def test_a_superuser_is_told_that_no_wall_holds_for_them(postgres: Postgres) -> None:
    with connected_with(database(postgres.administrator_url)):
        assert wall_faults() == [
            "The application's role is a superuser or may bypass row security: no wall holds for it."
        ]


# Of these a school has one row at most.
ONE_EACH = {
    model._meta.db_table
    for model in TENANTS
    if any(list(getattr(rule, "fields", ())) == ["school"] for rule in model._meta.constraints)
}


@pytest.mark.parametrize("table", TENANTS, indirect=True, ids=[model._meta.label for model in TENANTS])
def test_a_table_keeps_each_school_to_itself(table: str) -> None:
    """No context means no rows, a context its own alone; no row of another school is written, changed or deleted."""
    for kept in (sees_its_own_alone, writes_its_own_alone, changes_its_own_alone):
        with transaction.atomic():
            kept(table)
            transaction.set_rollback(True)
        assert schools_seen(table) == []  # and nothing is left open


def sees_its_own_alone(table: str) -> None:
    assert schools_seen(table) == []
    with school_context(OURS):
        assert schools_seen(table) == [OURS]
    with school_context(THEIRS):
        assert schools_seen(table) == [THEIRS]
    with school_context(OURS, THEIRS):
        assert schools_seen(table) == [OURS, THEIRS]
    assert schools_seen(table) == []


def writes_its_own_alone(table: str) -> None:
    with school_context(OURS), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(f'INSERT INTO "{table}" (school_id) VALUES (%s)', [THEIRS])
        if table in ONE_EACH:
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute(f'INSERT INTO "{table}" (school_id) VALUES (%s)', [OURS])
        assert schools_seen(table) == [OURS] * (1 if table in ONE_EACH else 2)


def changes_its_own_alone(table: str) -> None:
    [append_only] = [model.append_only for model in TENANTS if model._meta.db_table == table]
    with school_context(OURS), connection.cursor() as cursor:
        for statement in (f'UPDATE "{table}" SET school_id = {OURS}', f'DELETE FROM "{table}"'):
            if append_only:
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    cursor.execute(statement)
            else:
                cursor.execute(statement)
                assert cursor.rowcount == 1
    with school_context(THEIRS):
        assert schools_seen(table) == [THEIRS]


@pytest.mark.parametrize(
    ("model", "field"), KEYS, ids=[f"{model._meta.label}.{field.name}" for model, field in KEYS]
)
def test_a_key_between_tenant_tables_carries_the_school(
    model: type[TenantModel], field: models.ForeignKey
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT confrelid::regclass::text, "
            " (SELECT array_agg(attname::text ORDER BY ord) FROM unnest(conkey) WITH ORDINALITY AS k (num, ord)"
            "  JOIN pg_attribute ON attrelid = conrelid AND attnum = k.num), convalidated "
            "FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass AND array_length(conkey, 1) = 2",
            [f'"{model._meta.db_table}"'],
        )
        pairs = cursor.fetchall()
    assert (field.related_model._meta.db_table, ["school_id", field.column], True) in pairs


def test_a_model_that_points_at_a_tenant_table_is_itself_behind_the_wall() -> None:
    """A join table or a side table without a school would be a door in the wall."""
    doors = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, TenantModel)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and (issubclass(field.related_model, TenantModel) or field.related_model is School)
        and not getattr(model, "outside_the_wall", "")
    ]
    assert doors == []


@pytest.mark.parametrize("model", TENANTS, ids=[model._meta.label for model in TENANTS])
def test_what_must_be_unique_is_unique_within_a_school(model: type[TenantModel]) -> None:
    """A rule over all schools would tell one school what another holds. Random keys say nothing."""
    within = {"school"} | {field.name for field in tenant_keys(model, TENANTS)}
    alone = [
        field.name for field in model._meta.local_fields if field.unique and field.name not in {"id", "key"}
    ]
    together = [
        constraint.fields
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    assert [name for name in alone if name not in within] == []
    assert [fields for fields in together if fields and within.isdisjoint(fields)] == []
