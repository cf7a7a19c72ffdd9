"""The number on a home's card: twelve digits that say whose card it is, and nothing to anybody who does not have it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.accounts.limits import Rate, give_back, take
from porchlight.accounts.models import Token, digest
from porchlight.activity.record import record
from porchlight.conversations.heard import Words, to_triage
from porchlight.conversations.models import TriageReason
from porchlight.families.models import Guardian
from porchlight.schools.actors import Actor, system
from porchlight.schools.models import School
from porchlight.toolbox.folding import digits

PURPOSE = "hello_card"
LASTS = timedelta(days=90)
FROM_ONE_PHONE = Rate(5, timedelta(days=1))
FOR_ONE_SCHOOL = Rate(300, timedelta(days=1))  # wrong ones: of a million million numbers
WRITTEN_DOWN = Rate(1, timedelta(days=1))
NUMBER = re.compile(r"(?<![\d+])(\d{4})[\s.-]?(\d{4})[\s.-]?(\d{4})(?!\d)")
LEAST, MOST = 10**11, 10**12  # none begins with a nought, which people leave out
LONGEST = 60  # letters around it; whoever writes more is telling something


class TooManyTries(Exception):
    """This phone, or the school's strangers together, have tried as many numbers as they may today."""


@transaction.atomic
def make_cards(guardians: Sequence[Guardian], *, school: School, by: Actor, now: datetime) -> dict[int, str]:
    """A fresh number for each adult, by their id. Those on cards printed earlier die."""
    subjects = {f"{school.pk}:{guardian.pk}": guardian for guardian in guardians}
    Token.objects.filter(purpose=PURPOSE, subject__in=subjects, used_at=None).update(used_at=now)
    made: dict[int, str] = {}
    for subject, guardian in subjects.items():
        code = f"{secrets.randbelow(MOST - LEAST) + LEAST}"
        Token.issue(purpose=PURPOSE, subject=subject, expires_at=now + LASTS, secret=_secret(school, code))
        made[guardian.pk] = code
        record("guardian.card_made", about=guardian, by=by)
    return made


def code_in(text: str) -> str:
    """The twelve digits in a short message, in whatever digits they were typed; empty when there are none."""
    found = NUMBER.search(digits(text)) if len(text) <= LONGEST else None
    return "".join(found.groups()) if found else ""


def without_code(text: str) -> str:
    """What was written around the number."""
    return NUMBER.sub("", digits(text)).strip()


def in_groups(code: str) -> str:
    """`4821 7390 6512`: as people read it out."""
    return f"{code[:4]} {code[4:8]} {code[8:]}"


def holder(code: str, *, school: School, words: Words, now: datetime) -> Guardian | None:
    """Whose card this is, while it lives. Wrong numbers are counted. Raises TooManyTries, even for a right one.

    `words`: the message that the number came in.
    """
    counted = f"card tries of:{school.pk}"
    if not take(f"card tries from:{school.pk}:{words.sender}", FROM_ONE_PHONE, now=now):
        raise TooManyTries
    if not take(counted, FOR_ONE_SCHOOL, now=now):
        _write_down_guessing(school, words, now)
        raise TooManyTries
    token = Token.objects.holding(_secret(school, code), PURPOSE).live(now=now).first()
    if token is None:
        return None
    give_back(counted)
    guardian = Guardian.objects.in_school(school).filter(pk=token.subject.split(":")[1], left_at=None)
    return guardian.first()


def _write_down_guessing(school: School, words: Words, now: datetime) -> None:
    """Once a day, in the record and the office's tray: somebody may be guessing, and no card works until it is over."""
    if take(f"card guessing of:{school.pk}", WRITTEN_DOWN, now=now):
        nobodys = Words(text="", channel=words.channel, at=now, sender=words.sender)
        to_triage(school, None, nobodys, TriageReason.CARDS_GUESSED)
        record("school.card_tries_used_up", about=school, by=system(school.pk), tries=FOR_ONE_SCHOOL.most)


def use_up(code: str, *, school: School, now: datetime) -> bool:
    """The card has done its work. False when it had before."""
    live = Token.objects.holding(_secret(school, code), PURPOSE).live(now=now)
    return bool(live.update(used_at=now))


def _secret(school: School, code: str) -> str:
    """A number of one school opens nothing at another."""
    return digest(f"{school.pk}:{code}")
