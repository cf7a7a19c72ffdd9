"""What a family can do with their phone: write, press an option, send STOP, ring once, answer a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practice.accounts import (
    Account,
    AfricasTalkingAccount,
    MailAccount,
    OfficePhoneAccount,
    TelegramAccount,
    TwilioAccount,
    TwilioVoiceAccount,
    VonageAccount,
    WhatsAppAccount,
)
from practice.africas_talking import AfricasTalking
from practice.enclosures import Enclosure, made
from practice.errors import Mistake
from practice.mail import Mail
from practice.office_phone import OfficePhone
from practice.phones import Line, Option, Phone
from practice.push import Push
from practice.telegram import Telegram
from practice.town import Town
from practice.twilio import Twilio
from practice.twilio_voice import TwilioVoice
from practice.vonage import Vonage
from practice.whatsapp import WhatsApp


@dataclass(frozen=True, slots=True)
class Gateways:
    """The pretend gateways, by which a phone answers."""

    whatsapp: WhatsApp
    twilio: Twilio
    office_phone: OfficePhone
    vonage: Vonage
    africas_talking: AfricasTalking
    telegram: Telegram
    mail: Mail
    twilio_voice: TwilioVoice
    push: Push


KNOWN = {
    "channel",
    "text",
    "choice",
    "stop",
    "ring",
    "kind",
    "to",
    "account",
    "message",
    "enclose",
    "seconds",
    "start",
    "block",
    "unblock",
}


def answer(town: Town, gateways: Gateways, phone: Phone, values: Mapping[str, Any]) -> Line:
    """Do what `values` says, and return what the phone now shows. Raises Mistake.

    channel  whatsapp, sms, telegram or email; without it, the one the school wrote on last
    text     words, or choice: the key or label of an option, or stop: true, or ring: true (a missed call)
    message  provider id of the message that is answered; without it, the latest that fits
    account  the school's account; without it, the one that wrote last on that channel
    enclose  what comes along: voice, picture or document; seconds: how long the voice note lasts
    start    Telegram only: Start is pressed; "1", or what a link brought along
    block    Telegram only: the bot is blocked; unblock: let in again
    kind     mail only: "auto_reply" (a note from the mail program) or "bounce"
    to       mail only: the address of a new mail that answers nothing
    """
    if unknown := sorted(set(values) - KNOWN):
        raise Mistake(f"An answer has no {', '.join(unknown)}; it knows {', '.join(sorted(KNOWN))}.")
    channel = str(values.get("channel") or _favourite(phone))
    if channel not in phone.channels:
        raise Mistake(f"{phone.id} has no {channel or 'channel to answer on'}.")
    if channel == "email":
        return _write_mail(gateways, phone, values)
    account = _account(town, phone, channel, str(values.get("account") or ""))
    if isinstance(account, TelegramAccount) and (done := _with_a_bot(gateways, account, phone, values)):
        return done
    if values.get("ring"):
        return _ring(gateways, account, phone)
    if channel == "call":
        raise Mistake("What is done with a call is told to /control/phones/<id>/call/.")
    about, option = _option(phone, channel, values)
    text = "STOP" if values.get("stop") else str(values.get("text") or "")
    if values.get("enclose"):
        return _enclose(town, gateways, account, phone, text, _enclosure(values))
    if option is None and not text.strip():
        raise Mistake("There is nothing to say: give text, choice, stop, ring or enclose.")
    if about and option:
        about.chosen = option.key
    return _say(gateways, account, phone, text or (option.label if option else ""), option, about)


def _say(
    gateways: Gateways, account: Account, phone: Phone, text: str, option: Option | None, about: Line | None
) -> Line:
    if isinstance(account, TelegramAccount):
        return gateways.telegram.say(account, phone, text, option, about)
    if isinstance(account, WhatsAppAccount):
        return gateways.whatsapp.say(account, phone, text, option, about)
    if isinstance(account, TwilioAccount):
        return gateways.twilio.say(account, phone, text)
    if isinstance(account, VonageAccount):
        return gateways.vonage.say(account, phone, text)
    if isinstance(account, AfricasTalkingAccount):
        return gateways.africas_talking.say(account, phone, text)
    if isinstance(account, OfficePhoneAccount):
        return gateways.office_phone.say(account, phone, text)
    raise Mistake(f"Nothing can be said through {account.name}.")


def _with_a_bot(
    gateways: Gateways, account: TelegramAccount, phone: Phone, values: Mapping[str, Any]
) -> Line | None:
    """What one can do with a bot and with nobody else; None where it is nothing of that."""
    if start := str(values.get("start") or ""):
        return gateways.telegram.start(account, phone, "" if start == "1" else start)
    if values.get("block") or values.get("unblock"):
        return gateways.telegram.block(account, phone, is_blocked=bool(values.get("block")))
    return None


def _enclosure(values: Mapping[str, Any]) -> Enclosure:
    try:
        return made(str(values["enclose"]), float(values.get("seconds") or 8))
    except ValueError:
        raise Mistake("seconds is a number.") from None


def _enclose(
    town: Town, gateways: Gateways, account: Account, phone: Phone, text: str, enclosure: Enclosure
) -> Line:
    town.enclosures.keep(account.name, enclosure)
    if isinstance(account, TelegramAccount):
        return gateways.telegram.enclose(account, phone, text, enclosure)
    if isinstance(account, WhatsAppAccount):
        return gateways.whatsapp.enclose(account, phone, text, enclosure)
    if isinstance(account, TwilioAccount):
        return gateways.twilio.say(account, phone, text, enclosure)
    if isinstance(account, OfficePhoneAccount):
        return gateways.office_phone.say(account, phone, text, enclosure)
    raise Mistake(f"Nothing can come along through {account.name}.")


def _ring(gateways: Gateways, account: Account, phone: Phone) -> Line:
    if isinstance(account, WhatsAppAccount):
        return gateways.whatsapp.ring(account, phone)
    if isinstance(account, TwilioVoiceAccount):
        return gateways.twilio_voice.ring(account, phone)
    if isinstance(account, TwilioAccount):
        return gateways.twilio.ring(account, phone)
    if isinstance(account, OfficePhoneAccount):
        return gateways.office_phone.ring(account, phone)
    raise Mistake(f"{account.name} cannot be rung.")


def _write_mail(gateways: Gateways, phone: Phone, values: Mapping[str, Any]) -> Line:
    to, kind = str(values.get("to") or ""), str(values.get("kind") or "")
    if kind not in {"", "auto_reply", "bounce"}:
        raise Mistake("kind is auto_reply or bounce.")
    message, text = str(values.get("message") or ""), str(values.get("text") or "")
    mail = phone.find(message) if message else phone.latest("email")
    text = "STOP" if values.get("stop") else text
    enclosed = _enclosure(values) if values.get("enclose") else None
    if not text.strip() and not kind and not enclosed:
        raise Mistake("There is nothing to say: give text or enclose.")
    about = None if to and not message else mail
    account = str(values.get("account") or "")
    return gateways.mail.reply(phone, about, text, to=to, kind=kind, account=account, enclosed=enclosed)


def _favourite(phone: Phone) -> str:
    last = next((line for line in reversed(phone.lines) if line.from_school), None)
    return last.channel if last else (phone.channels[0] if phone.channels else "")


def _account(town: Town, phone: Phone, channel: str, name: str) -> Account:
    last = phone.latest(channel)
    wanted = name or (last.account if last else "")
    candidates = [a for a in town.accounts_for(channel) if not isinstance(a, MailAccount)]
    found = next((a for a in candidates if a.name == wanted), None)
    if found is None and (name or not candidates):
        raise Mistake(f"No school has an account for {channel} here{f' called {name!r}' if name else ''}.")
    return found or candidates[0]


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
