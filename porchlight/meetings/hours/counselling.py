"""Asking for a counsellor, and finding a time: nobody else learns of it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.families.models import Student, ties_at_home
from porchlight.meetings.arranging import arrange, free_or_taken
from porchlight.meetings.hours.booking import Gone, book, place_of
from porchlight.meetings.hours.free import free_times
from porchlight.meetings.hours.offering import offer, times_for
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.models import CounsellingWish, HoursFor, Meeting, Mode, Offer, Sort, Topic
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import School, StaffMember


def counsellors(school: School, student: Student | None = None) -> list[StaffMember]:
    """Who counsels here; of one child nobody whose own it is."""
    rows = StaffMember.objects.in_school(school).working().with_role(Role.COUNSELLOR).distinct()
    found = list(rows.order_by("name", "pk"))
    if student is None:
        return found
    return [one for one in found if not ties_at_home(one.actor()).filter(student=student).exists()]


@transaction.atomic
def ask_for_counselling(
    *, student: Student, counsellor: StaffMember, topic: Topic, words: str, by: Actor, now: datetime
) -> CounsellingWish:
    """An adult, a teacher or the student asks. The same, while it is open, stays one."""
    if counsellor not in counsellors(student.school, student):
        raise PermissionDenied("Not a counsellor for this child.")
    who = {
        "by_guardian_id": by.post_id if by.kind is Kind.GUARDIAN else None,
        "by_staff_id": by.post_id if by.is_staff else None,
    }
    same = CounsellingWish.objects.in_school(student.school_id).open()
    found = same.filter(student=student, counsellor=counsellor, **who).first()
    if found is not None:
        found.topic, found.words = topic, words or found.words
        found.save(update_fields=["topic", "words"])
        return found
    wish = CounsellingWish.objects.create(
        school_id=student.school_id, student=student, counsellor=counsellor, topic=topic, words=words,
        asked_at=now, **who,
    )  # fmt: skip
    record("counselling.asked", about=wish, by=by)
    return wish


def times_of(wish: CounsellingWish, *, now: datetime) -> list[Slot]:
    """The counsellor's free times; of an adult those that suit them."""
    if wish.by_guardian is not None:
        return times_for(
            wish.by_guardian, wish.student, wish.counsellor, purpose=HoursFor.COUNSELLING, now=now
        )
    return free_times(wish.school, [wish.counsellor_id], now=now, purpose=HoursFor.COUNSELLING)[:6]


@transaction.atomic
def offer_times(wish: CounsellingWish, *, by: Actor, now: datetime) -> Offer | None:
    """Put the next free times to the adult who asked, on their own channel; the words say nothing of why."""
    times = times_of(wish, now=now)
    if wish.by_guardian is None or not times:
        return None
    return offer(wish.by_guardian, wish.student, wish.counsellor, times, by=by, now=now, wish=wish)


@transaction.atomic
def take_time(wish: CounsellingWish, slot: Slot, *, mode: Mode, by: Actor, now: datetime) -> Meeting:
    """The adult or the student takes one, or the counsellor sets it for a student. Raises Gone, Taken.

    Of a student's own wish no adult is told: there is no guest.
    """
    if wish.by_guardian is not None:
        meeting = book(
            slot, staff=wish.counsellor, student=wish.student, guardian=wish.by_guardian, mode=mode, by=by,
            now=now, purpose=HoursFor.COUNSELLING,
        )  # fmt: skip
    else:
        free_or_taken([wish.counsellor], slot.starts_at, slot.ends_at)
        still = free_times(wish.school, [wish.counsellor_id], now=now, purpose=HoursFor.COUNSELLING)
        if not any(one.starts_at == slot.starts_at and mode in one.modes for one in still):
            raise Gone
        meeting = arrange(
            sort=Sort.COUNSELLING, mode=mode, student=wish.student, guests=[], hosts=[wish.counsellor],
            starts_at=slot.starts_at, ends_at=slot.ends_at, place=place_of(wish.counsellor),
            with_student=True, by=by, now=now,
        )  # fmt: skip
    wish.meeting = meeting
    wish.save(update_fields=["meeting"])
    return meeting
