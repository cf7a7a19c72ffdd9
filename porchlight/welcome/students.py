"""A student comes in only when the school gave them a sign-in: a number or mailbox of their own that codes go to."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.activity.record import record
from porchlight.delivery.models import Account
from porchlight.families.models import Address, Channel, Consent, ContactPoint, Student
from porchlight.schools.actors import Actor
from porchlight.schools.law.followed import law_of
from porchlight.schools.models import School
from porchlight.welcome.forms import AskForCode

SOURCE = "the school gave a sign-in"


class AgreedBy(enum.StrEnum):
    """Whose yes a student's sign-in stands on."""

    STUDENT = "the student"
    ADULT = "an adult who cares for them"


class SomebodyElses(ValueError):
    """Another person of this school is reached there; whoever holds that phone could come in as the student."""


@transaction.atomic
def give_sign_in(
    student: Student, *, value: str, agreed_by: AgreedBy, by: Actor, now: datetime
) -> ContactPoint:
    """Codes for this student go to `value` (`written_as`) from now on, and nowhere else. Raises SomebodyElses.

    Who agreed to it stands in the ledger, with the age from which the school's law lets a student agree alone.
    """
    school = student.school
    elsewhere = ContactPoint.objects.in_school(school).filter(address__value=value, ended_at=None)
    if elsewhere.exclude(student=student).exists():
        raise SomebodyElses
    _end_points(student, now)
    address, _made = Address.objects.get_or_create(
        school=school, channel=_channel(school, value), value=value, defaults={"created_at": now}
    )
    point = ContactPoint.objects.create(
        school=school, address=address, student=student, consented=True, created_at=now
    )
    Consent.objects.create(
        school=school,
        contact_point=point,
        given=True,
        source=SOURCE,
        wording=f"agreed by {agreed_by.value}; alone from {law_of(school).age_to_agree(school.country)}",
        recorded_by_id=by.post_id,
        at=now,
    )
    record("student.sign_in_given", about=student, by=by)
    return point


@transaction.atomic
def take_sign_in_away(student: Student, *, by: Actor, now: datetime) -> None:
    """No code comes any more, and where the student is signed in, no page opens from this moment on."""
    _end_points(student, now)
    student.user = None
    student.save(update_fields=["user"])
    record("student.sign_in_ended", about=student, by=by)


def _end_points(student: Student, now: datetime) -> None:
    ContactPoint.objects.filter(student=student, ended_at=None).update(ended_at=now)


def _channel(school: School, value: str) -> str:
    if "@" in value:
        return Channel.EMAIL
    carried = set(Account.objects.in_school(school).open().on_a_wire().values_list("channel", flat=True))
    return Channel.WHATSAPP if Channel.WHATSAPP in carried and Channel.SMS not in carried else Channel.SMS


class StudentSignInForm(AskForCode):
    """Where one student's codes go."""

    written = forms.CharField(
        label=_("The student’s own phone number or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Write the student’s own number or mailbox first.")},
    )
    agreed_by = forms.ChoiceField(
        label=_("Who agreed to it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who agreed: nobody comes in without a yes.")},
    )

    def __init__(self, data: Any, *, school: School) -> None:
        super().__init__(data, school=school)
        field, age = self.fields["agreed_by"], law_of(school).age_to_agree(school.country)
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [
            (AgreedBy.STUDENT.value, gettext("The student, who is %(age)s or older") % {"age": age}),
            (AgreedBy.ADULT.value, gettext("An adult who cares for them")),
        ]
