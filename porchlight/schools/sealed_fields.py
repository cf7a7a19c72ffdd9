"""Model fields whose words stand in the database sealed, under the school's own key.

A field opens when it is read from its row and closes when its row is saved; queries see what is sealed. Its model
is a `KeyedModel`, for the seal is bound to the row's key, known before the row is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from porchlight.schools import vault


class Closed(str):
    """Words as the database holds them: sealed."""

    __slots__ = ()


if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
else:
    Text = models.TextField


class ClosedTextField(Text):
    """Holds what is sealed as it is: for rows that close and open it themselves."""

    def deconstruct(self) -> Any:
        """To a migration it is text: sealing changes what is written, not the column."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def place_of(self, row: Any) -> str:
        """School, table, row and field: what a seal is bound to."""
        return f"{row._meta.label_lower}:{row.school_id}:{row.key}:{self.attname}"

    def closed(self, row: Any, words: str) -> Closed:
        """These words, sealed for this field of this row."""
        return Closed(vault.close(words, school_id=row.school_id, place=self.place_of(row)))

    def opened(self, row: Any, text: str) -> str:
        """The words in it. Raises WrongSeal."""
        return vault.open_closed(text, school_id=row.school_id, place=self.place_of(row))


class _Opening(DeferredAttribute):
    """Opens at the first look, and remembers."""

    field: SealedTextField

    def __get__(self, row: Any, model: Any = None) -> Any:
        if row is None:
            return self
        value = super().__get__(row, model)
        if isinstance(value, Closed):
            value = row.__dict__[self.field.attname] = self.field.opened(row, value)
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class SealedTextField(ClosedTextField):
    """Text that only the school's own key opens. Empty text stays empty; nothing can be searched for in it."""

    descriptor_class = _Opening

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Sealed until somebody looks."""
        return Closed(value) if value else value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Sealed for its row; what nobody opened stays as it is."""
        value = model_instance.__dict__.get(self.attname)
        if not value or isinstance(value, Closed):
            return value
        return self.closed(model_instance, value)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Refuses plain words: they came by `update()`, which knows no row to bind a seal to."""
        if isinstance(value, str) and value and not isinstance(value, Closed):
            raise TypeError(f"{self.name} is sealed with its row: set it there and save the row.")
        return str(value) if isinstance(value, Closed) else super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether it is empty, or exactly this seal, can be asked."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None
