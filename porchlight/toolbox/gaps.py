"""A question that is put into words once and asked again and again, with gaps for what differs: whose, since when.

As `worded.py`: what is kept is the question, never its answer. It brings the rows of the queryset it was made of.
"""

from __future__ import annotations

import json
from copy import copy
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from porchlight.toolbox.statements import ask_as_django, with_its_own_words


class Gap(Expression):
    """Where a value belongs that is known only when the question is asked: `filter(thread=Gap("thread"))`."""

    def __init__(self, name: str, field: models.Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field or models.BigIntegerField())
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A place for the value; beside it stands the gap itself, until it is filled."""
        return "%s", (self,)

    def filled(self, known: dict[str, Any], connection: Any) -> Any:
        """The value as this database takes it. Raises KeyError where nobody said it."""
        return self.output_field.get_db_prep_value(known[self.name], connection)


class Many(Gap):
    """Where any number of ids belongs: `filter(guardian__in=Many("guardians"))`. The words are the same for all."""

    def as_sql(self, _compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Rows made of the ids, so that the database sees one value."""
        if connection.vendor == "sqlite":
            return "(SELECT value FROM json_each(%s))", (self,)
        return "(SELECT unnest(%s::bigint[]))", (self,)

    def filled(self, known: dict[str, Any], connection: Any) -> Any:
        """A list, or on SQLite its JSON."""
        ids = list(known[self.name])
        return json.dumps(ids) if connection.vendor == "sqlite" else ids


class _Compiler(SQLCompiler):
    """Says what it was told to say."""

    said: tuple[str, tuple[Any, ...]] | None = None

    def as_sql(self, *args: Any, **how: Any) -> tuple[str, tuple[Any, ...]]:
        return self.said or super().as_sql(*args, **how)

    def execute_sql(self, *_args: Any, **_how: Any) -> Any:
        """All the rows, as one of the parts in which Django takes them."""
        return [ask_as_django(self.connection, *self.as_sql())]


class _Query(Query):
    """Django's own, whose compiler has the words already."""

    worded: _Compiler
    known: dict[str, Any]

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler, here = copy(self.worded), connections[using] if using is not None else connection
        words, values = self.worded.said or ("", ())
        filled = (one.filled(self.known, here) if isinstance(one, Gap) else one for one in values)
        compiler.connection, compiler.said = here, (words, tuple(filled))
        return compiler


class Question[Row]:
    """These rows, asked for whenever `ask()` says what stands in the gaps. The wording is for the vendor in use now."""

    def __init__(self, rows: models.QuerySet[Any, Row]) -> None:
        self._rows, self._query = rows.all(), cast("_Query", rows.query.chain(_Query))
        self._query.worded = compiler = _Compiler(self._query, connections[rows.db], rows.db)
        try:
            words, values = compiler.as_sql()
        except EmptyResultSet:  # its rule lets nobody see any
            self._asks = False
        else:
            self._asks, compiler.said = True, with_its_own_words(words, values)

    def ask(self, **known: Any) -> list[Row]:
        """The rows as they are now."""
        if not self._asks:
            return []
        query = copy(self._query)
        query.known = known
        rows: Any = self._rows.all()
        rows._query = query  # through the property, rows of `values_list` would turn into dictionaries
        return list(rows)

    def first(self, **known: Any) -> Row | None:
        """The first of them, of a question that asks for one."""
        return next(iter(self.ask(**known)), None)
