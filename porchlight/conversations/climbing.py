"""What the threads know of a parcel on the ladder: who answered, whom else it concerns, whose errand it becomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Q

from porchlight.conversations.audience import Home, homes_of
from porchlight.conversations.models import Answer, AnswerFrom, Ask, Message, MessageParcel, Notice
from porchlight.conversations.models.notices import TO_EVERYBODY
from porchlight.conversations.notices import for_guardians_alone, utterance_of
from porchlight.conversations.on_errands import ask_to_reach, on_a_list
from porchlight.conversations.tell import tell
from porchlight.delivery.content import Recipient
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.above import Context
from porchlight.delivery.ladder.terms import Other, Why
from porchlight.delivery.models import Delivery, Parcel
from porchlight.families.models import AddressState, Guardian, Guardianship
from porchlight.schools.actors import system
from porchlight.schools.calendar import window_start
from porchlight.schools.models import School


@dataclass(slots=True)
class _Read:
    """What was read for many parcels at once."""

    said: dict[int, list[Message]] = field(default_factory=lambda: defaultdict(list))  # by parcel
    asks: dict[tuple[str, int], Ask] = field(default_factory=dict)  # by ("notice" or "message", id)
    answered: set[tuple[int, int]] = field(default_factory=set)  # (ask, guardian)
    spoke: dict[int, datetime] = field(default_factory=dict)  # by guardian: the last words of theirs
    rights: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # guardian → students
    own: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # not lent
    told: dict[tuple[int, int], set[str]] = field(
        default_factory=dict
    )  # (notice, guardian) → keys of parcels
    reached: set[tuple[int, int]] = field(default_factory=set)
    homes: dict[int, Home] = field(default_factory=dict)


class Threads:
    """The room that wrote the parcels."""

    def context(self, parcels: Sequence[Parcel], now: datetime) -> Mapping[int, Context]:
        """By parcel id. The number of queries does not grow with the parcels."""
        if not parcels:
            return {}
        school = parcels[0].school
        read = _read(school, parcels, now)
        keys = {key for one in read.told.values() for key in one} | {parcel.key for parcel in parcels}
        listed = on_a_list(school, keys)
        return {parcel.pk: _context(parcel, read, listed, now) for parcel in parcels if read.said[parcel.pk]}

    def tell(self, parcel: Parcel, guardian: int, now: datetime) -> None:
        """The notice, in the other adult's own thread and language; never what was written to one adult alone."""
        notice = Notice.objects.filter(messages__parcels__parcel=parcel).select_related("by").first()
        if notice is None:
            return
        adult = Guardian.objects.in_school(parcel.school_id).get(pk=guardian)
        students = tuple(row.student for row in parcel.about.select_related("student"))
        by = notice.by.actor() if notice.by.left_at is None else system(parcel.school_id)
        tell(
            school=parcel.school,
            recipients=[Recipient(adult, students)],
            utterance=utterance_of(notice),
            by=by,
            now=now,
        )

    def ask_somebody(self, parcel: Parcel, why: Why, now: datetime) -> None:
        """A named person has it from now on."""
        students = [row.student for row in parcel.about.select_related("student")]
        if parcel.guardian is not None:
            ask_to_reach(
                school=parcel.school,
                guardian=parcel.guardian,
                student=students[0] if students else None,
                about=f"parcel:{parcel.key}",
                why=why,
                now=now,
            )


def _read(school: School, parcels: Sequence[Parcel], now: datetime) -> _Read:
    read, today = _Read(), school.local(now).date()
    links = MessageParcel.objects.filter(parcel__in=parcels).select_related(
        "message__thread", "message__notice"
    )
    for link in links.order_by("pk"):
        read.said[link.parcel_id].append(link.message)
    said = [message for messages in read.said.values() for message in messages]
    _read_asks(read, said)
    students = {message.thread.student_id for message in said}
    ties = Guardianship.objects.in_school(school).current(on=today).receiving(on=today)
    for guardian, student, lent_by in ties.filter(student__in=students).values_list(
        "guardian_id", "student_id", "lent_by_id"
    ):
        read.rights[guardian].add(student)
        if lent_by is None:
            read.own[guardian].add(student)
    _read_fates(read, school, {message.notice_id for message in said if message.notice_id}, now)
    read.homes = homes_of(school, {*read.rights, *(parcel.guardian_id or 0 for parcel in parcels)}, today)
    spoke = Message.objects.in_school(school).standing().from_home().filter(thread__student__in=students)
    first = min((parcel.created_at for parcel in parcels), default=now)
    rows = spoke.filter(said_at__gte=first).values_list("thread__guardian").annotate(last=Max("said_at"))
    read.spoke = dict(rows)
    return read


def _read_asks(read: _Read, said: Sequence[Message]) -> None:
    notices = {message.notice_id for message in said if message.notice_id}
    for ask in Ask.objects.filter(Q(notice__in=notices) | Q(message__in=said)):
        read.asks["notice" if ask.notice_id else "message", ask.notice_id or ask.message_id or 0] = ask
    answers = Answer.objects.filter(ask__in=list(read.asks.values())).counting()
    read.answered = set(answers.values_list("ask_id", "thread__guardian_id"))


def _read_fates(read: _Read, school: School, notices: set[int], now: datetime) -> None:
    told = Message.objects.in_school(school).standing().filter(notice__in=notices)
    rows_told = told.values_list("notice_id", "thread__guardian_id", "parcels__parcel__key")
    for notice, guardian, key in rows_told:
        read.told.setdefault((notice or 0, guardian), set()).update([key] if key else [])
    arrived = Delivery.objects.in_school(school).filter(
        parcel__messages__message__notice__in=notices,
        status__gte=Status.DELIVERED,
        address__state=AddressState.GOOD,
        address__confirmed_at__gte=window_start(school, now, school.light_window),
    )
    rows = arrived.values_list("parcel__messages__message__notice", "parcel__guardian").distinct()
    read.reached = {(notice, guardian) for notice, guardian in rows if notice and guardian}


def _context(parcel: Parcel, read: _Read, listed: set[str], now: datetime) -> Context:
    said, me = read.said[parcel.pk], parcel.guardian_id or 0
    asks = [
        ask for ask in (_ask_of(message, read) for message in said) if ask is not None and ask.is_open(now)
    ]
    mine = [other for other, home in read.homes.items() if home == read.homes.get(me)]
    spoke = any(read.spoke.get(adult, parcel.created_at) > parcel.created_at for adult in mine)
    answered = bool(asks) and all(_answered(ask, me, mine, read) for ask in asks)
    notice = said[0].notice
    homes = [read.told.get((notice.pk, adult), set()) for adult in mine] if notice is not None else []
    return Context(
        heard=answered or (spoke and not asks),
        asks=bool(asks) and not answered,
        letter=notice is None,
        others=() if notice is None else list(_others(parcel, notice, asks, said, read)),
        on_a_list=bool(listed & {parcel.key}.union(*homes)),  # one errand for a home
    )


def _ask_of(message: Message, read: _Read) -> Ask | None:
    return read.asks.get(("notice", message.notice_id or 0)) or read.asks.get(("message", message.pk))


def _answered(ask: Ask, me: int, home: Sequence[int], read: _Read) -> bool:
    adults = [me] if ask.answer_from == AnswerFrom.EACH_GUARDIAN else home
    return any((ask.pk, adult) in read.answered for adult in adults)


def _others(
    parcel: Parcel, notice: Notice, asks: Sequence[Ask], said: Sequence[Message], read: _Read
) -> Iterable[Other]:
    """The other adults who may hear all of it. Whom it was never meant for is told nothing of it."""
    of_each = any(ask.answer_from == AnswerFrom.EACH_GUARDIAN for ask in asks)
    alone = for_guardians_alone(notice.tier, AnswerFrom.EACH_GUARDIAN if of_each else "")
    children = {message.thread.student_id for message in said}
    to_everybody = notice.audience["kind"] in TO_EVERYBODY
    for adult, rights in (read.own if alone else read.rights).items():
        told = (notice.pk, adult) in read.told
        if adult == parcel.guardian_id or not children <= rights or not (told or to_everybody):
            continue
        yield Other(
            guardian=adult,
            same_home=read.homes.get(adult) == read.homes.get(parcel.guardian_id or 0),
            told=told,
            reached=not asks and (notice.pk, adult) in read.reached,
        )
