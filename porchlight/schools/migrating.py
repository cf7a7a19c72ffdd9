"""Tables from nothing in seconds: what a migration adds, or adds to, is rendered alone while migrations run.

Django renders such a model together with every model it hangs together with, near or far. In this house these are
nearly all: ninety new tables made it render five thousand classes, nine tenths of the time, and each new column or
index fifty more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import models
from django.db.migrations.state import ModelState, ProjectState
from django.utils.functional import cached_property

type Key = tuple[str, str]

_find, _reload = ProjectState._find_reload_model, ProjectState._reload  # type: ignore[attr-defined]  # Django's own
_add_model, _add_field = ProjectState.add_model, ProjectState.add_field


@contextmanager
def new_models_alone() -> Iterator[None]:
    """Inside, a model that was not there is added to those that are, as when a program imports its models.

    So is a new column, index or constraint: its model is rendered anew, and those that point at it are told. A model
    whose columns are changed, renamed or taken away, or that others are made of, goes Django's own way.
    """
    with ExitStack() as changed:
        for name, ours in (
            ("add_model", _new_model),
            ("add_field", _new_column),
            ("_find_reload_model", _who_is_rendered),
            ("_reload", _render),
        ):
            changed.callback(setattr, ProjectState, name, getattr(ProjectState, name))
            setattr(ProjectState, name, ours)
        yield


def _new_model(self: ProjectState, model_state: ModelState) -> None:
    rendered = self.__dict__.get("apps")
    if rendered is None or (model_state.app_label, model_state.name_lower) in self.models:
        _add_model(self, model_state)
        return
    del self.__dict__["apps"]
    _add_model(self, model_state)
    self.__dict__["apps"] = rendered
    rendered.render_multiple([model_state])


def _new_column(self: ProjectState, app_label: str, model_name: str, *how: Any, **more: Any) -> None:
    rendered = self.__dict__.pop("apps", None)
    _add_field(self, app_label, model_name, *how, **more)
    if rendered is not None:
        self.__dict__["apps"] = rendered
        self.reload_model(app_label, model_name, delay=True)


def _who_is_rendered(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
    """`delay`: the model's columns stay as they are, but for new ones."""
    key = (app_label, model_name)
    if not delay or any(
        f"{app_label}.{model_name}" in map(_name, state.bases) for state in self.models.values()
    ):
        found: set[Key] = _find(self, app_label, model_name, delay)
        return found
    self.is_delayed = True  # what a migration's own code is given is rendered afresh
    return {key}


def _name(base: Any) -> str:
    return base.lower() if isinstance(base, str) else ""


def _render(self: ProjectState, keys: set[Key]) -> None:
    if len(keys) != 1:
        _reload(self, keys)
        return
    apps, [key] = self.apps, keys
    before = apps.get_model(*key)
    fields = before._meta.get_fields(include_hidden=True)
    pointing = [one.field for one in fields if one.auto_created and not one.concrete]
    _reload(self, keys)
    now = apps.get_model(*key)
    for field in pointing:
        if field.model is not before and apps.get_model(field.model._meta.label) is field.model:
            _point(field, now)
    apps.clear_cache()


def _point(field: Any, at: type[models.Model]) -> None:
    """A column of another model leads here now."""
    field.remote_field.model = at
    for one in (field, field.remote_field):
        for name in [
            name for name in one.__dict__ if isinstance(getattr(type(one), name, None), cached_property)
        ]:
            del one.__dict__[name]
    field.do_related_class(at, field.model)
