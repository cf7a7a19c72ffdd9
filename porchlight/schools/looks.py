"""Which personal and safeguarding words a page showed: noticed where they are read, decided by what went out.

While a colleague's page is made, every read of a field of tier L2 or L3 is noted, and of a row whose own tier was
raised. What of it stands in the finished page was looked at; what was only read to decide something was not. No view
has to think of it, so none can forget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.http import HttpResponse, HttpResponseBase
from django.utils.html import escape

from porchlight.schools.install import tenant_models
from porchlight.schools.models import TenantModel
from porchlight.schools.tiers import Tier

ENOUGH = 80  # letters of a text by which it is known again
_FEWEST = 3  # shorter words say nothing about where they come from: what was read counts as shown
_FEWEST_DIGITS = 8
_NO_DIGIT = re.compile(r"\D+")

type Row = tuple[str, int]  # "conversations.worry", its id


class Looking:
    """What was read while one page was made."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, int, str], tuple[TenantModel, int, Any]] = {}

    def note(self, row: TenantModel, name: str, tier: int, value: Any) -> None:
        """A field of a row was read."""
        if row.pk is not None:
            self._read[row._meta.label_lower, row.pk, name] = (row, tier, value)

    def shown_in(self, response: HttpResponseBase) -> dict[TenantModel, int]:
        """Rows of which something stands in the page, each with the highest tier of it."""
        found: dict[TenantModel, int] = {}
        if not self._read or not isinstance(response, HttpResponse):
            return found
        page = _Page(response.text)
        for row, tier, value in self._read.values():
            if tier >= Tier.L2 and tier > found.get(row, 0) and page.shows(value):
                found[row] = tier
        return found

    def people_in(self, response: HttpResponseBase) -> set[Row]:
        """Children and adults whose names stand in the page."""
        if not self._read or not isinstance(response, HttpResponse):
            return set()
        page = _Page(response.text)
        return {
            (label, pk)
            for (label, pk, name), (row, _, value) in self._read.items()
            if name in row.names_somebody and page.shows(value)
        }


class _Page:
    def __init__(self, text: str) -> None:
        self._text = text
        self._digits = ""

    def shows(self, value: Any) -> bool:
        """Whether this value, or a part of it, can be read in the page."""
        if isinstance(value, str):
            return self._shows_text(value)
        if isinstance(value, Mapping):
            return any(map(self.shows, value.values()))
        if isinstance(value, list | tuple):
            return any(map(self.shows, value))
        return value is not None  # a moment, a number: written in many ways

    def _shows_text(self, value: str) -> bool:
        line = max((part.strip() for part in value.splitlines()), key=len, default="")[:ENOUGH].strip()
        if not line:
            return False
        if len(line) < _FEWEST or line in self._text or escape(line) in self._text:
            return True
        digits = _NO_DIGIT.sub("", line)
        if len(digits) < _FEWEST_DIGITS or any(letter.isalpha() for letter in line):
            return False
        self._digits = self._digits or _NO_DIGIT.sub("", self._text)
        return digits in self._digits


_here: ContextVar[Looking | None] = ContextVar("looking", default=None)


@contextmanager
def looking() -> Iterator[Looking]:
    """Notes every read of personal words until the block ends."""
    seen = Looking()
    token = _here.set(seen)
    try:
        yield seen
    finally:
        _here.reset(token)


def note(row: TenantModel, name: str, value: Any) -> None:
    """For words that reached a page another way than by the row itself, such as a query's plain values."""
    here = _here.get()
    if here is not None and value:
        here.note(row, name, _tier_of(type(row), name, row), value)


class _Watched(DeferredAttribute):
    """Stands before a field's own attribute and notes who reads."""

    def __init__(self, inner: DeferredAttribute) -> None:
        super().__init__(inner.field)
        self._inner = inner
        self._name = inner.field.attname
        self._sets = getattr(inner, "__set__", None)

    def __get__(self, row: Any, model: Any = None) -> Any:
        if row is None:
            return self
        value = self._inner.__get__(row, model)
        here = _here.get()
        if here is not None and value:
            tier = _tier_of(type(row), self._name, row)
            if tier >= Tier.L2 or self._name in row.names_somebody:
                here.note(row, self._name, tier, value)
        return value

    def __set__(self, row: Any, value: Any) -> None:
        if self._sets is None:
            row.__dict__[self._name] = value
        else:
            self._sets(row, value)


def _tier_of(model: type[TenantModel], name: str, row: TenantModel) -> int:
    """The field's tier, or the row's own where somebody raised it."""
    raised = row.__dict__.get("tier")
    tier = model.tiers.get(name, Tier.L0)
    return max(tier, raised) if isinstance(raised, int) else tier


def watched_fields() -> Iterator[tuple[type[TenantModel], models.Field[Any, Any]]]:
    """Every field that may hold personal words or names a person, but for what is the school's own."""
    for model in tenant_models():
        has_own_tier = any(field.attname == "tier" for field in model._meta.local_fields)
        for name, tier in model.tiers.items():
            if name not in model.of_the_school and (
                tier >= Tier.L2 or has_own_tier or name in model.names_somebody
            ):
                field = model._meta.get_field(name)
                assert isinstance(field, models.Field)  # noqa: S101 - tests/test_house_tiers.py sees to it
                yield model, field


def watch() -> None:
    """Stand before each of these fields. Called once, when all rooms are there; again, it does nothing."""
    for model, field in watched_fields():
        inner = model.__dict__[field.attname]
        if not isinstance(inner, _Watched):
            setattr(model, field.attname, _Watched(inner))
