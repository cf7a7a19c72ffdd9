"""What a family can do with their phone: write, press an option, send STOP, ring once, answer a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practice.accounts import Account, TwilioAccount, WhatsAppAccount
from practice.errors import Mistake
from practice.phones import Line, Option, Phone
from practice.town import Town
from practice.twilio import Twilio
from practice.whatsapp import WhatsApp


@dataclass(frozen=True, slots=True)
class Gateways:
    """The pretend gateways, by which a phone answers."""

    whatsapp: WhatsApp
    twilio: Twilio


def answer(town: Town, gateways: Gateways, phone: Phone, values: Mapping[str, Any]) -> Line:
    """Do what `values` says, on `channel`: `text`, or `choice` (an option's key), or `stop`.

    `account` names the school's account; without it, the one that wrote last on that channel. Raises Mistake.
    """
    channel = str(values.get("channel") or _favourite(phone))
    if channel not in phone.channels:
        raise Mistake(f"{phone.id} has no {channel}.")
    account = _account(town, phone, channel, str(values.get("account") or ""))
    text = "STOP" if values.get("stop") else str(values.get("text") or "")
    about, option = _option(phone, channel, values)
    if option is None and not text.strip():
        raise Mistake("There is nothing to say: give text, choice or stop.")
    if about and option:
        about.chosen = option.key
    if isinstance(account, WhatsAppAccount):
        return gateways.whatsapp.say(account, phone, text, option, about)
    if isinstance(account, TwilioAccount):
        return gateways.twilio.say(account, phone, text)
    raise Mistake(f"Nothing can be said through {account.gateway} yet.")


def _favourite(phone: Phone) -> str:
    last = next((line for line in reversed(phone.lines) if line.from_school), None)
    return last.channel if last else (phone.channels[0] if phone.channels else "")


def _account(town: Town, phone: Phone, channel: str, name: str) -> Account:
    candidates = town.accounts_for(channel)
    last = phone.latest(channel)
    wanted = name or (last.account if last else "")
    for account in candidates:
        if not wanted or account.name == wanted:
            return account
    raise Mistake(f"No school has an account for {channel} here{f' called {wanted!r}' if wanted else ''}.")


def _option(phone: Phone, channel: str, values: Mapping[str, Any]) -> tuple[Line | None, Option | None]:
    """The message and its option that `choice` (and perhaps `message`) names."""
    choice, message = str(values.get("choice") or ""), str(values.get("message") or "")
    about = phone.find(message) if message else None
    if not choice:
        return about, None
    for line in [about] if about else reversed(phone.lines):
        if line.channel == channel and line.from_school:
            for option in line.options:
                if choice in {option.key, option.label}:
                    return line, option
    raise Mistake(f"No message on this phone offers {choice!r}.")
