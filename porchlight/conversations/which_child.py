"""One phone, several children: we ask which one, and the digit or the name that comes back places the words.

Where nobody answers, a person looks: after an hour the words lie in the office's tray as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.conversations.heard import Words, hear_in_thread, to_triage
from porchlight.conversations.models import Message, TriageItem, TriageReason, WhichChild
from porchlight.conversations.placing import thread_of
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import InboundEvent
from porchlight.families.models import Address, Guardianship
from porchlight.languages.understood import Kind, understand
from porchlight.schools.models import School
from porchlight.toolbox.folding import fold

TO_A_PERSON = timedelta(hours=1)


def ask_which_child(
    school: School, address: Address, words: Words, ties: Sequence[Guardianship], now: datetime
) -> WhichChild:
    """Keep the words, and ask."""
    question = WhichChild.objects.create(
        school=school,
        address=address,
        choices=[[tie.guardian_id, tie.student_id] for tie in ties],
        text=words.text,
        full_text=words.full_text,
        media=list(words.media),
        heard_at=words.at,
        asked_at=now,
        inbound=words.inbound,
    )
    names = "\n".join(f"{number}. {tie.student.short_name}" for number, tie in enumerate(ties, 1))
    serve(
        school=school,
        kind=ServiceKind.WHICH_CHILD,
        to=address,
        language=ties[0].guardian.reading,
        now=now,
        account=words.line,
        choices=names,
    )
    return question


def place_by_digit(
    school: School, address: Address | None, words: Words, now: datetime
) -> Message | TriageItem | None:
    """The digit, or the child's name, that answers "which child?", places all that was asked about.

    A choice that is no longer theirs is laid before a person: a restriction may have come in between.
    """
    waiting = _waiting_at(address, now)
    if not waiting:
        return None
    alike = [question for question in waiting if question.choices == waiting[0].choices]
    number = _number_in(words)
    chosen = _chosen(school, waiting[0], number, words.text, now)
    if chosen is not None:
        return [_place(question, chosen, words, now) for question in reversed(alike)][-1]
    if number is not None and 1 <= number <= len(waiting[0].choices):
        return [_to_a_person(question, TriageReason.NO_CONTACT, now) for question in reversed(alike)][-1]
    return None


def _waiting_at(address: Address | None, now: datetime) -> list[WhichChild]:
    """What we asked this address and still wait to hear; the newest first."""
    if address is None:
        return []
    rows = WhichChild.objects.filter(address=address, placed_at=None)
    rows = rows.select_related("school", "address", "inbound", "triage")
    return [question for question in rows.order_by("-asked_at", "-pk") if question.is_fresh(now)]


def _chosen(
    school: School, question: WhichChild, number: int | None, text: str, now: datetime
) -> Guardianship | None:
    today = school.local(now).date()
    ties = Guardianship.objects.in_school(school).current(on=today).receiving(on=today)
    known = {
        (tie.guardian_id, tie.student_id): tie
        for tie in ties.filter(guardian__in=[guardian for guardian, _ in question.choices])
        .select_related("student", "guardian")
        .order_by("-pk")
    }
    if number is not None and 1 <= number <= len(question.choices):
        guardian, student = question.choices[number - 1]
        return known.get((guardian, student))
    offered = [
        known[guardian, student] for guardian, student in question.choices if (guardian, student) in known
    ]
    by_name = [tie for tie in offered if fold(tie.student.short_name) == fold(text)]
    return by_name[0] if len(by_name) == 1 else None


def _number_in(words: Words) -> int | None:
    if words.choice.isdigit():
        return int(words.choice)
    understood = understand(words.text)
    return understood.number if understood is not None and understood.kind is Kind.NUMBER else None


def _place(question: WhichChild, tie: Guardianship, words: Words, now: datetime) -> Message:
    message = hear_in_thread(thread=thread_of(tie), words=_kept(question, words.inbound))
    question.placed_at = now
    question.save(update_fields=["placed_at"])
    TriageItem.objects.filter(questions=question, resolved_at=None).update(resolved_at=now, message=message)
    return message


@transaction.atomic
def give_to_people(*, school: School, now: datetime) -> int:
    """Words whose question nobody answered go into the tray, too. Returns how many; doing it twice adds nothing."""
    waiting = (
        WhichChild.objects.in_school(school)
        .filter(placed_at=None, triage=None, asked_at__lte=now - TO_A_PERSON)
        .select_related("school", "address", "inbound")
        .select_for_update(of=("self",), skip_locked=True)  # several workers look at the same time
    )
    return len([_to_a_person(question, TriageReason.WHICH_CHILD) for question in waiting])


def _to_a_person(question: WhichChild, reason: TriageReason, over_at: datetime | None = None) -> TriageItem:
    """Into the tray, once. With `over_at` no digit is waited for any more."""
    item = question.triage
    if item is None:
        words = _kept(question, question.inbound)
        item = question.triage = to_triage(question.school, question.address, words, reason)
    question.placed_at = over_at
    question.save(update_fields=["triage", "placed_at"])
    return item


def _kept(question: WhichChild, inbound: InboundEvent | None) -> Words:
    """The words that were asked about."""
    return Words(
        text=question.text,
        channel=question.address.channel,
        at=question.heard_at,
        full_text=question.full_text,
        media=tuple(question.media),
        inbound=inbound,
    )
