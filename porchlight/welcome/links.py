"""Notice links: one item, routine words at most, seven days, on one device, and a GET changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from porchlight.accounts.models import Token, digest
from porchlight.conversations.links import register_links
from porchlight.conversations.models import Message
from porchlight.delivery.addressing import WRONG_NUMBER
from porchlight.delivery.models import Delivery
from porchlight.delivery.silence import gives_sign_of_life
from porchlight.families.models import Address, Guardian
from porchlight.families.models.addresses import AddressState
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import secret_key

PURPOSE = "notice_link"
LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link and what it opens: some messages of one guardian."""

    token: Token
    guardian: Guardian
    messages: QuerySet[Message]


@register_links
def make_links(school: School, messages: Mapping[int, Sequence[Message]]) -> Mapping[int, str]:
    """A link for each guardian's messages. Only digests are kept."""
    now = school_time.now()
    made: dict[int, str] = {}
    tokens: list[Token] = []
    for guardian, theirs in messages.items():
        secret = secret_key()
        subject = f"{school.pk}:{guardian}:{','.join(str(message.pk) for message in theirs)}"
        tokens.append(
            Token(
                purpose=PURPOSE,
                subject=subject,
                digest=digest(secret),
                created_at=now,
                expires_at=now + LASTS,
            )
        )
        made[guardian] = reverse("welcome:notice", kwargs={"school": school.slug, "secret": secret})
    Token.objects.bulk_create(tokens)
    return made


def look_up(secret: str, *, school: School, now: datetime) -> Opened | None:
    """What a link opens today, or None for anything else: expired, unknown, another school's, no longer theirs.

    Rights are looked up afresh, so a restriction closes it at once.
    """
    token = Token.objects.holding(secret, PURPOSE).live(now=now).of(school.pk).first()
    if token is None:
        return None
    _, guardian_id, listed = token.subject.split(":")
    ids = [int(pk) for pk in listed.split(",")]
    guardian = Guardian.objects.in_school(school).filter(pk=guardian_id, left_at=None).first()
    if guardian is None or _is_in_other_hands(school, ids):
        return None
    messages = Message.objects.visible_to(guardian.actor()).standing().filter(pk__in=ids, tier__lte=Tier.L1)
    return Opened(token, guardian, messages) if messages.exists() else None


def gave_sign_of_life(opened: Opened, *, now: datetime) -> None:
    """They answered behind this link: the numbers it went to are in use by the family."""
    sent = Delivery.objects.filter(parcel__messages__message__in=opened.messages, address__isnull=False)
    for address in Address.objects.filter(pk__in=sent.values("address")):
        gives_sign_of_life(address, now)


def _is_in_other_hands(school: School, message_ids: Sequence[int]) -> bool:
    """Whether an address these words went to is somebody else's by now, or may be."""
    return (
        Delivery.objects.in_school(school)
        .filter(parcel__messages__message__in=message_ids)
        .filter(
            Q(contact_point__ended_at__isnull=False)
            | Q(address__state=AddressState.NOTICE_ONLY)
            | Q(address__state_reason=WRONG_NUMBER)
        )
        .exists()
    )


def open_on(token: Token, browser: str) -> str | None:
    """Bind the link to the first browser that opens it and return that browser's mark; None for another one."""
    if not token.browser:
        mark = browser or secrets.token_urlsafe(24)
        taken = Token.objects.filter(pk=token.pk, browser="").update(browser=digest(mark))
        return mark if taken else None
    return browser if browser and secrets.compare_digest(token.browser, digest(browser)) else None


def is_bound_to(token: Token, browser: str) -> bool:
    """Whether this browser opened the link before."""
    return bool(browser) and secrets.compare_digest(token.browser, digest(browser))
