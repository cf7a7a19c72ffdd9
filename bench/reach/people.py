"""Who climbs, what it takes, and when people at school carry something."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from bench.reach.town import Adult
from porchlight.delivery.content import AskSpec, Content
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.ladder.terms import Fate, Tried
from porchlight.schools.tiers import Tier

FOR = timedelta(hours=96)
OPENS, CLOSES, HANDED_OUT = time(8), time(16), time(14, 45)  # of school, and of slips
A_CALL = timedelta(minutes=4)
CALLERS = 2
MOMENT = timedelta(minutes=2)  # until a gateway says what became of it
# Pence: a text, a WhatsApp template, a mail; and people's minutes at 15 pounds an hour.
PRICES = {"sms": 4.0, "whatsapp": 1.8, "email": 0.05, "paper": 5.0, "call": 100.0, "errand": 150.0}
SAID = Content(
    text="School is closed tomorrow because of the flood.",
    language="en",
    tier=Tier.L1,
    sender_name="Ms Amal",
    page_path="/river/n/abc/",
    urgent_reason="Flood",
    ask=AskSpec("acknowledge", (Option("1", "Seen"),), "K4"),
)


@dataclass(slots=True)
class Gone:
    """One try, as it stands now."""

    channel: str
    address: int | None
    at: datetime
    fate: Fate
    sure: bool
    by_person: bool
    rings: int = 0

    def as_tried(self) -> Tried:
        return Tried(self.channel, self.address, self.at, self.fate, self.sure, self.by_person)


@dataclass(slots=True)
class Climber:
    """One adult's parcel on its ladder."""

    adult: Adult
    gone: list[Gone] = field(default_factory=list)
    reached_at: datetime | None = None
    listed_at: datetime | None = None
    looks: int = 0  # a look that was planned before a later one counts no more
    sent_on: list[datetime] = field(default_factory=list)

    def in_hand(self) -> bool:
        return self.listed_at is not None or any(
            one.by_person and one.fate is Fate.WAITING for one in self.gone
        )


@dataclass(slots=True)
class Spent:
    """What it took."""

    messages: int = 0
    calls: int = 0  # rings, made by people
    slips: int = 0
    errands: int = 0
    pence: float = 0.0


def at_work(moment: datetime) -> datetime:
    """The first moment from here on at which somebody is at school. London is an hour ahead of UTC then."""
    local = moment + timedelta(hours=1)
    if local.time() >= CLOSES:
        local = datetime.combine(local.date() + timedelta(days=1), OPENS, UTC)
    elif local.time() < OPENS:
        local = datetime.combine(local.date(), OPENS, UTC)
    while local.weekday() > 4:
        local = datetime.combine(local.date() + timedelta(days=1), OPENS, UTC)
    return local - timedelta(hours=1)


def next_handing_out(moment: datetime) -> datetime:
    """Slips go home with the children at the end of a school day."""
    local = moment + timedelta(hours=1)
    day = local.date() + timedelta(days=local.time() > HANDED_OUT)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, HANDED_OUT, UTC) - timedelta(hours=1)
