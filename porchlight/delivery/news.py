"""Notes on a family's own screen that news waits: turned on by the family, in its own browser, and off again.

A note carries no words and opens nothing by itself. So it may be turned on without anybody's call back, unlike a
number; and it counts as reached only when the page behind it was opened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.changing.actions import prefer
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.gateways.web_push import vapid
from porchlight.delivery.gateways.web_push.line import place_of
from porchlight.delivery.gateways.web_push.subscription import Subscription
from porchlight.delivery.models import Account, Delivery
from porchlight.families.models import Address, AddressState, Channel, Consent, ContactPoint, Guardian
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

SOURCE = "own page: notes on this screen"  # Consent.source
MOST_SCREENS = 5  # of one adult; the oldest makes room

type PageMaker = Callable[[str, str], str]
_makers: list[PageMaker] = []


def register_news_page(maker: PageMaker) -> PageMaker:
    """`maker(school's short name, a delivery's reference)` is the path of the page a tap opens."""
    _makers[:] = [maker]
    return maker


def news_page(slug: str, reference: str) -> str:
    """The path of the page behind a note; the school's front door behind one that is a test."""
    return _makers[0](slug, reference) if _makers and reference else f"/{slug}/"


def public_key_of(account: Account | None) -> str:
    """What a browser is shown before it says yes; empty where the account tells no screens or its key is lost."""
    if account is None or account.channel != Channel.PUSH:
        return ""
    try:
        return vapid.public_of(vapid.key_in(account.secrets_that_open))
    except vapid.NoKey:
        return ""


def public_key(school: School) -> str:
    """Of the school's account; empty where it has none."""
    return public_key_of(_account(school))


def _account(school: School) -> Account | None:
    return Account.objects.in_school(school).open().filter(channel=Channel.PUSH).first()


@transaction.atomic
def turn_on(
    guardian: Guardian, browser: Subscription, *, words: str, by: Actor, now: datetime
) -> ContactPoint:
    """This browser is told of news from now on, before any other way. Raises NotPublic, NotASubscription.

    `words` are those of the button: what they agreed to.
    """
    school = guardian.school
    account = _account(school)
    place_of(account.settings if account is not None else {}, browser.endpoint)
    address, _made = Address.objects.get_or_create(school=school, channel=Channel.PUSH, user_id=browser.line)
    address.state, address.state_reason, address.opted_out_at = AddressState.GOOD, "", None
    address.confirmed_at = now
    address.save(update_fields=["state", "state_reason", "opted_out_at", "confirmed_at"])
    point, made = ContactPoint.objects.get_or_create(
        school=school, address=address, guardian=guardian, ended_at=None, defaults={"consented": True}
    )
    if not point.consented:
        ContactPoint.objects.filter(pk=point.pk).update(consented=True)
    _write_ledger([point], given=True, words=words, now=now)
    prefer(point, by=by)
    for old in screens_of(guardian)[MOST_SCREENS:]:
        turn_off(old, by=by, now=now)
    if made:
        record("news.turned_on", about=point, by=by)
    return point


def screens_of(guardian: Guardian) -> list[ContactPoint]:
    """Where this adult is told of news, the newest first."""
    points = ContactPoint.objects.in_school(guardian.school_id).filter(
        guardian=guardian, ended_at=None, address__channel=Channel.PUSH
    )
    return list(points.select_related("address").order_by("-created_at", "-pk"))


@transaction.atomic
def turn_off(point: ContactPoint, *, by: Actor, now: datetime) -> None:
    """Nothing goes to this screen any more, what waits neither: the last check sees that the way has ended."""
    if ContactPoint.objects.filter(pk=point.pk, ended_at=None).update(ended_at=now, consented=False):
        _write_ledger([point], given=False, words="", now=now)
        record("news.turned_off", about=point, by=by)


def end_browser(address: Address, now: datetime) -> None:
    """Its push service says that nobody is told there any more."""
    points = list(ContactPoint.objects.filter(address=address, ended_at=None))
    ContactPoint.objects.filter(pk__in=[point.pk for point in points]).update(ended_at=now, consented=False)
    _write_ledger(points, given=False, words="the browser was told nothing any more", now=now)


@transaction.atomic
def opened(delivery: Delivery, now: datetime) -> int:
    """The page behind a note was opened: so were all that wait on it about the same child. Returns how many."""
    students = delivery.parcel.about.values("student")
    there = Delivery.objects.in_school(delivery.school_id).filter(
        channel=Channel.PUSH, status=Status.SENT, stopped="", parcel__guardian=delivery.parcel.guardian_id
    )
    mine = there.filter(parcel__about__student__in=students, sent_at__lte=now).values("pk")
    return Delivery.objects.filter(pk__in=mine).update(status=Status.READ, status_at=now)


def _write_ledger(points: list[ContactPoint], *, given: bool, words: str, now: datetime) -> None:
    Consent.objects.bulk_create(
        Consent(school_id=one.school_id, contact_point=one, given=given, source=SOURCE, wording=words, at=now)
        for one in points
    )
