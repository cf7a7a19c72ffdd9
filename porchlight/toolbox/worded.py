"""A question that stands inside many others, put into words once: who sees which child, which thread.

Django writes such a question out anew wherever it is used, which takes longer than the database needs to answer it.
What is kept is the question, never its answer: the database still asks who teaches whom, each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from porchlight.toolbox.statements import ask_as_django, with_its_own_words


def worded(rows: models.QuerySet[Any, Any]) -> RawSQL:
    """The rows' one column, for `field__in=`. They must not speak of what stands around them (no OuterRef)."""
    return RawSQL(*rows.query.sql_with_params())  # noqa: S611 - Django's own words, values beside them


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """All the words of a question, and the values beside them, to be asked again and again."""

    words: str
    values: tuple[Any, ...]

    def one(self) -> tuple[Any, ...]:
        """The single row it asks for, as the database gives it: SQLite has 1 and 0 for yes and no."""
        [row] = ask_as_django(connection, self.words, self.values)
        return tuple(row)


def worded_whole(rows: models.QuerySet[Any, Any]) -> WholeQuestion:
    """The question that these rows are, for this connection's database. Raises EmptyResultSet where none can come."""
    words, values = rows.query.sql_with_params()
    return WholeQuestion(*with_its_own_words(words, values))
