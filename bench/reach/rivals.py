"""Two usual ways to reach homes, on the same town: one app push with an e-mail, and a text to every first number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.reach.people import PRICES
from bench.reach.town import Adult, Holds, Town
from porchlight.families.models import Channel


@dataclass(frozen=True, slots=True)
class Blast:
    """What it came to. Nobody looks after what did not arrive, so nobody has it on a list."""

    reached: dict[int, datetime]
    messages: int
    pence: float


def push_and_mail(town: Town, begins: datetime) -> Blast:
    """Whoever has the app gets a push at once; whoever has a mailbox gets a mail, and reads it in their time."""
    reached: dict[int, datetime] = {}
    messages, pence = 0, 0.0
    for adult in town.adults:
        if adult.has_app:
            messages += 1
            _note(reached, adult, begins)
        if any(point.address.channel == Channel.EMAIL for point in adult.points):
            messages += 1
            pence += PRICES["email"]
            if adult.mail_works and adult.mail_read_after is not None:
                _note(reached, adult, begins + adult.mail_read_after)
    return Blast(reached, messages, pence)


def texts_to_all(town: Town, begins: datetime) -> Blast:
    """One text to each adult's first number. A dark phone gets it when it is back, as carriers keep it for two days."""
    reached: dict[int, datetime] = {}
    messages = 0
    for adult in town.adults:
        first = next((point for point in adult.points if point.address.channel == Channel.SMS), None)
        if first is None:
            continue
        messages += 1
        phone = adult.phones[first.address.pk]
        if phone.holds is Holds.THEIRS:
            _note(reached, adult, begins + timedelta(minutes=2))
        elif phone.holds is Holds.DARK and phone.back_after < timedelta(hours=48):
            _note(reached, adult, begins + phone.back_after)
    return Blast(reached, messages, messages * PRICES["sms"])


def _note(reached: dict[int, datetime], adult: Adult, at: datetime) -> None:
    reached[adult.home] = min(reached.get(adult.home, at), at)
