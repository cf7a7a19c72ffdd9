"""Beside one phone: what a family can do without words, and the facts about the phone."""

from __future__ import annotations

from practice.accounts import Account, MailAccount, TelegramAccount, WhatsAppAccount
from practice.calls import Calls
from practice.letters import unsubscribe_url
from practice.markup import Markup, el, joined
from practice.page_call import keypad
from practice.page_parts import CHANNELS, address, press
from practice.phones import Phone
from practice.town import Town
from practice.whatsapp_events import WINDOW


def way(channel: str, account: Account) -> str:
    to = account.domain if isinstance(account, MailAccount) else account.number
    return f"{CHANNELS[channel]} to {to}"


def more(town: Town, phone: Phone, calls: Calls) -> Markup:
    """What a family can do without words."""
    answers = f"{address(phone)}answers/"
    shown: list[Markup] = []
    for channel in phone.channels:
        for account in town.accounts_for(channel):
            by, name = f"{channel} {account.name}", way(channel, account)
            if channel == "email":
                shown.append(_group(name, _mail_presses(phone, answers, by)))
                continue
            if channel == "call":
                ring = press(answers, "Ring the school", way=by, ring="1")
                shown.append(_group(name, [*keypad(calls, phone), ring]))
                continue
            presses = [
                _first_press(phone, account, answers, by),
                press(answers, "Send a voice note", way=by, enclose="voice"),
                press(answers, "Send a picture", way=by, enclose="picture"),
                press(answers, "Send STOP", way=by, stop="1"),
            ]
            if isinstance(account, TelegramAccount):
                presses.append(_membership(phone, account, answers, by))
            if isinstance(account, WhatsAppAccount):
                presses.append(press(f"{address(phone)}read/", "Open and read"))
            shown.append(_group(name, presses))
    label = "Switch on" if phone.switched_off else "Switch off"
    shown.append(_group("The phone itself", [press(f"{address(phone)}power/", label)]))
    return el("section", el("h2", "Without words"), *shown, class_="card flat")


def _first_press(phone: Phone, account: Account, answers: str, by: str) -> Markup:
    """How one begins: a bot by its Start, a number by letting it ring."""
    if isinstance(account, TelegramAccount):
        return press(answers, "Press Start", way=by, start="1")
    return press(answers, "Let it ring once", way=by, ring="1")


def _membership(phone: Phone, account: Account, answers: str, by: str) -> Markup:
    if account.name in phone.stopped:
        return press(answers, "Let the bot in again", way=by, unblock="1")
    return press(answers, "Block the bot", way=by, block="1")


def _mail_presses(phone: Phone, answers: str, by: str) -> list[Markup]:
    mail = phone.latest("email")
    if mail is None:
        return [el("p", "Nothing came by mail yet.", class_="mute small")]
    presses = [
        press(answers, "Send a document", way=by, enclose="document"),
        press(answers, "Away note", way=by, kind="auto_reply"),
        press(answers, "Mailbox is full", way=by, kind="bounce"),
    ]
    if unsubscribe_url(mail):
        presses.append(press(f"{address(phone)}unsubscription/", "Unsubscribe"))
    return presses


def _group(name: str, presses: list[Markup]) -> Markup:
    return el("div", el("h3", name), el("div", presses, class_="row"), class_="group")


def facts(town: Town, phone: Phone) -> Markup:
    rows: list[tuple[str, str]] = [("Channels", ", ".join(CHANNELS[name] for name in phone.channels))]
    if "whatsapp" in phone.channels:
        rows.append(("WhatsApp id", phone.user_id))
        for account in town.accounts_for("whatsapp"):
            opened = phone.windows.get(account.name)
            open_now = opened is not None and town.now() - opened < WINDOW
            until = (
                f"until {(opened + WINDOW).astimezone(town.clock.zone):%a %H:%M}"
                if opened and open_now
                else ""
            )
            rows.append(("Free text", f"allowed {until}" if open_now else "closed: templates only"))
    if "telegram" in phone.channels:
        rows.append(("Telegram id", phone.telegram_id))
    if phone.stopped:
        rows.append(("STOP sent to", ", ".join(sorted(phone.stopped))))
    if phone.switched_off:
        rows.append(("Power", "switched off: nothing is delivered"))
    shown = [joined(el("dt", name), el("dd", value)) for name, value in rows]
    return el("section", el("h2", "This phone"), el("dl", shown, class_="facts"), class_="card flat")
