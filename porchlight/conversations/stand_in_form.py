"""To which colleague a thread is handed, and until when."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from porchlight.conversations.standing_in import who_may_answer, who_may_be_lent
from porchlight.families.models import Student
from porchlight.schools.actors import Actor
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time


class StandInForm(forms.Form):
    """To whom, and until when."""

    staff = forms.ModelChoiceField(
        queryset=StaffMember.objects.none(), to_field_name="key", label=gettext_lazy("Who answers here")
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date", "id": "id_handed_until"})
    )

    def __init__(self, student: Student, data: QueryDict | None = None, *, me: Actor) -> None:
        super().__init__(data)
        today = student.school.local(school_time.now()).date()
        own, lent = who_may_answer(student, on=today), who_may_be_lent(student, on=today)
        either = StaffMember.objects.in_school(student.school_id).filter(
            Q(pk__in=own.values("pk")) | Q(pk__in=lent.values("pk"))
        )
        others = either.exclude(pk=me.post_id or 0).order_by("name")
        self.fields["staff"].queryset = others  # type: ignore[attr-defined]  # a field of choices has one
