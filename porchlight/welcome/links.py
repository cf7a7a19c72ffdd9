"""Notice links: one item, routine words at most, seven days, on one device, and a GET changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from porchlight.accounts.models import Token, digest
from porchlight.conversations.links import register_links
from porchlight.conversations.models import Message
from porchlight.families.models import Guardian
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import secret_key

PURPOSE = "notice_link"
LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """What a link opens: some messages of one guardian."""

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


def find(secret: str, *, school: School, now: datetime) -> Token | None:
    """The live link of this school, or None for anything else: expired, unknown, another school's."""
    token = Token.objects.holding(secret, PURPOSE).live(now=now).first()
    return token if token is not None and token.subject.startswith(f"{school.pk}:") else None


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


def item(token: Token, school: School) -> Item | None:
    """What the link shows today: rights are looked up afresh, so a restriction closes it at once."""
    _, guardian_id, message_ids = token.subject.split(":")
    guardian = Guardian.objects.in_school(school).filter(pk=guardian_id, left_at=None).first()
    if guardian is None:
        return None
    messages = (
        Message.objects.visible_to(guardian.actor())
        .standing()
        .filter(pk__in=message_ids.split(","), tier__lte=Tier.L1)
        .select_related("thread__guardian", "thread__student", "staff", "rendering", "notice")
    )
    return Item(guardian, messages) if messages else None
