"""One family of a full school with a row of its own in every table that says whose it is: each text bears its mark."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import CharField, UniqueConstraint

from porchlight.accounts.models import User
from porchlight.activity.record import record
from porchlight.conversations.models import Ask, Listening, Message, Notice, Thread, TriageItem, Worry
from porchlight.delivery.models import Account, Attachment, InboundEvent
from porchlight.families.models import (
    Address,
    Caution,
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.files.models import StoredFile
from porchlight.meetings.models import CounsellingWish
from porchlight.privacy.models import Clearing, Decision, Hold, OwnLimit, Request
from porchlight.privacy.register import register
from porchlight.privacy.removing import order
from porchlight.rosters.models import NewYear, RosterChange, RosterImport, RosterJob, RosterLink, Sheet
from porchlight.schools.models import SchoolClass, StaffMember, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.welcome.models import HelloWeek
from tests.full_school.people import NOW, FullSchool
from tests.full_school.rows import made

# Made by the family's own hand, or not a family's: lists and settings of the school, marks of other rooms.
NOT_MADE = {
    Worry,
    CounsellingWish,  # its words are sealed: no mark of theirs can be read in the table
    Restriction,
    Caution,
    Hold,
    Request,
    Decision,
    Clearing,
    OwnLimit,
    Sheet,
    RosterJob,
    NewYear,
    HelloWeek,
}


def family(full: FullSchool, mark: str, number: int) -> FullSchool:
    """A child with one adult at the full school, in its context; both can sign in."""
    mine = FullSchool(full.school, mark, number, staff=full.staff)
    for model in (SchoolClass, StaffMember, Account):
        mine.rows[model] = full.rows[model]
    _people(mine)
    for model in reversed(order()):
        kept = register()[model]
        if model not in mine.rows and model not in NOT_MADE and (kept.child or kept.adult):
            mine.rows[model] = made(mine, model, **_once(mine, model))
    _beside(mine)
    return mine


def _once(mine: FullSchool, model: type[TenantModel]) -> dict[str, object]:
    """What may stand only once in a table."""
    names = {
        name for key in model._meta.constraints if isinstance(key, UniqueConstraint) for name in key.fields
    }
    codes = [
        f for f in model._meta.local_fields if isinstance(f, CharField) and (f.unique or f.name in names)
    ]
    codes = [
        f
        for f in codes
        if not f.has_default() and not f.blank and not f.choices and f.name not in model.tiers
    ]
    return {field.name: f"{mine.mark}"[: field.max_length] for field in codes}


def _people(mine: FullSchool) -> None:
    child, adult = mine.text(Tier.L1, "child"), mine.text(Tier.L1, "adult")
    user = User.objects.create_user(f"{mine.mark}@example.org", name=adult)
    student = Student.objects.create(
        school=mine.school, name=child, called=child, user=User.objects.create_user(name=child)
    )
    place = Enrolment.objects.create(school=mine.school, student=student, school_class=mine.rows[SchoolClass])
    guardian = Guardian.objects.create(school=mine.school, name=adult, addressed_as=adult, user=user)
    tie = Guardianship.objects.create(school=mine.school, guardian=guardian, student=student)
    address = Address.objects.create(
        school=mine.school, channel="sms", value=f"+447700{900000 + mine.number * 100}"
    )
    point = ContactPoint.objects.create(
        school=mine.school, address=address, guardian=guardian, consented=True
    )
    thread = Thread.objects.create(school=mine.school, guardian=guardian, student=student)
    mine.students["child"], mine.adults["father"], mine.threads["father"] = student, guardian, thread
    mine.adults["grandmother"] = guardian
    mine.rows |= {Student: student, Enrolment: place, Guardian: guardian, Guardianship: tie}
    mine.rows |= {Address: address, ContactPoint: point, Thread: thread}
    mine.rows[InboundEvent] = made(mine, InboundEvent, provider_key=mine.mark)
    mine.rows[StoredFile] = _file(mine)
    mine.rows[Attachment] = made(mine, Attachment, source=mine.mark)


def _file(mine: FullSchool) -> StoredFile:
    kept = StoredFile.objects.create(
        school=mine.school, source=mine.mark, name=mine.text(Tier.L1, "file"), claimed_type=mine.text(Tier.L1, "type"),
        seen_type="application/pdf", size=9, digest="0" * 64, cleaned_at=NOW,
    )  # fmt: skip
    default_storage.save(kept.path, ContentFile(f"%PDF {mine.mark}".encode()))
    return kept


def _beside(mine: FullSchool) -> None:
    """What no key leads to: words before anybody knew whose, a webhook with the number, reasons, what a list said."""
    message, student, school = mine.rows[Message], mine.rows[Student], mine.school
    Message.objects.filter(pk=message.pk).update(inbound=mine.rows[InboundEvent], notice=mine.rows[Notice])
    HouseholdMembership.objects.create(
        school=school, household=mine.rows[HouseholdMembership].household, guardian=mine.rows[Guardian]
    )
    number = mine.rows[Address].value
    Address.objects.filter(pk=mine.rows[Address].pk).update(user_id=mine.text(Tier.L2, "identity"))
    Ask.objects.filter(pk=mine.rows[Ask].pk).update(options=[mine.text(Tier.L1, "option")])
    Listening.objects.filter(pk=mine.rows[Listening].pk).update(
        text=mine.text(Tier.L1, "heard"), text_language="en", heard_at=NOW, heard_by=mine.staff["interpreter"]
    )
    TriageItem.objects.create(
        school=school,
        reason="unknown_sender",
        channel="sms",
        sender=number,
        text=mine.text(Tier.L1, "before"),
    )
    InboundEvent.objects.create(
        school=school, account=mine.rows[Account], kind="message", provider_key=f"{mine.mark}-2",
        raw={"from": number.lstrip("+"), "text": mine.text(Tier.L2, "raw")}, event={},
    )  # fmt: skip
    record("tried", about=student, by=mine.staff["office"].actor(), words=mine.text(Tier.L2, "reason"))
    run = RosterImport.objects.create(
        school=school, source="sheet", digest="", looked_at=NOW, applied_at=NOW,
        file_name=f"{student.name}.csv", samples={"student": {"new": [student.name]}}, problems=[student.name],
    )  # fmt: skip
    link = RosterLink.objects.create(
        school=school, source="sheet", kind="student", record_key=mine.text(Tier.L2, "record"),
        object_id=student.pk, values=f'["{student.name}"]', added_in=run,
    )  # fmt: skip
    RosterChange.objects.create(
        school=school, run=run, link=link, values_before=f'["{student.name}"]', before={"name": student.name}
    )


def worried(mine: FullSchool) -> Worry:
    """A worry about the family's message."""
    worry: Any = Worry.objects.create(
        school=mine.school, message=mine.rows[Message], raised_by=mine.staff["teacher"],
        words=mine.text(Tier.L3, "worry"),
    )  # fmt: skip
    return worry
