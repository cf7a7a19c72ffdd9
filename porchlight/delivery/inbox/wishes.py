"""STOP, START, HELP and “wrong number”: acted on at once, on the address, whoever uses it."""

from __future__ import annotations

from datetime import datetime, time

from porchlight.activity.record import record
from porchlight.delivery import addressing
from porchlight.delivery.asking_again import ask_again
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.gateways.by_hand import WHAT_PEOPLE_FOUND
from porchlight.delivery.gateways.contract import AsksForHours, Heard, Sender
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.inbox.senders import address_of
from porchlight.delivery.ladder.looking import not_theirs
from porchlight.delivery.models import Account
from porchlight.delivery.service import RawAddress, serve
from porchlight.families.models import Address, Channel, ContactPoint, Guardian
from porchlight.languages.understood import ASKS, Kind, Understood, understand
from porchlight.schools.actors import system
from porchlight.toolbox.folding import fold

WISHES = {Kind.STOP, Kind.START, Kind.HELP, Kind.NOT_ME}
BEGIN_AGAIN = Understood(Kind.START)
SHOWN_TO_PEOPLE = {
    Kind.HELP,
    Kind.NOT_ME,
}  # acted on, and read by somebody as well; so is a word of two meanings


def languages_at(address: Address | None) -> list[str]:
    """What the people at an address read, in the order of their contact points."""
    if address is None:
        return []
    points = ContactPoint.objects.filter(address=address, ended_at=None, guardian__isnull=False)
    ordered = points.select_related("guardian").order_by("rank", "pk")
    return list(dict.fromkeys(point.guardian.reading for point in ordered if point.guardian))


def wish_in(
    heard: Heard,
    reads: list[str],
    address: Address | None = None,
    always_stop: frozenset[str] = frozenset(),
) -> Understood | None:
    """What the words ask of us, when that is one of the four. A pressed button is an answer, never a wish.

    `always_stop`: folded messages that mean stop by the law the school follows, whatever else they may mean at home.

    Start, where a channel has such a button, opens again what was stopped; else it is a greeting.
    """
    if heard.choice:
        return None
    if heard.begins:
        return BEGIN_AGAIN if address is not None and address.opted_out_at is not None else None
    understood = understand(heard.text, reads)
    if understood is not None and understood.kind in WISHES:
        return understood
    by_law = fold(heard.text) in always_stop and not ASKS.search(heard.text)
    return Understood(Kind.STOP, may_mean_more=True) if by_law else None


def grant(
    wish: Understood,
    *,
    account: Account,
    address: Address | None,
    heard: Heard,
    reads: list[str],
    now: datetime,
) -> bool:
    """Do what was asked and say so once. Returns whether people should read the words too."""
    school = account.school
    language = reads[0] if reads else wish.language or school.language
    to = address or _stranger(account, heard.sender)
    source, words = f"reply {wish.kind.value.upper()}", heard.text[:200]
    match wish.kind:
        case Kind.STOP:
            kept = address or _remember(account, heard.sender)
            answer = (
                ServiceKind.STOP_CONFIRMED
                if addressing.opt_out(kept, source=source, words=words, now=now)
                else None
            )
            to = kept
        case Kind.START:
            if address is not None:
                addressing.opt_in(address, source=source, words=words, now=now)
            answer = ServiceKind.START_CONFIRMED
        case Kind.NOT_ME:
            if address is not None:  # "we will send nothing more here" is what they are told
                _is_not_theirs(account, address, now)
            answer = ServiceKind.NOT_ME_THANKS
        case _:
            answer = ServiceKind.HELP
    if answer is not None:
        serve(school=school, kind=answer, to=to, language=language, now=now, account=account)
    return wish.kind in SHOWN_TO_PEOPLE or wish.may_mean_more


def _is_not_theirs(account: Account, address: Address, now: datetime) -> None:
    """On no channel of that number. The office reads the words beside this one; of the others it is told."""
    moved = addressing.mark_bad(address, reason=addressing.WRONG_NUMBER)
    not_theirs(address, now)
    ask_again(moved, now=now)
    for other in moved:
        if other.pk != address.pk:
            sentence = WHAT_PEOPLE_FOUND[addressing.WRONG_NUMBER]
            tell_trouble(Trouble(account.school, "address_bad", sentence, account, other))


def keep_hours(account: Account, wish: AsksForHours) -> str:
    """The hours in which everybody who is reached at this number may be rung from now on."""
    address = address_of(account, wish.sender)
    points = ContactPoint.objects.in_school(account.school_id).known().filter(address=address)
    people = Guardian.objects.filter(pk__in=points.values("guardian"))
    for person in people if address is not None else ():
        person.ring_from, person.ring_until = time.fromisoformat(wish.since), time.fromisoformat(wish.until)
        person.save(update_fields=["ring_from", "ring_until"])
        record("guardian.hours_to_ring_set", about=person, by=system(account.school_id))
    return "hours kept"


def _stranger(account: Account, sender: Sender) -> RawAddress:
    value = sender.mailbox if account.channel == Channel.EMAIL else sender.number
    return RawAddress(account.channel, value, sender.user_id)


def _remember(account: Account, sender: Sender) -> Address:
    """A stranger who says STOP is kept as an address, so that the wish holds when somebody adds them later.

    A known number under an unknown identity is no stranger's: the wish holds for the number.
    """
    stranger = _stranger(account, sender)
    value = stranger.value.lower() if account.channel == Channel.EMAIL else stranger.value
    rows = Address.objects.in_school(account.school_id).filter(channel=account.channel)
    known = rows.filter(value=value).first() if value else rows.filter(user_id=stranger.user_id).first()
    return known or Address.objects.create(
        school=account.school, channel=account.channel, value=value, user_id=stranger.user_id
    )
