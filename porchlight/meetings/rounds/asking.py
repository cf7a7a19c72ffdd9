"""Asking families when they can, in their threads: a question that works on every channel, and one gentle reminder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from porchlight.activity.record import record
from porchlight.conversations.models import Ask, Message, Shape
from porchlight.conversations.models.asks import AnswerFrom
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import Value, in_each_language, line, said_at_home
from porchlight.conversations.tell import NOTICE_HOLD, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.families.models import ContactPoint, Guardianship, Student
from porchlight.meetings.models import PartyMember, Round
from porchlight.meetings.models.rounds import RoundQuerySet
from porchlight.meetings.rounds.parties import form_parties, invited, with_nobody
from porchlight.meetings.rounds.teaching import enrolled
from porchlight.meetings.rounds.windows import cut_windows, labels, windows_of
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import School, TenantQuerySet
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time, scripts

OWNER = "meetings.wishes"
AT_ONCE = 5  # adults asked in one transaction: whoever else writes waits no longer than for these
BEFORE_THE_END = timedelta(days=3)  # who has not answered hears of it once more
LEFT_ALONE = timedelta(days=1)  # after the question


class NotReady(ValueError):
    """A season without days, without classes, or whose last day to answer is over, cannot be asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How far asking has come: adults, and children about whom nobody may be asked, by name, for staff."""

    asked: int
    of: int
    nobody: Sequence[str] = ()
    is_forming: bool = False  # who comes together is being looked up: how many are asked is not known yet

    @property
    def goes_on(self) -> bool:
        """A worker has more to do."""
        return self.is_forming or self.asked < self.of


@transaction.atomic
def ask_families(round_: Round, *, by: Actor, now: datetime) -> None:
    """Every adult of every party is to be asked, once; again, only those who came since.

    This only notes it: a worker looks who comes together, and asks, few at a time. Raises NotReady.
    """
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if now >= round_.answer_by or not round_.days.exists() or not round_.classes.exists():
        raise NotReady
    round_.to_form_at = now
    if round_.asked_at is None:
        cut_windows(round_)
        round_.asked_at = now
        round_.asked_by_id = by.post_id if by.is_staff else None
        record("round.asked", about=round_, by=by)
    round_.save(update_fields=["to_form_at", "asked_at", "asked_by"])
    go_on_later(round_)


def go_on_later(round_: Round) -> None:
    """A worker looks who comes together, where that is to be done, and asks whoever has no question yet."""
    from porchlight.meetings.planned.tasks import ask_on

    transaction.on_commit(partial(ask_on.enqueue, round_.school_id, round_.pk))


def work(school_id: int, round_id: int) -> None:
    """The parties first, then few adults after few, each in a transaction of its own: killed between two, or inside
    one, whoever goes on asks nobody twice.
    """
    school, after = School.objects.get(pk=school_id), 0
    with school_context(school):
        form_where_due(round_id, now=school_time.now())
    while True:
        with school_context(school):
            round_ = takes_answers(school, now=school_time.now()).filter(pk=round_id).first()
            last = ask_some(round_, now=school_time.now(), after=after) if round_ is not None else None
        if last is None:
            return
        after = last


@transaction.atomic
def form_where_due(round_id: int, *, now: datetime) -> None:
    """Who comes together, where families are to be asked since it was looked up last. Killed in it, it stays to do."""
    rows = Round.objects.select_for_update().filter(to_form_at__isnull=False, told_at=None, closed_at=None)
    round_ = rows.filter(pk=round_id, answer_by__gt=now).first()
    if round_ is not None:
        form_parties(round_, now=now)
        round_.to_form_at = None
        round_.save(update_fields=["to_form_at"])


def takes_answers(school: School, *, now: datetime) -> RoundQuerySet:
    """Seasons whose families are asked, and may still answer."""
    rows = Round.objects.in_school(school).filter(asked_at__isnull=False, told_at=None, closed_at=None)
    return rows.filter(answer_by__gt=now)


def progress(round_: Round, *, now: datetime) -> Asked:
    """Who has said when they can already, or would rather not meet, is not asked."""
    asked = PartyMember.objects.filter(round=round_).exclude(ask=None).count()
    if round_.to_form_at is not None:
        return Asked(asked, asked, is_forming=True)
    nobody = with_nobody(round_, on=round_.school.local(now).date()) if round_.asked_at is not None else []
    return Asked(asked, asked + unasked(round_, now=now).count(), nobody)


def unasked(round_: Round, *, now: datetime) -> TenantQuerySet[PartyMember]:
    """Who has no question yet, would rather have one, and may be told about a child of this season."""
    today = round_.school.local(now).date()
    ties = Guardianship.objects.in_school(round_.school_id).current(on=today).receiving(on=today)
    ties = ties.filter(student__in=enrolled(round_, on=today).values("student"))
    rows = PartyMember.objects.filter(round=round_, ask=None, guardian__in=ties.values("guardian"))
    return rows.filter(party__declined_at=None, party__answered_at=None)


@transaction.atomic
def ask_some(round_: Round, *, now: datetime, after: int = 0) -> int | None:
    """The next few who have no question yet, of those `after` a row; the row of the last of them, None for nobody.

    A couple with one telephone has one question.
    """
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    rows = unasked(round_, now=now).filter(pk__gt=after).select_related("guardian", "party").order_by("pk")
    waiting = list(rows[:AT_ONCE])
    if not waiting:
        return None
    children, options = _children(round_, now, of=[one.guardian_id for one in waiting]), _options(round_)
    addresses = _addresses(round_, [one.party_id for one in waiting])
    for member in waiting:
        mine = children.get(member.guardian_id)
        if not mine:
            continue
        others = PartyMember.objects.filter(party=member.party_id, ask__isnull=False)
        theirs = addresses[member.guardian_id]
        same = next((one for one in others if theirs and theirs <= addresses[one.guardian_id]), None)
        member.ask = same.ask if same is not None else _put(round_, member, mine, options, now)
        member.save(update_fields=["ask"])
    return waiting[-1].pk


def _put(
    round_: Round, member: PartyMember, children: Sequence[Student], options: Sequence[Option], now: datetime
) -> Ask:
    """In the thread about the first of their children. Of parents who share a thread each sees their own answer."""
    by = round_.asked_by.actor() if round_.asked_by is not None else school_itself(round_.school)
    message = put_question(
        thread_between(member.guardian, children[0]), _said("round_ask", round_, member, children),
        Shape.CHOOSE_SEVERAL, options, owner=OWNER, closes_at=round_.answer_by, by=by, now=now, hold=NOTICE_HOLD,
    )  # fmt: skip
    ask: Ask = message.ask
    ask.answer_from = AnswerFrom.EACH_GUARDIAN
    ask.save(update_fields=["answer_from"])
    return ask


def _addresses(round_: Round, parties: Collection[int]) -> Mapping[int, set[int]]:
    """By adult of these parties, where they can be reached."""
    adults = PartyMember.objects.filter(party__in=parties).values("guardian")
    points = ContactPoint.objects.in_school(round_.school_id).known().filter(guardian__in=adults)
    found: dict[int, set[int]] = defaultdict(set)
    for guardian, address in points.values_list("guardian_id", "address_id"):
        if guardian is not None:
            found[guardian].add(address)
    return found


def _options(round_: Round) -> list[Option]:
    """Each piece of a day, and any time."""
    windows = windows_of(round_)
    zone = round_.school.zone
    pieces = [Option(str(one.number), labels(one, zone=zone)) for one in windows[:8]]
    return [*pieces, Option(str(len(pieces) + 1), in_each_language("round_any_time", round_.school))]


def _children(round_: Round, now: datetime, *, of: Collection[int]) -> dict[int, list[Student]]:
    """By adult, of these, the children of this season about whom they may be told."""
    today = round_.school.local(now).date()
    found: dict[int, list[Student]] = {}
    theirs = Guardianship.objects.in_school(round_.school_id).filter(guardian__in=of).values("student")
    places = enrolled(round_, on=today).filter(student__in=theirs)
    students = dict.fromkeys(place.student_id for place in places)
    for ties in invited(round_, students, on=today).values():
        for tie in ties:
            found.setdefault(tie.guardian_id, []).append(tie.student)
    return found


def _said(phrase: str, round_: Round, member: PartyMember, children: Sequence[Student]) -> Words:
    school, reads = round_.school, member.guardian.reading
    names = scripts.comma(reads).join(child.short_name for child in children)
    day = round_.answer_by.astimezone(school.zone).date()
    places: dict[str, Value] = {"school": school.name, "child": names, "link": link_to(round_), "day": day}
    return said_at_home([line(phrase, **places)], member.guardian, school, zone=school.zone)


def link_to(round_: Round) -> str:
    """Where they can say more."""
    return settings.BASE_URL + reverse("meetings:wishes", args=[round_.school.slug, round_.key])


def remind(school: School, *, now: datetime) -> int:
    """Once in each season, whoever did not answer: the same question again, and that silence is all right too."""
    asked = Round.objects.in_school(school).filter(
        asked_at__lte=now - LEFT_ALONE, reminded_at=None, told_at=None, closed_at=None,
        answer_by__gt=now, answer_by__lte=now + BEFORE_THE_END,
    )  # fmt: skip
    return sum(_remind(one, now) for one in asked.order_by("pk"))


@transaction.atomic
def _remind(round_: Round, now: datetime) -> int:
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.reminded_at is not None:
        return 0
    round_.reminded_at = now
    round_.save(update_fields=["reminded_at"])
    silent = PartyMember.objects.filter(
        round=round_, party__answered_at=None, party__declined_at=None, ask__isnull=False
    )
    by = school_itself(round_.school)
    told: list[Message] = []
    reminded: set[int] = set()
    members = list(silent.select_related("guardian", "ask__message__thread__student").order_by("pk"))
    children = _children(round_, now, of=[one.guardian_id for one in members])
    for member in members:
        message = member.ask.message if member.ask is not None else None
        if message is None or message.pk in reminded or member.guardian_id not in children:
            continue
        reminded.add(message.pk)
        words = _said("round_reminder", round_, member, children[member.guardian_id])
        said = tell(
            school=round_.school,
            recipients=[Recipient(member.guardian, (message.thread.student,))],
            utterance=Utterance(words=words, ask=member.ask),
            by=by,
            now=now,
            hold=NOTICE_HOLD,
        )
        told += said.messages
    return len(told)
