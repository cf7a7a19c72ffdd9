"""What the office fills in when two adults of one home said that they share a thread."""

from __future__ import annotations

from typing import Any

from django import forms

from porchlight.families.models import Guardian, Student
from porchlight.schools.actors import Actor


class SharedForm(forms.Form):
    """Who said so, and how the office knows."""

    guardian = forms.ModelMultipleChoiceField(queryset=Guardian.objects.none(), to_field_name="key")
    words = forms.CharField(max_length=300)

    def __init__(self, data: Any, *, actor: Actor, student: Student) -> None:
        super().__init__(data)
        field = self.fields["guardian"]
        seen = Guardian.objects.visible_to(actor).filter(ties__student=student).distinct()
        field.queryset = seen  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
