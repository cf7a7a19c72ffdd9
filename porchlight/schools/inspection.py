"""Does the wall stand? Asks the database itself, as the role that serves; `porchlight doctor` says the answers."""

from __future__ import annotations

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

from porchlight.schools.install import tenant_models

ROLE = """
SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user
"""
TABLES = """
SELECT c.relname,
       c.relrowsecurity AND c.relforcerowsecurity AS forced,
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
       pg_has_role(current_user, c.relowner, 'MEMBER') AS own
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname
"""


def wall_faults(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What is wrong with the wall, each as a sentence; empty when it stands, and on SQLite, which has none."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        is_super, bypasses = cursor.fetchone()
        cursor.execute(TABLES)
        tables = cursor.fetchall()
    faults = []
    if is_super or bypasses:
        faults.append(
            "The application's role is a superuser or may bypass row security: no wall holds for it."
        )
    else:  # a superuser is a member of every role
        owned = [name for name, *_, own in tables if own]
        faults += [f"The application's role owns {name}: it could take its wall down." for name in owned]
    faults += [
        f"{name} holds rows of schools without a forced wall: run `porchlight migrate`."
        for name, forced, policies, _ in tables
        if name not in declared_outside() and not (forced and policies == 1)
    ]
    missing = {model._meta.db_table for model in tenant_models()} - {name for name, *_ in tables}
    return faults + [f"{name} is not there: run `porchlight migrate`." for name in sorted(missing)]


def declared_outside() -> set[str]:
    """Tables that name a school and still stand outside the wall, because a model says why.

    Such a model carries `outside_the_wall = "the reason"`: rows that are needed before the school is known.
    """
    return {model._meta.db_table for model in apps.get_models() if getattr(model, "outside_the_wall", "")}
