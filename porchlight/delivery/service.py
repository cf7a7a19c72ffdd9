"""Service messages: codes, confirmations, alerts. A closed list of kinds, no thread, never a child's content."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.delivery import words
from porchlight.delivery.content import SECRET_KINDS, Content, ServiceKind, Urgency
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Account, Delivery, Parcel
from porchlight.delivery.quiet import awake_at_home
from porchlight.delivery.rendering import NoTemplate, Reader, Rendered, render
from porchlight.delivery.strangers import free_until, window_of_stranger
from porchlight.delivery.waking import wake_on_commit
from porchlight.families.models import Address, Channel, Guardian
from porchlight.languages.phrase_list import PHRASES
from porchlight.schools.models import School
from porchlight.toolbox import school_time

AT_ONCE = 0  # Delivery.priority: somebody waits for it
SPEAKS_TO_THE_OPTED_OUT = {ServiceKind.STOP_CONFIRMED, ServiceKind.START_CONFIRMED, ServiceKind.HELP}
_LIVES = {ServiceKind.SIGN_IN_CODE: timedelta(minutes=10), ServiceKind.SIGN_IN_LINK: timedelta(minutes=10)}
_OTHERS_LIVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RawAddress:
    """Somewhere we keep no Address for: a number typed on a set-up page, a stranger who wrote STOP."""

    channel: str
    value: str
    user_id: str = ""


@transaction.atomic
def serve(
    *,
    school: School,
    kind: ServiceKind,
    to: Address | RawAddress,
    language: str,
    now: datetime,
    account: Account | None = None,
    **places: object,
) -> Parcel | None:
    """Send a service message at once, whatever the hour: somebody asked for it or waits for it.

    `account` answers on the line something came in on; otherwise the school's first on the channel is used.
    Returns None when no account can carry it.
    """
    return _served(school, kind, to, language, now, account, now, places)


@transaction.atomic
def serve_not_before(
    not_before: datetime, *, school: School, kind: ServiceKind, to: Address | RawAddress, now: datetime
) -> Parcel | None:
    """The same to a colleague, in the school's language, for what can wait until they work."""
    return _served(school, kind, to, school.language, now, None, not_before, {})


@transaction.atomic
def serve_when_awake(
    *, school: School, kind: ServiceKind, to: Address, guardian: Guardian, now: datetime, **places: object
) -> Parcel | None:
    """The same, for what nobody waits for: not before that home is awake."""
    awake = awake_at_home(now, guardian=guardian, school=school)
    return _served(school, kind, to, guardian.reading, now, None, awake, places)


def _served(
    school: School,
    kind: ServiceKind,
    to: Address | RawAddress,
    language: str,
    now: datetime,
    account: Account | None,
    due_at: datetime,
    places: dict[str, object],
) -> Parcel | None:
    if to.channel == Channel.PUSH and kind is not ServiceKind.TEST_MESSAGE:
        return None  # a note on a screen says that news waits, and carries no words
    for carrier in (
        [account]
        if account
        else Account.objects.in_school(school).open().on_a_wire().filter(channel=to.channel)
    ):
        kept = _kept(to, carrier, now)
        body = _body(school, kind, kept, language, carrier, now, places)
        if body is not None:
            return _write(school, kind, kept, language, carrier, body, due_at)
    return None


def can_serve(
    *,
    school: School,
    kind: ServiceKind,
    to: Address,
    language: str,
    now: datetime,
    account: Account,
    **places: object,
) -> bool:
    """Whether this account could carry it there now. Asks no database."""
    return _body(school, kind, to, language, account, now, places) is not None


def _body(
    school: School,
    kind: ServiceKind,
    to: Address,
    language: str,
    account: Account,
    now: datetime,
    places: dict[str, object],
) -> Rendered | None:
    text = words.service(kind, language, school=school, places=places)
    code = str(places.get("code", "")) if kind is ServiceKind.SIGN_IN_CODE else ""
    content = Content(text=text, language=language, tier=PHRASES[kind].tier, code=code)
    try:
        return render(content, Reader(school, account, to, language, now))
    except (NoTemplate, UnknownGateway):
        return None


def _kept(to: Address | RawAddress, account: Account, now: datetime) -> Address:
    """The address itself; of one we keep none for, the same in hand, with the window that their words opened."""
    if isinstance(to, Address):
        return to
    found = Address(channel=to.channel, value=to.value, user_id=to.user_id)
    with contextlib.suppress(UnknownGateway):
        found.window_until = window_of_stranger(account, to.value, to.user_id, now)
    return found


def _write(
    school: School,
    kind: ServiceKind,
    to: Address,
    language: str,
    account: Account,
    body: Rendered,
    due_at: datetime,
) -> Parcel:
    parcel = Parcel.objects.create(
        school=school,
        service_kind=kind,
        tier=PHRASES[kind].tier,
        urgency=Urgency.URGENT,
        language=language,
        text="" if kind in SECRET_KINDS else body.text,
        created_at=school_time.now(),
        expires_at=due_at + _LIVES.get(kind, _OTHERS_LIVE),
    )
    delivery = Delivery.objects.create(
        school=school,
        parcel=parcel,
        address=to if to.pk else None,
        account=account,
        channel=account.channel,
        to=to.value or to.user_id,
        to_is_user_id=not to.value,
        priority=AT_ONCE,
        body=body.as_json() if to.pk else body.as_json() | free_until(to),
        is_personal=body.is_personal,
        due_at=due_at,
        created_at=parcel.created_at,
    )
    wake_on_commit([delivery])
    return parcel
