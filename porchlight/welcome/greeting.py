"""A family starts from its own phone: "salaam" opts in, a digit chooses the language, the number on a card says who.

Whoever we do not know is answered kindly and asked for what is needed. Nobody is ever guessed, no child is named, and
everything unclear lies with a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.activity.record import record
from porchlight.conversations.doorstep import HELLO, register_doorkeeper
from porchlight.conversations.heard import Outcome, Words, hear_in_thread, to_triage
from porchlight.conversations.models import Ask, Message, TriageItem, TriageReason, WhichChild
from porchlight.conversations.placing import guardians_at, share_one_home, thread_of
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Parcel
from porchlight.delivery.service import RawAddress
from porchlight.families.models import Address, AddressState, Channel, Guardian, Guardianship
from porchlight.languages.understood import Kind, understand
from porchlight.schools.models import School
from porchlight.toolbox.scripts import autonym
from porchlight.welcome.cards import TooManyTries, code_in, holder, use_up, without_code
from porchlight.welcome.joining import agree, join, may_join
from porchlight.welcome.offered import choices_in, chosen_in, language_of, offered

NOT_AGAIN_FOR = timedelta(hours=8)
STILL_ASKED = timedelta(days=1)
TO_ONE_STRANGER = Rate(10, timedelta(days=1))
TO_STRANGERS = Rate(200, timedelta(days=1))  # of a whole school; beyond, a person reads and nothing is said
AT_THE_DOOR = (
    ServiceKind.HELLO_BACK,
    ServiceKind.HELLO_WHO,
    ServiceKind.HELLO_LANGUAGE,
    ServiceKind.MET_BY_A_PERSON,
)


@register_doorkeeper
def keep_the_door(school: School, address: Address | None, words: Words, now: datetime) -> Outcome | None:
    """Greetings, cards and chosen languages are ours; everything else goes on as it always does."""
    if words.channel == Channel.EMAIL or words.choice or words.media:
        return None
    if address is not None and (address.opted_out_at is not None or address.state != AddressState.GOOD):
        return None  # only START opens again, and a number in doubt is for people
    guardians = guardians_at(address) if address is not None else []
    if address is not None and guardians:
        return _at_home(school, address, guardians, words, now)
    if address is not None and address.contact_points.filter(ended_at=None).exists():
        return None  # a colleague's or a student's phone: no stranger, and no family's
    to = address or words.stranger
    return _stranger(school, to, words, now) if to is not None else None


def is_greeting(text: str, reads: Sequence[str] = ()) -> bool:
    """ "Salaam", "hello", "hola", and nothing else."""
    seen = understand(text, reads)
    return seen is not None and seen.kind is Kind.HELLO


def _at_home(
    school: School, address: Address, guardians: Sequence[Guardian], words: Words, now: datetime
) -> Outcome | None:
    """Somebody we know. Two who share a phone and no home are left to a person, as ever."""
    ties = ties_of(guardians, school=school, now=now)
    if not ties or (len(guardians) > 1 and not share_one_home(school, guardians, now)):
        return None
    code = code_in(words.text)
    try:
        mine = holder(code, school=school, words=words, now=now) if code else None
    except TooManyTries:
        mine = None  # their words are heard as ever
    if mine is not None and mine not in guardians:
        return Outcome(triage=to_triage(school, address, words, TriageReason.SHARED_NUMBER))
    if mine is not None or is_greeting(words.text, [one.reading for one in guardians]):
        agree(address, guardians, words, now)
        if mine is not None:
            use_up(code, school=school, now=now)
        if not _lately(_said_to(school, address, now), now - NOT_AGAIN_FOR, ServiceKind.HELLO_BACK):
            _say(ServiceKind.HELLO_BACK, school, address, guardians[0].reading, words, now)
        return Outcome(message=in_their_threads(ties, words, now)[0])
    tag = chosen_in(words.text, school)
    if not tag or not _may_choose(school, address, guardians, now):
        return None
    for guardian in guardians:
        guardian.read_in(tag)
        record("guardian.language_chosen", about=guardian, by=guardian.actor(), language=tag)
    _say(ServiceKind.HELLO_LANGUAGE, school, address, tag, words, now, spoken=autonym(tag))
    return Outcome(message=in_their_threads(ties, words, now)[0])


def _stranger(school: School, to: Address | RawAddress, words: Words, now: datetime) -> Outcome | None:
    """Somebody we do not know: by their card, or not at all.

    What is not settled here goes on: to slips and alarms, and to a person.
    """
    said = _said_to(school, to, now)
    asked = _greetings(said)
    language = asked[0].language if asked else language_of(without_code(words.text), school)
    code = code_in(words.text)
    if code:
        return _with_a_card(school, to, words, code, language, said, now)
    if is_greeting(words.text, offered(school)):
        if not _lately(asked, now - NOT_AGAIN_FOR) and _may_answer(school, words, now):
            _say(ServiceKind.HELLO_WHO, school, to, language, words, now)
        return None
    tag = chosen_in(words.text, school) if asked else ""
    if not tag or not _may_answer(school, words, now):
        return None
    _say(ServiceKind.HELLO_LANGUAGE, school, to, tag, words, now, spoken=autonym(tag))
    _say(ServiceKind.HELLO_WHO, school, to, tag, words, now)
    item = to_triage(school, _kept(to), words, TriageReason.UNKNOWN_SENDER)
    return Outcome(triage=_done(item, f"{autonym(tag)} ({tag})", now))


def _with_a_card(
    school: School,
    to: Address | RawAddress,
    words: Words,
    code: str,
    language: str,
    said: Sequence[Parcel],
    now: datetime,
) -> Outcome | None:
    try:
        guardian = holder(code, school=school, words=words, now=now)
    except TooManyTries:
        return None  # whoever goes on guessing hears nothing more
    ties = ties_of([guardian], school=school, now=now) if guardian else []
    may = guardian is not None and bool(ties) and may_join(guardian, to, school=school, now=now)
    if guardian is None or not may or not use_up(code, school=school, now=now):  # of two at once, one
        kind = ServiceKind.MET_BY_A_PERSON if guardian else ServiceKind.HELLO_WHO
        since = now - (NOT_AGAIN_FOR if guardian else timedelta(minutes=1))
        if not _lately(said, since, kind) and _may_answer(school, words, now):
            _say(kind, school, to, language, words, now)
        return None
    address = join(guardian, to, words=words, now=now)
    chosen = [one for one in said if _is(one, ServiceKind.HELLO_LANGUAGE)]
    if chosen:
        guardian.read_in(chosen[0].language)
    heard = in_their_threads(ties, words, now)
    for item in TriageItem.objects.in_school(school).waiting().filter(sender=words.sender):
        if is_greeting(without_code(item.text), offered(school)) or not without_code(item.text):
            _done(item, "card", now)
    if not _lately(said, now - NOT_AGAIN_FOR, ServiceKind.HELLO_BACK):
        _say(ServiceKind.HELLO_BACK, school, address, guardian.reading, words, now)
    return Outcome(message=heard[0])


def ties_of(guardians: Sequence[Guardian], *, school: School, now: datetime) -> list[Guardianship]:
    """The children these adults may be told about today."""
    today = school.local(now).date()
    ties = Guardianship.objects.in_school(school).current(on=today).receiving(on=today)
    return list(ties.filter(guardian__in=guardians).select_related("guardian", "student").order_by("pk"))


def in_their_threads(ties: Sequence[Guardianship], words: Words, now: datetime) -> list[Message]:
    """A greeting is about no child: it stands in each of their threads, and waits for no answer.

    With more beside the number on a card, the first of them waits for one.
    """
    more = without_code(words.text)
    is_more = bool(code_in(words.text) and more) and not is_greeting(more)
    said = [hear_in_thread(thread=thread_of(tie), words=words, kind=HELLO) for tie in ties]
    for message in said[1 if is_more else 0 :]:
        message.settled_at = now
        message.save(update_fields=["settled_at"])
    return said


def _may_answer(school: School, words: Words, now: datetime) -> bool:
    """Whether one more of today's answers to strangers is left: each costs money, and numbers are easily made up."""
    theirs = f"answers to a stranger of:{school.pk}:{words.sender}"
    return take(theirs, TO_ONE_STRANGER, now=now) and take(
        f"answers to strangers of:{school.pk}", TO_STRANGERS, now=now
    )


def _may_choose(school: School, to: Address, guardians: Sequence[Guardian], now: datetime) -> bool:
    """Whether the last thing we asked them is which language they want."""
    asked = _greetings(_said_to(school, to, now))
    if not asked or _is(asked[0], ServiceKind.HELLO_LANGUAGE):
        return False
    since = asked[0].created_at
    if WhichChild.objects.in_school(school).filter(address=to, placed_at=None, asked_at__gte=since).exists():
        return False
    asks = (Ask.objects.in_school(school).put_to(one).filter(created_at__gte=since) for one in guardians)
    return not any(rows.exists() for rows in asks)


def _said_to(school: School, to: Address | RawAddress, now: datetime) -> list[Parcel]:
    """What we said at the door to this phone in the last day, the latest first. The one question about it."""
    rows = Parcel.objects.in_school(school).filter(
        service_kind__in=[kind.value for kind in AT_THE_DOOR],
        deliveries__channel=to.channel,
        deliveries__to=to.value or to.user_id,
        created_at__gte=now - STILL_ASKED,
    )
    return list(rows.order_by("-created_at", "-pk"))


def _greetings(said: Sequence[Parcel]) -> list[Parcel]:
    """Those after which an answer is waited for."""
    return [one for one in said if not _is(one, ServiceKind.MET_BY_A_PERSON)]


def _lately(said: Sequence[Parcel], since: datetime, kind: ServiceKind | None = None) -> bool:
    """Whether any of it, or of this kind of it, was said since then."""
    return any(one.created_at > since and (kind is None or _is(one, kind)) for one in said)


def _is(parcel: Parcel, kind: ServiceKind) -> bool:
    return parcel.service_kind == kind.value


def _say(
    kind: ServiceKind,
    school: School,
    to: Address | RawAddress,
    language: str,
    words: Words,
    now: datetime,
    *,
    spoken: str = "",
) -> None:
    places = {"spoken": spoken}
    if kind in {ServiceKind.HELLO_BACK, ServiceKind.HELLO_WHO}:
        places = {"languages": choices_in(kind.value, school, language, to.channel)}
    serve(school=school, kind=kind, to=to, language=language, now=now, account=words.line, **places)


def _kept(to: Address | RawAddress) -> Address | None:
    """The row we have of it, if any."""
    return to if isinstance(to, Address) else None


def _done(item: TriageItem, outcome: str, now: datetime) -> TriageItem:
    """Nobody has to look: what was asked for has been done."""
    item.outcome, item.resolved_at = outcome, now
    item.save(update_fields=["outcome", "resolved_at"])
    return item
