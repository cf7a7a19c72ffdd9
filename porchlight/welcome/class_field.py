"""The field that asks for one class."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import Actor
from porchlight.schools.models import SchoolClass


class OneClass(forms.ModelChoiceField):
    """One of this year's classes; empty until a form offers those that its actor may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Class"),
            queryset=SchoolClass.objects.none(),
            to_field_name="key",
            empty_label=None,
            error_messages={"required": _("Choose a class.")},
            **options,
        )

    @staticmethod
    def offer(form: forms.Form, actor: Actor) -> None:
        """Fill the form's `school_class`, by name."""
        field = cast(OneClass, form.fields["school_class"])
        field.queryset = SchoolClass.objects.visible_to(actor).current().order_by("name")
