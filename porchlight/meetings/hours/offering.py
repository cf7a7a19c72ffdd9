"""Free times put to a family as a question, on whatever channel they have; a digit takes one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from porchlight.conversations.asking import Verdict, register_owner, register_taking_back
from porchlight.conversations.heard import for_a_person
from porchlight.conversations.models import Answer, Shape, TriageReason
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import line
from porchlight.families.models import Guardian, Student
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.arranging import Taken, call_off
from porchlight.meetings.hours.booking import Gone, book
from porchlight.meetings.hours.free import for_guardian, free_times
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.hours.words import STRAIGHT_AWAY, voice_of, words
from porchlight.meetings.models import CounsellingWish, HoursFor, Mode, Offer, OfferedTime, Sort
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import StaffMember

OWNER = "meetings.hours"
MOST = 6


def times_for(
    guardian: Guardian, student: Student, staff: StaffMember, *, purpose: HoursFor, now: datetime
) -> list[Slot]:
    """The next free times of this colleague that suit this adult."""
    school = student.school
    return for_guardian(free_times(school, [staff.pk], now=now, purpose=purpose), guardian, school)[:MOST]


@transaction.atomic
def offer(
    guardian: Guardian,
    student: Student,
    staff: StaffMember,
    times: Sequence[Slot],
    *,
    by: Actor,
    now: datetime,
    wish: CounsellingWish | None = None,
) -> Offer:
    """Ask which of these suits. It closes with the last of them. For a counsellor the school asks."""
    sort, school = Sort.COUNSELLING if wish is not None else Sort.OFFICE_HOUR, student.school
    name = school.name if wish is not None else staff.name
    asks = words([line("hours_choose", child=student.short_name, name=name)], school, guardian)
    options = [Option(str(place), at=slot.starts_at) for place, slot in enumerate(times, 1)]
    message = put_question(
        thread_between(guardian, student),
        asks,
        Shape.CHOOSE_TIME,
        options,
        owner=OWNER,
        closes_at=times[-1].starts_at,
        by=voice_of(sort, by, school),
        now=now,
        hold=STRAIGHT_AWAY,
    )
    made = Offer.objects.create(
        school_id=student.school_id, ask=message.ask, student=student, guardian=guardian, staff=staff, wish=wish,
        sort=sort,
    )  # fmt: skip
    OfferedTime.objects.bulk_create(
        OfferedTime(
            school_id=student.school_id, offer=made, key=str(place), starts_at=slot.starts_at,
            ends_at=slot.ends_at, mode=slot.modes[0],
        )
        for place, slot in enumerate(times, 1)
    )  # fmt: skip
    return made


def apply(answer: Answer) -> Verdict:
    """Hears every answer; the same one twice changes nothing. Another digit gives the first time back."""
    asked = (
        Offer.objects.in_school(answer.school_id)
        .select_related("meeting", "guardian", "student__school", "staff", "wish")
        .filter(ask=answer.ask)
        .first()
    )
    chosen = asked.times.filter(key=answer.keys[0]).first() if asked is not None and answer.keys else None
    if asked is None or chosen is None:
        return Verdict()
    before = asked.meeting if asked.meeting is not None and asked.meeting.is_on else None
    if before is not None and before.starts_at == chosen.starts_at:
        return Verdict()
    if asked.replaced_at is not None:
        return Verdict(
            accepted=False, words=phrase("hours_taken", asked.guardian.reading, of=asked.student.school)
        )
    try:
        _take(asked, chosen, answer)
    except (Gone, Taken):
        return _others(asked, answer)
    if before is not None:
        call_off(before, why="moved", by=asked.guardian.actor(), now=answer.at)
    return Verdict()


@transaction.atomic
def _take(asked: Offer, chosen: OfferedTime, answer: Answer) -> None:
    slot = Slot(asked.staff_id, chosen.starts_at, chosen.ends_at, (chosen.mode,))
    counsels = asked.sort == Sort.COUNSELLING
    asked.meeting = book(
        slot,
        staff=asked.staff,
        student=asked.student,
        guardian=asked.guardian,
        mode=Mode(chosen.mode),
        by=asked.guardian.actor(),
        now=answer.at,
        purpose=HoursFor.COUNSELLING if counsels else HoursFor.FAMILIES,
        tells=False,  # what is said back names the time
    )
    asked.save(update_fields=["meeting"])
    if asked.wish is not None:
        asked.wish.meeting = asked.meeting
        asked.wish.save(update_fields=["meeting"])


def _others(asked: Offer, answer: Answer) -> Verdict:
    """Somebody was quicker: other times at once; where there are none, a person writes."""
    if asked.meeting is None or not asked.meeting.is_on:
        asked.replaced_at = answer.at
        asked.save(update_fields=["replaced_at"])
    purpose = HoursFor.COUNSELLING if asked.sort == Sort.COUNSELLING else HoursFor.FAMILIES
    times = times_for(asked.guardian, asked.student, asked.staff, purpose=purpose, now=answer.at)
    reads, school = asked.guardian.reading, asked.student.school
    if not times:
        if asked.ask.message is not None:
            said = phrase("please_ring_me", school.language, of=school)
            for_a_person(asked.ask.message, TriageReason.ASKS_FOR_CALL, said=said)
        return Verdict(accepted=False, words=phrase("hours_none_left", reads, of=school))
    offer(
        asked.guardian, asked.student, asked.staff, times,
        by=school_itself(asked.student.school), now=answer.at, wish=asked.wish,
    )  # fmt: skip
    return Verdict(accepted=False, words=phrase("hours_taken", reads, of=school))


def take_back(answer: Answer) -> None:
    """Nobody gave this answer: the time is free again."""
    asked = Offer.objects.in_school(answer.school_id).select_related("meeting").filter(ask=answer.ask).first()
    if asked is None or asked.meeting is None:
        return
    call_off(asked.meeting, why="school", by=school_itself(answer.school), now=answer.at)
    Offer.objects.filter(pk=asked.pk).update(meeting=None)
    CounsellingWish.objects.filter(meeting=asked.meeting_id).update(meeting=None)


register_owner(OWNER, apply)
register_taking_back(OWNER, take_back)
