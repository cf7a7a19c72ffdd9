"""A town of homes whose phones fail, change owner, go dark and answer late. Drawn from a seed, with stated odds.

The odds are assumptions, written here to be argued with; all three ways to reach homes meet the same draw.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from porchlight.delivery.models import Account
from porchlight.delivery.planning import Known
from porchlight.families.models import Address, Channel, ContactPoint, Guardian, Student
from porchlight.schools.models import School

# The odds, each of one adult or one number.
TWO_ADULTS, LIVE_APART = 0.62, 0.18
HAS_NUMBER, HAS_WHATSAPP, HAS_SECOND_NUMBER, HAS_MAIL = 0.96, 0.72, 0.22, 0.48
NUMBER_DEAD, NUMBER_OTHER_OWNER, NUMBER_DARK = 0.05, 0.04, 0.07
NOT_ON_WHATSAPP_AFTER_ALL, MAIL_BOUNCES = 0.08, 0.05
NO_RECEIPT = 0.10  # the carrier never says that a text arrived
STRANGER_SAYS_SO = 0.20  # whoever has the number now writes “not me”
ANSWERS, ANSWERS_WITHIN = 0.62, (0.1, 60.0)  # of those it reached; hours, most of them early
READS_MAIL, READS_WITHIN = 0.70, (0.2, 48.0)
PICKS_UP = 0.60  # at each ring, by its owner
USED_LATELY, USED_LATELY_BY_NOW_ANOTHERS = 0.60, 0.06
SLIP_GETS_HOME = 0.93
HAS_APP, APP_ALIVE = 0.42, 0.78


class Holds(enum.StrEnum):
    """Whose a number is in truth, which nobody at school knows."""

    THEIRS = "theirs"
    DEAD = "dead"
    ANOTHERS = "anothers"
    DARK = "dark"  # theirs, and switched off or out of reach


@dataclass(slots=True)
class Phone:
    """One number in truth."""

    holds: Holds
    back_after: timedelta = timedelta()  # of a dark one
    on_whatsapp: bool = True
    receipts: bool = True
    stranger_says_so: bool = False


@dataclass(slots=True)
class Adult:
    """One adult, what the school has of them, and what is true."""

    guardian: Guardian
    student: Student
    home: int
    points: list[ContactPoint] = field(default_factory=list)
    phones: dict[int, Phone] = field(default_factory=dict)  # by address id
    mail_works: bool = False
    mail_read_after: timedelta | None = None
    answers_after: timedelta | None = None
    has_app: bool = False

    def phone_works(self) -> bool:
        """A number that is theirs and switched on."""
        return any(phone.holds is Holds.THEIRS for phone in self.phones.values())


@dataclass(slots=True)
class Town:
    """The homes, and the school as planning knows it."""

    school: School
    adults: list[Adult]
    known: Known
    slips_that_get_home: set[int]  # guardian ids
    rng: random.Random

    def homes(self) -> dict[int, list[Adult]]:
        """By number."""
        found: dict[int, list[Adult]] = {}
        for adult in self.adults:
            found.setdefault(adult.home, []).append(adult)
        return found

    def working(self) -> set[int]:
        """Homes with any contact that works: a phone of theirs that is on, or a mailbox that is read in a day."""
        day = timedelta(hours=24)
        return {
            one.home
            for one in self.adults
            if one.phone_works()
            or (one.mail_works and one.mail_read_after is not None and one.mail_read_after < day)
        }


def draw(homes: int, seed: int) -> Town:
    """A town of so many homes. The same seed draws the same."""
    rng = random.Random(seed)
    school = School(pk=1, slug="river", name="River School", timezone="Europe/London", phone="01632 960001")
    adults: list[Adult] = []
    doors_drawn = 0
    while doors_drawn < homes:
        child = len({one.student.pk for one in adults})
        student = Student(pk=child + 1, school=school, name=f"Child{child} Rivers")
        doors = [doors_drawn]
        if rng.random() < TWO_ADULTS:
            apart = rng.random() < LIVE_APART and doors_drawn + 1 < homes
            doors.append(doors_drawn + 1 if apart else doors_drawn)
        adults += [
            _adult(rng, school, student, door, len(adults) + place + 1) for place, door in enumerate(doors)
        ]
        doors_drawn = doors[-1] + 1
    known = Known(
        school=school,
        points={one.guardian.pk: one.points for one in adults},
        accounts=_accounts(school),
        by_hand=_by_hand(school),
        rights={(one.guardian.pk, one.student.pk): (True, False) for one in adults},
        lent=set(),
    )
    slips = {one.guardian.pk for one in adults if rng.random() < SLIP_GETS_HOME}
    return Town(school, adults, known, slips, rng)


def _adult(rng: random.Random, school: School, student: Student, home: int, pk: int) -> Adult:
    guardian = Guardian(pk=pk, school=school, name=f"Adult {pk}", speaks="en", reads="en")
    adult = Adult(guardian, student, home)
    if rng.random() < HAS_NUMBER:
        _numbers(rng, adult, f"+44770{pk:07d}", whatsapp=rng.random() < HAS_WHATSAPP)
        if rng.random() < HAS_SECOND_NUMBER:
            _numbers(rng, adult, f"+44771{pk:07d}", whatsapp=False)
    if rng.random() < HAS_MAIL:
        _point(adult, Channel.EMAIL, f"adult{pk}@example.org", used=None)
        adult.mail_works = rng.random() >= MAIL_BOUNCES
        if rng.random() < READS_MAIL:
            adult.mail_read_after = _hours(rng, READS_WITHIN)
    if rng.random() < ANSWERS:
        adult.answers_after = _hours(rng, ANSWERS_WITHIN)
    adult.has_app = rng.random() < HAS_APP and rng.random() < APP_ALIVE
    return adult


def _numbers(rng: random.Random, adult: Adult, number: str, *, whatsapp: bool) -> None:
    thrown = rng.random()
    limits = (
        (NUMBER_DEAD, Holds.DEAD),
        (NUMBER_DEAD + NUMBER_OTHER_OWNER, Holds.ANOTHERS),
        (NUMBER_DEAD + NUMBER_OTHER_OWNER + NUMBER_DARK, Holds.DARK),
    )
    holds = next((what for limit, what in limits if thrown < limit), Holds.THEIRS)
    phone = Phone(
        holds,
        back_after=timedelta(hours=rng.uniform(2, 120)),
        on_whatsapp=rng.random() >= NOT_ON_WHATSAPP_AFTER_ALL,
        receipts=rng.random() >= NO_RECEIPT,
        stranger_says_so=rng.random() < STRANGER_SAYS_SO,
    )
    lately = USED_LATELY if holds in (Holds.THEIRS, Holds.DARK) else USED_LATELY_BY_NOW_ANOTHERS
    used = MONDAY - timedelta(days=9) if rng.random() < lately else None
    for channel in ([Channel.WHATSAPP] if whatsapp else []) + [Channel.SMS]:
        adult.phones[_point(adult, channel, number, used=used)] = phone


def _point(adult: Adult, channel: str, value: str, *, used: datetime | None) -> int:
    pk = adult.guardian.pk * 10 + len(adult.points)
    address = Address(pk=pk, school=adult.guardian.school, channel=channel, value=value, confirmed_at=used)
    rank = len(adult.points) + 1
    point = ContactPoint(pk=pk, address=address, guardian=adult.guardian, rank=rank, consented=True)
    adult.points.append(point)
    return pk


def _hours(rng: random.Random, between: tuple[float, float]) -> timedelta:
    """Early ones are more: the square of an even throw."""
    first, last = between
    return timedelta(hours=first + (last - first) * rng.random() ** 3)


def _accounts(school: School) -> dict[str, list[Account]]:
    approved = {"templates": "porchlight_notice en\nporchlight_general en"}
    return {
        Channel.WHATSAPP: [
            Account(
                pk=1, school=school, gateway="whatsapp_cloud", channel=Channel.WHATSAPP, settings=approved
            )
        ],
        Channel.SMS: [Account(pk=2, school=school, gateway="twilio_sms", channel=Channel.SMS)],
        Channel.EMAIL: [Account(pk=3, school=school, gateway="email", channel=Channel.EMAIL)],
    }


def _by_hand(school: School) -> dict[str, list[Account]]:
    return {
        Channel.VOICE: [Account(pk=4, school=school, gateway="call_list", channel=Channel.VOICE)],
        Channel.PAPER: [Account(pk=5, school=school, gateway="slips", channel=Channel.PAPER)],
    }


MONDAY = datetime(2026, 10, 12, 0, 0, tzinfo=UTC)


def within(times: Sequence[datetime | None], start: datetime, hours: float) -> int:
    """How many happened in so many hours."""
    end = start + timedelta(hours=hours)
    return sum(one is not None and one <= end for one in times)
