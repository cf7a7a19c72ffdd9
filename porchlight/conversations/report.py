"""How a notice fared, home by home; every home not reached has a reason, a next step and a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.audience import homes_of
from porchlight.conversations.counting import Tally, count
from porchlight.conversations.models import Answer, Ask, Gathered, Message, Notice, Signature
from porchlight.conversations.report_steps import steps_of
from porchlight.conversations.wording import unaddressed
from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.by_hand import BY_HAND, carried_as
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import TO_RECORD, Delivery, Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.outbox.limits import accounts_at_their_limit
from porchlight.errands.actions import who_mends
from porchlight.families.models import Channel, Guardian, Student
from porchlight.schools.actors import Actor
from porchlight.toolbox import school_time

FAILED_WORDS: dict[str, Promise] = {
    Advice.BAD_ADDRESS: _("The number or mailbox does not exist any more. Find the right one."),
    Advice.OPTED_OUT: _("They asked for no messages here. Ring them, or ask for another way."),
    Advice.NEXT_CHANNEL: _("This channel could not take it. Try another way to reach them."),
    Advice.STAFF_MUST_ACT: _("The school's account at the gateway needs attention before anything leaves."),
}
WAITS_FOR_A_PERSON: dict[str, Promise] = {
    "tap_sms": _("to be texted from a colleague’s phone"),
    "tap_whatsapp": _("to be written to from a colleague’s WhatsApp"),
    "call_list": _("to be rung"),
    "slips": _("to get a slip of paper"),
    "letters": _("to get a letter"),
    TO_RECORD: _("to be rung once somebody has recorded the words"),
}
FAILED_OTHERWISE = _("It did not arrive. Ring them, or send a note home with the child.")


@dataclass(slots=True)
class Door:
    """One adult in the audience and how the notice stands with them."""

    guardian: Guardian
    students: list[Student] = field(default_factory=list)
    status: Status | None = None
    channel: str = ""
    answered: bool = False
    home_answered: bool = False  # by them or another adult of the home, where one answer is enough
    why: str | Promise = ""
    at_the_limit: bool = False  # its account has sent all it may for now
    by_hand: str = ""  # the list it waits on, where a person has to carry it
    steps: list[str] = field(default_factory=list)  # of the ladder, where more than one way was gone
    tells_arrival: bool = True  # mail and some gateways can only say that they sent it

    @property
    def arrived(self) -> bool:
        return self.answered or (self.status is not None and self.status >= Status.DELIVERED)

    @property
    def is_sent_for_good(self) -> bool:
        """Sent, and nobody will ever tell us more."""
        return not self.arrived and not self.why and not self.tells_arrival and self.status == Status.SENT

    @property
    def on_its_way(self) -> bool:
        return not self.arrived and not self.why and not self.is_sent_for_good

    @property
    def stands(self) -> str:
        """One word for the figures: answered, arrived, sent, on_way or not_reached."""
        if self.answered or self.home_answered:
            return "answered"
        if self.arrived:
            return "arrived"
        if self.is_sent_for_good:
            return "sent"
        return "on_way" if self.on_its_way else "not_reached"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures and the list; figures always with their whole."""

    doors: Sequence[Door]
    tally: Tally | None  # what was said, when something was asked
    next_person: str
    at_the_limit: int  # adults whose words wait because an account has sent all it may for now
    gathered: int  # adults to whom it goes at their hour, with others
    signatures: Sequence[Signature]  # the standing ones, where a signature was asked for
    sample: str  # the words as they were written, "(name)" where a child's name came

    def counts(self) -> Counter[str]:
        """answered, arrived (without answer), sent (cannot know more), on_way, not_reached: together all doors.

        Where one answer is enough for a home, all its adults count as answered.
        """
        return Counter(door.stands for door in self.doors)

    @property
    def by_hand(self) -> list[tuple[Promise, int]]:
        """Of those on their way, how many wait for a person, and for what."""
        lists = Counter(door.by_hand for door in self.doors if door.by_hand and door.on_its_way)
        return [(words, lists[name]) for name, words in WAITS_FOR_A_PERSON.items() if lists[name]]

    @property
    def by_phone_call(self) -> bool:
        """Whether somebody had, or has, to ring."""
        return any(door.channel == Channel.VOICE for door in self.doors)

    @property
    def arrived(self) -> int:
        """Adults it got to, with or without an answer."""
        return sum(door.arrived for door in self.doors)

    def by_channel(self) -> list[tuple[str, int, int | None, int | None, int]]:
        """(channel, doors, arrived, read, answered); None where the channel cannot tell."""
        rows: dict[str, list[Door]] = defaultdict(list)
        for door in self.doors:
            if door.channel:
                rows[door.channel].append(door)
        return [
            (
                channel,
                len(doors),
                sum(door.arrived for door in doors) if any(door.tells_arrival for door in doors) else None,
                sum(door.status == Status.READ for door in doors) if channel == "whatsapp" else None,
                sum(door.answered for door in doors),
            )
            for channel, doors in sorted(rows.items(), key=lambda item: -len(item[1]))
        ]

    @property
    def climbed(self) -> list[Door]:
        """Those it went to by more than one way, and who are not in the list of the not reached."""
        return [door for door in self.doors if door.steps and door.stands != "not_reached"]

    @property
    def not_reached(self) -> list[Door]:
        return [door for door in self.doors if door.stands == "not_reached"]


def report_on(notice: Notice, *, actor: Actor) -> Report:
    """Everything the page shows, from a constant number of queries. Only what this actor may see is in it."""
    messages = list(
        Message.objects.visible_to(actor)
        .filter(notice=notice)
        .select_related("thread__guardian", "thread__student")
        .prefetch_related("unreached")
    )
    doors: dict[int, Door] = {}
    for message in messages:
        door = doors.setdefault(message.thread.guardian_id, Door(message.thread.guardian))
        door.students.append(message.thread.student)
        for unreached in message.unreached.all():
            door.why = NotReached(unreached.reason).next_step
    _add_deliveries(doors, notice)
    for pk, steps in steps_of(notice).items():
        if pk in doors:
            doors[pk].steps = steps
    return Report(
        doors=sorted(doors.values(), key=lambda door: str(door.guardian)),
        tally=_add_answers(doors, notice, actor),
        at_the_limit=sum(door.at_the_limit and door.on_its_way for door in doors.values()),
        gathered=_gathered(notice),
        signatures=_signatures(notice, actor),
        next_person=who_mends(notice.school),
        sample=unaddressed(notice.text, notice.language, school=notice.school),
    )


def _add_answers(doors: dict[int, Door], notice: Notice, actor: Actor) -> Tally | None:
    """Who answered, and whose home did where one answer speaks for the home. None without a question."""
    ask = Ask.objects.filter(notice=notice).first()
    if ask is None:
        return None
    answers = list(Answer.objects.visible_to(actor).filter(ask=ask).counting().select_related("thread"))
    today = notice.school.local(school_time.now()).date()
    homes = homes_of(notice.school, doors, today)
    tally = count(ask, answers, homes)
    spoke = {answer.thread.guardian_id for answer in answers if answer.thread.guardian_id in doors}
    heard = {homes[pk] for pk in spoke} if tally.by_home else set()
    for pk, door in doors.items():
        door.answered = pk in spoke
        door.home_answered = homes[pk] in heard
    return tally


def _signatures(notice: Notice, actor: Actor) -> list[Signature]:
    rows = Signature.objects.visible_to(actor).standing().filter(ask__notice=notice)
    return list(rows.select_related("thread__guardian", "thread__student", "witness").order_by("signed_at"))


def _add_deliveries(doors: dict[int, Door], notice: Notice) -> None:
    """The furthest any way came counts; a home is not reached once every way has failed or stopped."""
    rows = Delivery.objects.filter(parcel__messages__message__notice=notice).distinct().order_by("pk")
    ended: dict[int, list[str]] = defaultdict(list)
    full = accounts_at_their_limit(notice.school)
    for guardian_id, status, channel, stopped, advice, gateway, account, code in rows.values_list(
        "parcel__guardian_id",
        "status",
        "channel",
        "stopped",
        "advice",
        "account__gateway",
        "account_id",
        "code",
    ):
        door = doors.get(guardian_id)
        if door is None:
            continue
        is_further = door.status is None or status > door.status
        if is_further or (
            status == door.status and channel != Channel.PAPER
        ):  # a slip besides takes no place
            door.status, door.channel = Status(status), carried_as(gateway, channel)
            door.tells_arrival = tells_arrival(gateway)
        if status == Status.QUEUED and not stopped:
            door.by_hand = gateway if gateway in BY_HAND else TO_RECORD if code == TO_RECORD else ""
            door.at_the_limit = account in full
        rides = stopped == Stopped.TOGETHER  # with another adult's to the same phone
        if (stopped and not rides) or status == Status.FAILED:
            ended[guardian_id].append(advice)
        elif status < Status.DELIVERED:
            ended[guardian_id].append("going")
    for guardian_id, ways in ended.items():
        door = doors[guardian_id]
        if not door.arrived and "going" not in ways:
            door.why = FAILED_WORDS.get(ways[-1], FAILED_OTHERWISE)


def _gathered(notice: Notice) -> int:
    rows = Gathered.objects.waiting().filter(message__notice=notice)
    return rows.values("message__thread__guardian").distinct().count()


def tells_arrival(gateway: str) -> bool:
    """Whether this gateway says that a message arrived, and not only that it left."""
    known = BY_HAND.get(gateway) or registry.all_gateways().get(gateway)
    return known is not None and known.abilities.reports_delivered
