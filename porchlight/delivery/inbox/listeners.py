"""How what was heard goes up: rooms above register here, delivery never calls them by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from porchlight.delivery.gateways.contract import Heard, MissedCall, Sender
from porchlight.delivery.models import Account, Attachment, InboundEvent
from porchlight.families.models import Address
from porchlight.languages.understood import Understood
from porchlight.schools.models import School


@dataclass(frozen=True, slots=True)
class HeardFrom:
    """Words that came in. Without an address the sender is unknown to this school, and a person looks at it.

    `wish` is set when the words asked something of the address itself, which was done already: what goes up is for
    people to see.
    """

    school: School
    account: Account
    address: Address | None
    sender: Sender
    heard: Heard
    inbound: InboundEvent
    wish: Understood | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def sender_shown(self) -> str:
        """Number, mailbox or identity, as the office may see it."""
        return shown(self.sender)


@dataclass(frozen=True, slots=True)
class CallMissed:
    """A home let it ring once."""

    school: School
    account: Account
    address: Address | None
    sender: Sender
    call: MissedCall
    inbound: InboundEvent

    @property
    def sender_shown(self) -> str:
        """Number, as the office may see it."""
        return shown(self.sender)


type HeardHandler = Callable[[HeardFrom], str]
type MissedCallHandler = Callable[[CallMissed], str]
type StatusHandler = Callable[[int, Sequence[int]], None]
type TroubleHandler = Callable[["Trouble"], None]

_heard: list[HeardHandler] = []
_missed: list[MissedCallHandler] = []
_status: list[StatusHandler] = []
_trouble: list[TroubleHandler] = []


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something only people can mend. `kind` is a code; `sentence`, in English, says what happened and what to do."""

    school: School
    kind: str  # lane_held, template_held, address_bad, address_demoted
    sentence: str
    account: Account | None = None
    address: Address | None = None
    text: str = ""  # the approved text that is held, `name:language`


def on_heard(handler: HeardHandler) -> HeardHandler:
    """The handler returns in a word where the words ended up; it may run twice for the same event."""
    return _register(handler, _heard)


def on_missed_call(handler: MissedCallHandler) -> MissedCallHandler:
    """As `on_heard`, for a call that was let ring."""
    return _register(handler, _missed)


def on_status(handler: StatusHandler) -> StatusHandler:
    """The handler gets the school's id, and those of deliveries whose status grew or that were stopped."""
    return _register(handler, _status)


def on_trouble(handler: TroubleHandler) -> TroubleHandler:
    """The handler hears of what the office must mend: a held account, a number that is gone."""
    return _register(handler, _trouble)


def tell_heard(event: HeardFrom) -> str:
    """Let the rooms above hear it; what they say became of it."""
    return ", ".join(handler(event) for handler in _heard) or "nobody listens"


def tell_missed_call(event: CallMissed) -> str:
    """Let the rooms above know."""
    return ", ".join(handler(event) for handler in _missed) or "nobody listens"


def tell_status(school_id: int, delivery_ids: Sequence[int]) -> None:
    """Let the rooms above know how far these came. In the school's context."""
    for handler in _status if delivery_ids else ():
        handler(school_id, delivery_ids)


def tell_trouble(trouble: Trouble) -> None:
    """Let the rooms above know."""
    for handler in _trouble:
        handler(trouble)


def shown(sender: Sender) -> str:
    """The sender as the office reads it."""
    return sender.number or sender.mailbox or sender.user_id


def _register[H](handler: H, handlers: list[H]) -> H:
    if handler not in handlers:
        handlers.append(handler)
    return handler
