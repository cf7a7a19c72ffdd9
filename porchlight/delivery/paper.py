"""What goes on paper: a letter to a postal address of theirs, or what goes home with the child."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from porchlight.delivery.content import Content, Recipient
from porchlight.delivery.gateways.by_hand import Letters
from porchlight.delivery.models import Account
from porchlight.delivery.rendering import Reader, Rendered, TooPrivate, render
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.schools.models import School

type PaperWay = tuple[ContactPoint | None, Address | None, Account, str, Rendered]


def letter(
    school: School,
    accounts: Iterable[Account],
    to: Recipient,
    content: Content,
    points: Sequence[ContactPoint],
    at: datetime,
) -> PaperWay | None:
    """To the first of these ways that is a postal address; None where there is none, or the school posts nothing."""
    letters = [one for one in accounts if one.gateway == Letters.name]
    for point in points:
        for account in letters if point.address.channel == Channel.PAPER else ():
            with contextlib.suppress(TooPrivate):
                reader = Reader(
                    school, account, point.address, to.guardian.reading, at, on_trial=point.on_trial
                )
                return point, point.address, account, account.channel, render(content, reader)
    return None


def with_the_child(
    school: School, accounts: Iterable[Account], to: Recipient, content: Content, at: datetime
) -> PaperWay | None:
    """A slip, or a letter where the school hands out no slips. It has no address: it goes home with the child."""
    for account in accounts if to.students else ():
        with contextlib.suppress(TooPrivate):
            nowhere = Address(channel=Channel.PAPER)
            body = render(content, Reader(school, account, nowhere, to.guardian.reading, at))
            return None, None, account, account.channel, body
    return None
