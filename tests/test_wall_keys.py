"""T3. A row that points at another school's row is refused by the database, for every key between tenant tables."""

import pytest
from django.db import DatabaseError, connection, transaction

from porchlight.schools.install import tenant_keys, tenant_models
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from tests.doors.walking import built
from tests.plugins.postgres import Postgres

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(200)]
TENANTS = sorted(tenant_models(), key=lambda model: model._meta.label)


def test_t3_no_row_can_be_pointed_at_another_schools(postgres: Postgres) -> None:
    """With the walls of both schools open, as for somebody who works in two: the key alone has to refuse it."""
    town = built("maple-street", "oak-lane")
    ours, theirs = town.full, town.others[0]
    let_in, tried = [], 0
    for model in TENANTS:
        for field in tenant_keys(model, TENANTS):
            if model.append_only:
                continue  # the application cannot change its rows at all
            target = theirs.rows[field.related_model].pk
            row = ours.rows[model].pk
            tried += 1
            refusal = pointed(model._meta.db_table, field.column, row, target, (ours.school, theirs.school))
            if "same_school" not in refusal and "check constraint" not in refusal:
                let_in.append(f"{model._meta.label}.{field.name}: {refusal or 'taken'}")
    assert tried > 90
    assert let_in == []


def pointed(table: str, column: str, row: int, target: int, schools: tuple[School, School]) -> str:
    """What the database says to it; empty when it takes it. The one key is asked at once, nothing stays."""
    key = f"{table}_{column}_same_school"[-63:]
    try:
        with school_context(*schools), connection.cursor() as cursor:
            cursor.execute(
                f'DELETE FROM "{table}" WHERE "{column}" = %s AND id <> %s', [target, row]
            )  # who has it alone
            cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [target, row])
            cursor.execute(f'SET CONSTRAINTS "{key}" IMMEDIATE')
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""
