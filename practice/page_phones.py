"""The first page (all phones) and the page of one phone."""

from __future__ import annotations

from datetime import datetime

from practice.markup import Markup, el, is_arabic_script, joined, linked
from practice.page_parts import CHANNELS, address, day, empty, form, frame, hidden, tag, when
from practice.page_side import facts, more, way
from practice.phones import Line, Option, Phone
from practice.town import Town

SHOWN = 400  # phones on the first page; beyond, the search finds them
STATUS = {
    "sent": "Sent",
    "delivered": "Delivered",
    "read": "Read",
    "failed": "Failed",
    "undelivered": "Failed",
}


def phones_page(town: Town, wanted: str) -> str:
    """Every phone, those with news first. `wanted` narrows by name, number or mailbox."""
    phones = [phone for phone in town.phones if wanted.lower() in _searched(phone)]
    phones.sort(key=lambda phone: (-_last_time(phone), phone.owner.lower(), phone.id))
    search = el(
        "form",
        el("label", "Find a phone", for_="q"),
        el("input", id="q", name="q", value=wanted, type="search", placeholder="Name, number or mailbox"),
        el("button", "Find", class_="btn sm"),
        role="search",
        class_="inline",
    )
    heading = el(
        "div", el("h1", "The families’ phones"), el("p", _count(town, phones, wanted), class_="mute")
    )
    cards = el("ul", [_card(phone, town) for phone in phones[:SHOWN]], class_="phones plain")
    nobody = empty("No phone fits. ", el("a", "Show all", href="/")) if wanted else _nobody()
    top = el("div", heading, search, class_="row apart")
    return frame("Phones", town.clock, top, cards if phones else nobody, here="/", version="/version")


def _count(town: Town, phones: list[Phone], wanted: str) -> str:
    everybody = f"{len(town.phones)} {'phone' if len(town.phones) == 1 else 'phones'}"
    return f"{len(phones)} of {everybody}" if wanted else f"{everybody}, those with news first"


def _nobody() -> Markup:
    return empty("Nobody lives here yet. The demo brings its families along; tests and tools register phones at ",
                 el("code", "POST /control/phones/"), ".")  # fmt: skip


def _searched(phone: Phone) -> str:
    return " ".join((phone.id, phone.owner, phone.number, phone.mailbox, phone.username)).lower()


def _last_time(phone: Phone) -> float:
    return phone.lines[-1].at.timestamp() if phone.lines else 0.0


def _card(phone: Phone, town: Town) -> Markup:
    last = phone.lines[-1] if phone.lines else None
    waiting = _unanswered(phone)
    words, foot = el("p", "Nothing yet", class_="mute small"), None
    if last:
        said = last.subject or last.text or ("Let it ring once" if last.rang else "")
        who = "" if last.from_school else "Family: "
        words = el("p", f"{who}{said[:120]}", dir="auto", class_="snippet")
        at = el("span", when(last.at.astimezone(town.clock.zone), town.clock.local()), class_="mute small")
        foot = el("p", at, tag(f"{waiting} new", "lamp") if waiting else None, class_="foot")
    return el(
        "li",
        el(
            "a",
            el("b", phone.owner or phone.id, dir="auto"),
            el("span", [tag(CHANNELS[name]) for name in phone.channels], class_="tags"),
            href=f"{address(phone)}#answer",
        ),
        el("p", _where(phone), class_="mute small"),
        words,
        foot,
        class_="card",
    )


def _where(phone: Phone) -> str:
    shown = [phone.number, f"@{phone.username}" if phone.hides_number else "", phone.mailbox]
    return " · ".join(part for part in shown if part)


def _unanswered(phone: Phone) -> int:
    """Messages from the school since the family last said something."""
    count = 0
    for line in reversed(phone.lines):
        if not line.from_school:
            break
        count += not line.from_network
    return count


def phone_page(town: Town, phone: Phone) -> str:
    """One phone: its conversation, an answer to write, and what else a family can do."""
    here = address(phone)
    heading = el(
        "div",
        el("p", el("a", "All phones", href="/")),
        el("h1", phone.owner or phone.id, dir="auto"),
        el("p", _where(phone), class_="mute"),
    )
    talk = el("section", _conversation(town, phone), _answer_form(town, phone), class_="handset", id="phone")
    side = el("aside", more(town, phone), facts(town, phone), class_="stack")
    columns = el("div", talk, side, class_="cols")
    return frame(phone.owner or phone.id, town.clock, heading, columns, here=here, version=f"{here}version")


def _conversation(town: Town, phone: Phone) -> Markup:
    if not phone.lines:
        return el("p", "The school has not written to this phone yet.", class_="mute quiet-line")
    shown: list[Markup] = []
    last_day = ""
    for line in phone.lines:
        at = line.at.astimezone(town.clock.zone)
        if day(at) != last_day:
            last_day = day(at)
            shown.append(el("li", last_day, class_="date-line"))
        shown.append(_bubble(phone, line, at))
    return el("ol", shown, class_="talk plain", aria_label="Conversation")


def _bubble(phone: Phone, line: Line, at: datetime) -> Markup:
    kind = "from-school" if line.from_school else "from-home"
    urdu = is_arabic_script(line.text + line.subject)
    lang = (
        (phone.language if phone.language[:2] in {"ur", "ps", "ar", "fa", "sd"} else "ur") if urdu else None
    )
    if line.rang:
        words: Markup = el("p", tag("Let it ring once"))
    else:
        words = el("p", linked(line.text), dir="auto", lang=lang, class_="said")
    return el(
        "li",
        el("p", el("b", line.subject), dir="auto", lang=lang) if line.subject else None,
        words,
        el("p", tag(f"with {line.enclosed}")) if line.enclosed else None,
        el("p", tag(f"Copy code: {line.copies}")) if line.copies else None,
        _offers(phone, line),
        _foot(phone, line, at),
        class_=f"msg {kind}{' network' if line.from_network else ''}",
    )


def _foot(phone: Phone, line: Line, at: datetime) -> Markup:
    parts = [CHANNELS[line.channel], line.account, f"{at:%H:%M}"]
    if line.from_school and line.status:
        parts.append(STATUS.get(line.status, line.status))
    if line.template:
        parts.append(f"template {line.template}")
    if line.from_network:
        parts.append("said by the carrier" if line.from_school else "said by the mail program")
    return el("p", " · ".join(parts), class_="foot")


def _offers(phone: Phone, line: Line) -> Markup | None:
    """The buttons of a message; a list stays folded, as on the phone."""
    if not line.options:
        return None
    buttons = [_option(phone, line, option) for option in line.options]
    if line.options[0].kind != "list":
        return el("div", buttons, class_="row offers")
    rows = el("div", buttons, class_="rows")
    return el("details", el("summary", line.list_label or "Choose", dir="auto"), rows, class_="offers")


def _option(phone: Phone, line: Line, option: Option) -> Markup:
    chosen = line.chosen == option.key
    label = joined(
        el("span", option.label, dir="auto"),
        el("small", option.description, dir="auto") if option.description else None,
        el("span", " (pressed)", class_="vh") if chosen else None,
    )
    return form(
        f"{address(phone)}answers/",
        hidden("channel", line.channel),
        hidden("message", line.provider_id),
        el(
            "button",
            label,
            name="choice",
            value=option.key,
            class_=f"btn quiet sm{' chosen' if chosen else ''}",
        ),
    )


def _answer_form(town: Town, phone: Phone) -> Markup:
    """Words, and the way they go: each channel with each school account that it has."""
    ways = [(c, a) for c in phone.channels for a in town.accounts_for(c)]
    if not ways:
        return el(
            "p",
            "No school has an account for this phone’s channels yet.",
            class_="mute quiet-line",
            id="answer",
        )
    last = next((line for line in reversed(phone.lines) if line.from_school and not line.from_network), None)
    chosen = next((w for w in ways if last and (w[0], w[1].name) == (last.channel, last.account)), ways[0])
    options = [
        el(
            "option",
            way(channel, account),
            value=f"{channel} {account.name}",
            selected=(channel, account) == chosen,
        )
        for channel, account in ways
    ]
    return form(
        f"{address(phone)}answers/",
        el("label", "Answer", for_="text"),
        el("textarea", "", id="text", name="text", rows="2", dir="auto", maxlength="4000", required=True),
        el(
            "div",
            el("label", "by", for_="way"),
            el("select", options, id="way", name="way"),
            el("button", "Send", class_="btn lamp"),
            class_="inline",
            id="answer",
        ),
    )
