"""The wall between schools: the database's half of it.

On PostgreSQL every tenant table has row-level security, forced, and sees only the schools named in a setting
that lives exactly as long as a transaction. On SQLite, which serves one school, `school_context()` is only a
transaction. `install.py` builds the wall; this module opens the doors in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from porchlight.schools.models import School
from porchlight.schools.models.grants import LONGEST, OperatorGrant
from porchlight.toolbox.statements import ask, begin_with

SETTING = "porchlight.schools"
_OPEN = "SELECT set_config(%(name)s, %(schools)s, true)"
_OPEN_BY_GRANT = """
SELECT set_config(%(name)s, coalesce((
    SELECT '{' || school_id || '}' FROM schools_operatorgrant
    WHERE school_id = %(school)s AND operator_id = %(user)s AND ended_at IS NULL AND ends_at > clock_timestamp()
    AND approved_at > clock_timestamp() - make_interval(mins => %(minutes)s::int) LIMIT 1), '{}'), true)
"""
_open: ContextVar[tuple[int, ...]] = ContextVar("open_schools", default=())


@contextmanager
def school_context(*schools: School | int, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Open the wall for these schools until the block ends, inside one transaction.

    Nested blocks replace the set and restore it on the way out, also when a savepoint was rolled back.
    """
    ids = tuple(sorted({school if isinstance(school, int) else school.pk for school in schools}))
    outer = _open.get()
    inside = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        if inside or not begin_with(f"SET LOCAL {SETTING} = '{_as_list(ids)}'", using=using):
            _tell(ids, using)
        token = _open.set(ids)
        try:
            yield
        finally:
            _open.reset(token)
        # An exception or a rollback never comes here: undoing the savepoint undoes the setting too. Nor does the
        # end of the transaction need a word, for the setting ends with it.
        if inside and not connections[using].needs_rollback:
            _tell(outer, using)


@contextmanager
def granted_context(school: School, user_id: int, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Open the wall for an operator, for as long as a grant of this school's lives, by the database's clock.

    Without one the wall stays shut, and on PostgreSQL that is the database's own answer: it reads the grant itself.
    """
    live = OperatorGrant.objects.using(using).filter(school=school).live(user_id)
    with school_context(*([school] if live.exists() else []), using=using):
        if connections[using].vendor == "postgresql":
            minutes = int(LONGEST.total_seconds() // 60)
            values = {"name": SETTING, "school": school.pk, "user": user_id, "minutes": minutes}
            ask(_OPEN_BY_GRANT, values, using=using)
        yield


def open_schools() -> tuple[int, ...]:
    """Ids of the schools this block may see; empty outside any."""
    return _open.get()


def _tell(ids: Iterable[int], using: str) -> None:
    if connections[using].vendor != "postgresql":
        return
    ask(_OPEN, {"name": SETTING, "schools": _as_list(ids)}, using=using)


def _as_list(ids: Iterable[int]) -> str:
    """As PostgreSQL writes a list of numbers."""
    return "{" + ",".join(f"{one:d}" for one in ids) + "}"
