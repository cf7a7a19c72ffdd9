"""Tables from nothing in seconds: a new model is rendered alone while migrations run.

Django renders a model that a migration adds together with every model it hangs together with, near or far. In this
house these are nearly all: ninety new tables made it render five thousand classes, nine tenths of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def new_models_alone() -> Iterator[None]:
    """Inside, a model that was not there is added to those that are, as when a program imports its models.

    A model that is there already and is changed, renamed or taken away goes Django's own way: others hold on to it.
    """
    usual = ProjectState.add_model

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        rendered = self.__dict__.get("apps")
        if rendered is None or (model_state.app_label, model_state.name_lower) in self.models:
            usual(self, model_state)
            return
        del self.__dict__["apps"]
        usual(self, model_state)
        self.__dict__["apps"] = rendered
        rendered.render_multiple([model_state])

    ProjectState.add_model = add_model  # type: ignore[method-assign]  # Django has no other place for it
    try:
        yield
    finally:
        ProjectState.add_model = usual  # type: ignore[method-assign]  # Django has no other place for it
