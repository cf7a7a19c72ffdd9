"""Who a worry goes to: one lead, and deputies who stand behind them. A leader's choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.activity.record import record
from porchlight.errands.actions import named
from porchlight.families.models import ContactPoint
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, StaffMember, StaffRole


@dataclass(frozen=True, slots=True)
class Guard:
    """Somebody named for safeguarding, and whether an alert can get to them."""

    staff: StaffMember
    is_deputy: bool
    can_be_alerted: bool


def guards(school: School) -> list[Guard]:
    """The lead first, then the deputies."""
    people = named(school, Role.SAFEGUARDING)
    reached = set(
        ContactPoint.objects.in_school(school)
        .usable()
        .filter(staff__in=people)
        .values_list("staff_id", flat=True)
    )
    deputies = set(
        StaffRole.objects.in_school(school)
        .filter(role=Role.SAFEGUARDING, is_deputy=True)
        .values_list("staff_id", flat=True)
    )
    return [Guard(one, one.pk in deputies, bool(one.email) or one.pk in reached) for one in people]


@transaction.atomic
def name_guards(*, school: School, lead: StaffMember, deputies: Sequence[StaffMember], by: Actor) -> None:
    """These and nobody else see worries from now on."""
    kept = {lead.pk: False, **{one.pk: True for one in deputies if one.pk != lead.pk}}
    rows = StaffRole.objects.in_school(school).filter(role=Role.SAFEGUARDING)
    rows.exclude(staff__in=kept).delete()
    for pk, is_deputy in kept.items():
        StaffRole.objects.update_or_create(
            school=school, staff_id=pk, role=Role.SAFEGUARDING.value, defaults={"is_deputy": is_deputy}
        )
    record("safeguarding.named", about=lead, by=by, deputies=[pk for pk in kept if pk != lead.pk])


class GuardsForm(forms.Form):
    """The lead and the deputies, chosen among colleagues."""

    lead = forms.ModelChoiceField(
        label=_("Safeguarding lead"),
        queryset=StaffMember.objects.none(),
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who a worry goes to first.")},
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("Deputies"),
        queryset=StaffMember.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Asked when the lead has not looked within 15 minutes."),
        error_messages={"required": _("Choose at least one deputy: a lead may be ill.")},
    )

    def __init__(self, data: Any, *, actor: Actor, school: School) -> None:
        now_named = guards(school)
        super().__init__(
            data,
            initial={
                "lead": next((one.staff.key for one in now_named if not one.is_deputy), None),
                "deputies": [one.staff.key for one in now_named if one.is_deputy],
            },
        )
        colleagues = StaffMember.objects.visible_to(actor).working().order_by("name")
        for name in ("lead", "deputies"):
            self.fields[name].queryset = colleagues  # type: ignore[attr-defined]  # django-stubs sees a plain Field here

    def clean(self) -> dict[str, Any]:
        """A deputy is somebody else."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("deputies") and set(data["deputies"]) == {data.get("lead")}:
            self.add_error("deputies", gettext("The deputy is somebody other than the lead."))
        return data
