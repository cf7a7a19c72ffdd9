"""The code on a slip of paper: eight letters by which whoever holds it can begin to write with the school.

It opens what the slip says, and no more. A number that comes with it is laid before the office, which asks the family.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from porchlight.accounts.models import Token, digest
from porchlight.delivery.content import Recipient
from porchlight.delivery.models import Delivery
from porchlight.delivery.planning import known_of, right_missing
from porchlight.families.models import Channel
from porchlight.schools.models import School
from porchlight.toolbox.keys import ALPHABET

PURPOSE = "slip"
LASTS = timedelta(days=60)
LOOKED_AT = 300  # letters of a message: whoever sends a code begins with it, or nearly
MOST_CODES = 5  # in them: anybody may write, and many words have four letters or eight
LETTERS = 8  # 31 letters each: one in 850 thousand million
A_CODE = re.compile(rf"(?<![{ALPHABET}])([{ALPHABET}]{{4}})[\s-]?([{ALPHABET}]{{4}})(?![{ALPHABET}])")
_IN_WORDS = re.compile(  # every place where one may begin: the word before it may look like its first half
    rf"(?<![{ALPHABET}])(?=([{ALPHABET}]{{4}})[\s-]?([{ALPHABET}]{{4}})(?![{ALPHABET}]))"
)


def code_of(delivery: Delivery) -> str:
    """Always the same for a slip, so that printing it again makes no earlier print worthless."""
    said = f"slip:{delivery.school_id}:{delivery.reference}".encode()
    made = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in made[:LETTERS])


def shown(code: str) -> str:
    """As it is printed: `7K2M 9PQR`."""
    return f"{code[:4]} {code[4:]}".upper()


def keep_codes(deliveries: Iterable[Delivery], now: datetime) -> None:
    """From being planned on, the code of each that is a slip is known for some weeks. Only digests are kept."""
    Token.objects.bulk_create(
        [
            Token(
                purpose=PURPOSE,
                subject=f"{one.school_id}:{one.reference}",
                digest=digest(_secret(one.school_id, code_of(one))),
                created_at=now,
                expires_at=now + LASTS,
            )
            for one in deliveries
            if one.channel == Channel.PAPER
        ],
        ignore_conflicts=True,
    )


def slip_in(text: str, *, school: School, now: datetime) -> Delivery | None:
    """The slip whose code stands in these words, while the adult it went to may still hear of the child."""
    found = ["".join(one.groups()) for one in _IN_WORDS.finditer(text[:LOOKED_AT].lower())]
    found.sort(key=str.isalpha)  # nearly every code has a figure in it, and no word has
    digests = [digest(_secret(school.pk, one)) for one in found[:MOST_CODES]]
    if not digests:
        return None
    live = Token.objects.filter(digest__in=digests, purpose=PURPOSE).live(now=now)
    token = min(live, key=lambda one: digests.index(one.digest), default=None)
    return None if token is None else _still_theirs(token.subject.split(":")[1], school, now)


def _still_theirs(reference: str, school: School, now: datetime) -> Delivery | None:
    rows = Delivery.objects.in_school(school).select_related("parcel__guardian")
    slip = rows.prefetch_related("parcel__about__student").filter(reference=reference).first()
    if slip is None or slip.parcel.guardian is None or slip.parcel.guardian.left_at is not None:
        return None
    who = Recipient(slip.parcel.guardian, tuple(about.student for about in slip.parcel.about.all()))
    known = known_of(school, {who.guardian.pk}, on=school.local(now).date())
    return None if right_missing(known, who) else slip


def _secret(school_id: int, code: str) -> str:
    return f"{school_id}:{code}"
