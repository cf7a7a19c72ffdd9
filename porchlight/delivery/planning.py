"""Who may get it, where, when, in which words. Reads everything at once: the number of queries never grows."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Case, Exists, F, OuterRef, When

from porchlight.delivery.content import Content, Recipient, Urgency
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Account
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.paper import letter, with_the_child
from porchlight.delivery.quiet import awake_at_home, hour_to_ring
from porchlight.delivery.rendering import NoTemplate, NoVoice, Reader, Rendered, TooPrivate, render
from porchlight.delivery.talking.hours import can_be_rung, hour_for, may_go_to
from porchlight.delivery.talking.voices import wanted_from_a_person
from porchlight.families.models import (
    Address,
    AddressState,
    Channel,
    ContactPoint,
    Guardian,
    Guardianship,
    Restriction,
    RestrictionScope,
)
from porchlight.families.models.ties import still_lent
from porchlight.languages.known import spoken_here
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

FEW = 500  # up to so many people are asked for by id; beyond, the school's rows are read whole


@dataclass(frozen=True, slots=True)
class Planned:
    """How one recipient would get it, or why not: `not_reached` set means the rest is empty.

    A slip of paper has neither contact point nor address.
    """

    recipient: Recipient
    content: Content
    due_at: datetime
    contact_point: ContactPoint | None = None
    address: Address | None = None
    account: Account | None = None
    channel: str = ""
    body: Rendered | None = None
    record_in: str = ""  # the language (a base tag) a person has to say it in, before anybody is rung
    not_reached: NotReached | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What planning needs to know of a school's people and accounts, read in three queries or four."""

    school: School
    points: dict[int, list[ContactPoint]]  # by guardian, most preferred first
    accounts: dict[str, list[Account]]  # by channel, best first; those that a gateway carries
    by_hand: dict[str, list[Account]]  # by channel, best first; those that people carry
    rights: dict[tuple[int, int], tuple[bool, bool]]  # (guardian, student): may receive, is restricted
    lent: set[tuple[int, int]]  # (guardian, student): on another adult's word alone
    voices: frozenset[str] = frozenset()  # languages that colleagues speak, where the school rings by machine


def plan(
    *,
    school: School,
    recipients: Sequence[Recipient],
    content_for: Callable[[Recipient], Content],
    urgency: Urgency,
    now: datetime,
    not_before: datetime | None = None,
) -> list[Planned]:
    """How each recipient gets it, in the order given. Nothing is written."""
    start = max(now, not_before) if not_before else now
    known = known_of(school, {one.guardian.pk for one in recipients}, on=school.local(start).date())
    return [
        plan_one(known, recipient, content_for(recipient), urgency=urgency, start=start)
        for recipient in recipients
    ]


def plan_one(
    known: Known,
    recipient: Recipient,
    content: Content,
    *,
    urgency: Urgency,
    start: datetime,
    except_addresses: Collection[int | None] = (),
) -> Planned:
    """One recipient's best way that is not among the addresses already tried; None among them is paper.

    What no gateway carries there, people do: a colleague's own telephone, then a call, then paper. Whoever likes
    letters best gets what is not urgent as one.
    """
    due_at = start
    if urgency is Urgency.ORDINARY:
        due_at = awake_at_home(start, guardian=recipient.guardian, school=known.school)
    is_lent = any((recipient.guardian.pk, one.pk) in known.lent for one in recipient.students)
    refused = right_missing(known, recipient) or (not_for_lent(content) if is_lent else None)
    if refused is not None:
        return Planned(recipient, content, due_at, not_reached=refused)
    liked = _preferred(known.points.get(recipient.guardian.pk, []), urgency)
    left = [point for point in liked if point.address_id not in except_addresses]
    points = [point for point in left if may_go_to(point, recipient.guardian)]
    usable = [point for point in points if may_not_use(point) is None]
    first = [point for point in usable if point is points[0] and urgency is Urgency.ORDINARY]
    on_paper = [] if is_lent else known.by_hand.get(Channel.PAPER, [])
    if posted := letter(known.school, on_paper, recipient, content, first, due_at):
        return Planned(recipient, content, due_at, *posted)  # they like it best, and nothing hurries
    found, obstacle = _by_message(known, recipient, content, points, due_at)
    found = found or _by_a_call(known, recipient, content, usable, due_at)
    if found is not None:
        return found
    paper = letter(known.school, on_paper, recipient, content, usable, due_at)
    if paper is None and None not in except_addresses:
        paper = with_the_child(known.school, on_paper, recipient, content, due_at)
    if paper is None:
        return Planned(recipient, content, due_at, not_reached=obstacle)
    return Planned(recipient, content, due_at, *paper)


def _by_message(
    known: Known,
    recipient: Recipient,
    content: Content,
    points: Sequence[ContactPoint],
    due_at: datetime,
) -> tuple[Planned | None, NotReached]:
    """The first address that an account of a gateway carries to, else that a colleague's own phone does.

    Without one, why the address they like best could not be used.
    """
    obstacle = NotReached.NO_ADDRESS
    for accounts in (known.accounts, known.by_hand):
        for position, point in enumerate(points):
            mine = accounts.get(point.address.channel, []) if point.address.channel != Channel.PAPER else []
            found = _try(known, mine, point, content, recipient.guardian, due_at)
            if not isinstance(found, NotReached):
                account, body, record_in = found
                due_at = hour_for(known.school, account, content, recipient.guardian, due_at)
                way = (point, point.address, account, account.channel, body, record_in)
                return Planned(recipient, content, due_at, *way), obstacle
            obstacle = found if position == 0 and accounts is known.accounts else obstacle
    return None, obstacle


def _preferred(points: Iterable[ContactPoint], urgency: Urgency) -> list[ContactPoint]:
    """In the family's order, but one in doubt or on trial after all others. What is urgent never goes as a note."""
    may = [one for one in points if urgency is not Urgency.URGENT or one.address.channel != Channel.PUSH]
    return sorted(may, key=lambda point: point.on_trial or point.address.state == AddressState.NOTICE_ONLY)


def may_not_use(point: ContactPoint) -> NotReached | None:
    """Why nothing goes to this address, whoever carries it."""
    if point.address.opted_out_at is not None:
        return NotReached.OPTED_OUT
    if not point.consented:
        return NotReached.NO_CONSENT
    if point.address.state == AddressState.BAD:
        return NotReached.BAD_ADDRESS
    return None


def _try(
    known: Known,
    accounts: Sequence[Account],
    point: ContactPoint,
    content: Content,
    guardian: Guardian,
    due_at: datetime,
) -> tuple[Account, Rendered, str] | NotReached:
    refused = may_not_use(point)
    if refused is not None:
        return refused
    why = NotReached.NO_ACCOUNT
    for account in accounts:
        try:
            record_in = wanted_from_a_person(known.voices, account, content, point, guardian)
            how = {"on_trial": point.on_trial, "will_be_recorded": bool(record_in)}
            reader = Reader(known.school, account, point.address, guardian.reading, due_at, **how)
            return account, render(content, reader), record_in
        except UnknownGateway:
            continue
        except NoVoice:
            why = NotReached.NO_VOICE
        except NoTemplate:
            why = NotReached.NO_TEMPLATE
        except TooPrivate:
            return NotReached.TOO_PRIVATE
    return why


def _by_a_call(
    known: Known, recipient: Recipient, content: Content, points: Sequence[ContactPoint], due_at: datetime
) -> Planned | None:
    """To a number of theirs, in the hours they may be rung."""
    guardian, school = recipient.guardian, known.school
    for account in known.by_hand.get(Channel.VOICE, []) if guardian.may_be_rung else []:
        for point in filter(can_be_rung, points):
            with contextlib.suppress(TooPrivate):
                reader = Reader(school, account, point.address, guardian.spoken, due_at)
                body = render(content, reader)
                later = hour_to_ring(due_at, guardian=guardian, school=school)
                at = due_at if content.urgent_reason else later
                return Planned(recipient, content, at, point, point.address, account, account.channel, body)
    return None


def right_missing(known: Known, recipient: Recipient) -> NotReached | None:
    """A right to each of the children is needed: one child's words never ride along on another's."""
    for student in recipient.students:
        may_receive, is_restricted = known.rights.get((recipient.guardian.pk, student.pk), (False, False))
        if is_restricted:
            return NotReached.RESTRICTED
        if not may_receive:
            return NotReached.NO_RIGHT
    return None


def not_for_lent(content: Content) -> NotReached | None:
    """Who gets words on another adult's word gets routine ones, and is asked nothing that each guardian is."""
    beyond = content.tier > Tier.L1 or (content.ask is not None and content.ask.of_each)
    return NotReached.NO_RIGHT if beyond else None


def known_of(school: School, guardians: Collection[int], *, on: date) -> Known:
    """Contact points, accounts and rights of these guardians. Three queries for any number of them."""
    points = ContactPoint.objects.in_school(school).filter(
        ended_at=None, unsafe_at=None, guardian__isnull=False
    )
    ties = Guardianship.objects.in_school(school).current(on=on)
    if len(guardians) <= FEW:
        points, ties = points.filter(guardian__in=guardians), ties.filter(guardian__in=guardians)
    barred = Restriction.objects.in_force(on=on).filter(
        scope=RestrictionScope.CONTACT, guardianship=OuterRef("pk")
    )
    stands = Case(When(still_lent(on), then=F("may_receive")), default=False, output_field=BooleanField())
    rows = ties.annotate(barred=Exists(barred), stands=stands).values_list(
        "guardian_id", "student_id", "stands", "barred", "lent_by_id"
    )
    by_guardian: dict[int, list[ContactPoint]] = defaultdict(list)
    for point in points.select_related("address").order_by("rank", "pk"):
        by_guardian[point.guardian_id or 0].append(point)
    by_channel: dict[str, list[Account]] = defaultdict(list)
    by_hand: dict[str, list[Account]] = defaultdict(list)
    for account in Account.objects.in_school(school).open():
        (by_hand if account.is_by_hand else by_channel)[account.channel].append(account)
    rights: dict[tuple[int, int], tuple[bool, bool]] = {}
    lent: set[tuple[int, int]] = set()
    own: set[tuple[int, int]] = set()
    for guardian, student, may, bar, lender in rows:
        other = rights.get((guardian, student), (False, False))
        rights[guardian, student] = (may or other[0], bar or other[1])
        (own if lender is None else lent).add((guardian, student))
    voices = spoken_here(school) if Channel.CALL in by_channel else frozenset()
    return Known(school, by_guardian, by_channel, by_hand, rights, lent - own, voices)
