"""What is asked and answered: a copy, an erasure, a look at what might harm, a hold."""

from __future__ import annotations

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Message
from porchlight.families.models import Guardian, Student
from porchlight.privacy.copying import Copy, copy_of
from porchlight.privacy.erasing import Answer, OnHold, adults_of_no_other, erase, is_held
from porchlight.privacy.gathering import Subject
from porchlight.privacy.limits import due_on
from porchlight.privacy.models import Decision, Hold, Outcome, Request, RequestKind
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox import school_time


@transaction.atomic
def ask(
    *, kind: RequestKind, about: Student | Guardian, asked_by: Guardian | None, school: School, by: Actor
) -> Request:
    """Somebody asks; the clock begins. The same asked twice while it is open is one request.

    `asked_by`: the adult a copy about a child is for; None when it is for the child, or about the adult.
    """
    who = {"student": about} if isinstance(about, Student) else {"guardian": about}
    known = Request.objects.in_school(school).open().filter(kind=kind, asked_by=asked_by, **who).first()
    if known is not None:
        return known
    now = school_time.now()
    request = Request.objects.create(
        school=school,
        kind=kind,
        asked_by=asked_by,
        recorded_by_id=by.post_id if by.is_staff else None,
        asked_at=now,
        due_on=due_on(school, now),
        **who,
    )
    record("privacy.asked", about=request, by=by, kind=kind)
    return request


@transaction.atomic
def decide(*, request: Request, message: Message, is_given: bool, why: str, by: Actor) -> Decision:
    """A named person looked at one message that may do harm. The last word counts."""
    label = message._meta.label_lower
    Decision.objects.filter(request=request, about_type=label, about_id=message.pk).delete()
    made: Decision = Decision.objects.create(
        school_id=request.school_id,
        request=request,
        about_type=label,
        about_id=message.pk,
        is_given=is_given,
        why=why,
        by=StaffMember.objects.get(pk=by.post_id or 0),
    )
    record("privacy.decided", about=request, by=by, message=message.pk, given=is_given)
    return made


def make_copy(*, request: Request, by: Actor) -> Copy:
    """What the zip holds. Raises NoRight, NotLookedAt; LookupError when the person was erased."""
    copy = copy_of(request, now=school_time.now())
    record("privacy.copied", about=request, by=by, rows=sum(copy.counts.values()), files=len(copy.files))
    return copy


@transaction.atomic
def answer_given(*, request: Request, by: Actor) -> None:
    """The copy is with the family."""
    _answer(request, Outcome.GIVEN, by=by)


@transaction.atomic
def refuse(*, request: Request, words: str, by: Actor) -> None:
    """No, with a reason that the family is told."""
    request.words = words
    _answer(request, Outcome.REFUSED, by=by)


@transaction.atomic
def erase_as_asked(*, request: Request, with_adults: bool, by: Actor) -> Answer:
    """Erase whom the request is about; with a child also the adults who care for no other here.

    Raises OnHold; LookupError when they were erased already; OSError when the ledger cannot be written.
    """
    if request.subject is None:
        raise LookupError("nobody is left to erase")
    people = [Subject(request.subject)]
    if with_adults and isinstance(request.subject, Student):
        people += [Subject(one) for one in adults_of_no_other(request.subject)]
    if any(is_held(one) for one in people):
        raise OnHold
    whole = Answer({}, {})
    for person in people:
        answer = erase(person, by=by, now=school_time.now())
        for label, number in answer.gone.items():
            whole.gone[label] = whole.gone.get(label, 0) + number
        for label, ids in answer.kept.items():
            whole.kept.setdefault(label, set()).update(ids)
    request.refresh_from_db()
    request.counts = whole.kept_counts
    _answer(request, Outcome.ERASED, by=by)
    return whole


@transaction.atomic
def hold(*, about: Student | Guardian, why: str, by: Actor) -> Hold:
    """Nothing about them may go until it is lifted."""
    who = {"student": about} if isinstance(about, Student) else {"guardian": about}
    made: Hold = Hold.objects.create(
        school_id=about.school_id, why=why, set_by=StaffMember.objects.get(pk=by.post_id or 0), **who
    )
    record("privacy.held", about=made, by=by)
    return made


@transaction.atomic
def lift(*, held: Hold, by: Actor) -> None:
    """From now on limits and erasure hold for them again."""
    if held.lifted_at is None:
        held.lifted_at, held.lifted_by_id = school_time.now(), by.post_id
        held.save(update_fields=["lifted_at", "lifted_by"])
        record("privacy.lifted", about=held, by=by)


def _answer(request: Request, outcome: Outcome, *, by: Actor) -> None:
    request.answered_at, request.outcome, request.answered_by_id = school_time.now(), outcome, by.post_id
    request.save()
    record("privacy.answered", about=request, by=by, outcome=outcome)
