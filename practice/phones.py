"""The families' pretend phones: what arrived, what can be answered, and how each can be reached."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from practice.errors import Mistake

LINES_KEPT = 200  # per phone; older ones fall off
PHONES_KEPT = 20_000


@dataclass(slots=True)
class Option:
    """A button or list row that came with a message. `kind`: button, list or quick_reply."""

    key: str
    label: str
    kind: str = "button"
    description: str = ""


@dataclass(slots=True)
class Line:
    """One message on a phone, either way."""

    channel: str  # whatsapp, sms, telegram, email
    gateway: str
    account: str
    text: str
    at: datetime
    from_school: bool
    provider_id: str = ""
    reference: str = ""  # what the sender asked to have echoed
    subject: str = ""
    options: list[Option] = field(default_factory=list)
    list_label: str = ""  # the button that opens a list
    status: str = ""
    template: str = ""
    chosen: str = ""  # key of the option the family pressed
    from_network: bool = False  # said by the carrier itself, such as "you are unsubscribed"
    raw: Mapping[str, Any] = field(default_factory=dict)  # the request as it came
    headers: list[tuple[str, str]] = field(default_factory=list)  # mail
    html: str = ""  # mail
    states: dict[str, datetime] = field(default_factory=dict)
    error: str = ""
    rang: bool = False  # a missed call, not a message
    copies: str = ""  # what a press on "Copy code" puts into the clipboard
    enclosed: str = ""  # what came along, as the page names it
    sound: str = ""  # the id of a recording that can be played
    opens: str = ""  # the page behind a note on the screen
    file: str = ""  # the id of a picture or a letter that came with the words

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "at": self.at.isoformat(),
            "states": {name: at.isoformat() for name, at in self.states.items()},
        }


@dataclass(slots=True)
class Phone:
    """A family's device. `hides_number`: on WhatsApp under a user name, its number unknown to schools."""

    id: str
    owner: str = ""
    number: str = ""
    mailbox: str = ""
    channels: tuple[str, ...] = ()
    user_id: str = ""
    parent_user_id: str = ""
    telegram_id: str = ""  # digits; with it the phone has Telegram
    username: str = ""
    hides_number: bool = False
    switched_off: bool = False
    language: str = ""  # shown on the page only
    lines: deque[Line] = field(default_factory=lambda: deque(maxlen=LINES_KEPT))
    windows: dict[str, datetime] = field(default_factory=dict)  # WhatsApp account → last word from the family
    stopped: set[str] = field(
        default_factory=set
    )  # accounts whose carrier keeps this phone's STOP; bots it blocked
    begun: set[str] = field(default_factory=set)  # bots it pressed Start in, or wrote to
    changed: int = 0  # grows with every change; the page looks at it

    @property
    def wa_id(self) -> str:
        return "" if self.hides_number else self.number.removeprefix("+")

    @property
    def profile_name(self) -> str:
        return self.owner or self.username or self.id

    def add(self, line: Line) -> Line:
        self.lines.append(line)
        self.changed += 1
        return line

    def find(self, provider_id: str) -> Line | None:
        return next((line for line in reversed(self.lines) if line.provider_id == provider_id), None)

    def latest(self, channel: str) -> Line | None:
        """The newest message from the school on this channel."""
        return next((x for x in reversed(self.lines) if x.channel == channel and x.from_school), None)

    def as_json(self) -> dict[str, Any]:
        hidden = {"lines", "windows", "stopped", "begun"}
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in hidden}
        return {**plain, "messages": len(self.lines), "stopped": sorted(self.stopped), "begun": sorted(self.begun),
                "windows": {name: at.isoformat() for name, at in self.windows.items()}}  # fmt: skip


class Phones:
    """All phones of the town, found by number, WhatsApp identity or mailbox."""

    def __init__(self) -> None:
        self._all: dict[str, Phone] = {}
        self._by_number: dict[str, Phone] = {}
        self._by_user_id: dict[str, Phone] = {}
        self._by_mailbox: dict[str, Phone] = {}
        self._by_telegram_id: dict[str, Phone] = {}

    def __iter__(self) -> Iterator[Phone]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def register(self, values: Mapping[str, Any]) -> Phone:
        """Add a phone; one with the same id is replaced and hands its conversation on. Raises Mistake."""
        known = {"id", "owner", "number", "mailbox", "channels", "user_id", "parent_user_id", "username",
                 "telegram_id", "hides_number", "switched_off", "language", "begun"}  # fmt: skip
        if unknown := sorted(set(values) - known):
            raise Mistake(f"A phone has no {', '.join(unknown)}; it knows {', '.join(sorted(known))}.")
        begun = {str(name) for name in values.get("begun") or ()}
        phone = Phone(**{**values, "id": str(values.get("id") or ""), "channels": (), "begun": begun})
        _complete(phone, values.get("channels"))
        if phone.id not in self._all and len(self._all) >= PHONES_KEPT:
            raise Mistake(f"The town has room for {PHONES_KEPT} phones.")
        before = self._all.get(phone.id)
        if before:
            phone.lines, phone.windows = before.lines, before.windows
            phone.stopped, phone.begun = before.stopped, before.begun | begun
            phone.changed = before.changed + 1
        self.remove(phone.id)
        self._all[phone.id] = phone
        for index, key in self._keys(phone):
            if key and index.setdefault(key, phone) is not phone:
                self.remove(phone.id)
                raise Mistake(f"{key} already belongs to another phone.")
        return phone

    def remove(self, phone_id: str) -> None:
        phone = self._all.pop(phone_id, None)
        if phone:
            for index, key in self._keys(phone):
                if index.get(key) is phone:
                    del index[key]

    def renumber(self, phone: Phone, number: str) -> None:
        """Give a phone another number. Raises Mistake if it is somebody else's."""
        new = plain_number(number)
        if not new or self._by_number.get(new, phone) is not phone:
            raise Mistake(f"{number} cannot be this phone's number.")
        self._by_number.pop(phone.number, None)
        phone.number = new
        self._by_number[new] = phone
        phone.changed += 1

    def _keys(self, phone: Phone) -> list[tuple[dict[str, Phone], str]]:
        return [(self._by_number, phone.number), (self._by_user_id, phone.user_id),
                (self._by_telegram_id, phone.telegram_id), (self._by_mailbox, phone.mailbox.lower())]  # fmt: skip

    def get(self, phone_id: str) -> Phone:
        """Raises Mistake when there is none."""
        try:
            return self._all[phone_id]
        except KeyError:
            raise Mistake(f"No phone called {phone_id!r} lives in this town.") from None

    def by_number(self, number: str) -> Phone | None:
        return self._by_number.get(plain_number(number))

    def by_user_id(self, user_id: str) -> Phone | None:
        return self._by_user_id.get(user_id)

    def by_telegram_id(self, chat: str) -> Phone | None:
        return self._by_telegram_id.get(chat)

    def by_mailbox(self, mailbox: str) -> Phone | None:
        return self._by_mailbox.get(mailbox.strip().lower())

    def quieten(self) -> None:
        """Forget every message, window and STOP; keep the phones."""
        for phone in self:
            phone.lines.clear()
            phone.windows.clear()
            phone.stopped.clear()
            phone.begun.clear()
            phone.changed += 1


def plain_number(number: str) -> str:
    """`+` and digits, whatever punctuation it came with; empty for no number."""
    digits = re.sub(r"[^0-9]", "", number)
    return f"+{digits}" if digits else ""


def _complete(phone: Phone, channels: Any) -> None:
    """Fill in what follows from the rest, and refuse what can reach nobody."""
    phone.number = plain_number(phone.number)
    if channels is None:
        channels = ["whatsapp", "sms"] if phone.number else []
        channels += [name for name, has in (("telegram", phone.telegram_id), ("email", phone.mailbox)) if has]
    phone.channels = tuple(channels)
    if unknown := sorted(set(phone.channels) - {"whatsapp", "sms", "telegram", "push", "email", "call"}):
        raise Mistake(f"A phone has whatsapp, sms, telegram, push, email and call, not {', '.join(unknown)}.")
    phone.id = phone.id or (phone.number or phone.user_id or phone.telegram_id or phone.mailbox).lstrip("+")
    if not phone.id:
        raise Mistake("A phone needs an id, a number, a user_id or a mailbox.")
    if "whatsapp" in phone.channels and not phone.user_id:
        phone.user_id = "GB." + str(int(hashlib.sha256(phone.id.encode()).hexdigest(), 16))[:17]
    if "telegram" in phone.channels and not phone.telegram_id:
        phone.telegram_id = str(int(hashlib.sha256(phone.id.encode()).hexdigest(), 16))[:9]
    if not phone.number:
        phone.hides_number = "whatsapp" in phone.channels
    if phone.hides_number and not phone.username:
        phone.username = re.sub(r"[^a-z0-9]", "", phone.id.lower())[:30] or "family"
