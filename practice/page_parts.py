"""What every page of the town shares: its frame, the school clock, small forms."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from practice.clock import Clock
from practice.markup import ARABIC, Child, Markup, el, joined
from practice.phones import Phone

CHANNELS = {
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "telegram": "Telegram",
    "push": "Screen",
    "email": "Mail",
    "call": "Call",
}


def frame(title: str, clock: Clock, *main: Child, here: str, version: str = "", known: int = 0) -> str:
    """A whole page. `here` is where forms of the frame lead back to.

    `version`: where the script looks for news; `known`: what it would find there now.
    """
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{title} · Practice town"),
        el("link", rel="stylesheet", href="/style.css"),
        el("link", rel="icon", href="data:,"),
        el("script", src="/live.js", defer=True) if version else None,
    )
    body = el(
        "body",
        el("a", "Skip to the page", class_="skip", href="#main"),
        el("header", el("div", _name(), _places(here), _clock(clock, here), class_="wrap top"), class_="sky"),
        el("main", *main, id="main", class_="wrap stack"),
        el(
            "footer",
            "Nothing here leaves this computer. Numbers and mailboxes are invented and belong to nobody.",
            class_="foot-note",
        ),
        data_version=version or None,
        data_known=str(known) if version else None,
    )
    return "<!doctype html>\n" + el("html", head, body, lang="en")


def _name() -> Markup:
    return el(
        "a", el("b", "Practice town"), el("span", "the families’ pretend phones"), href="/", class_="name"
    )


def _places(here: str) -> Markup:
    places = [("/", "Phones"), ("/weather/", "Weather")]
    links = [el("a", label, href=url, aria_current="page" if url == here else None) for url, label in places]
    return el("nav", links, aria_label="Town")


def _clock(clock: Clock, here: str) -> Markup:
    """The school clock, and how to move it. Its field is a form of its own: Enter sets it."""
    now = clock.local()
    moves = [
        ("hour", "One hour on"),
        ("evening", f"{_day(clock.this_evening(), now)} 21:30"),
        ("morning", "Tomorrow 08:00"),
        ("real", "Back to real time"),
    ]
    buttons = [el("button", label, name="move", value=value, class_="btn quiet sm") for value, label in moves]
    custom = el(
        "div",
        el("label", "Another time", for_="clock-to"),
        el("input", type="datetime-local", id="clock-to", name="to", value=now.strftime("%Y-%m-%dT%H:%M")),
        el("button", "Set", class_="btn sm"),
        class_="inline",
    )
    offset = "" if clock.offset() else " (real time)"
    return el(
        "details",
        el("summary", "School clock ", el("b", f"{day(now)}, {now:%H:%M}"), offset),
        el(
            "div",
            form("/clock/", hidden("next", here), el("div", buttons, class_="row")),
            form("/clock/", hidden("next", here), hidden("move", "to"), custom),
            class_="moves",
        ),
        class_="clock",
    )


def _day(moment: datetime, now: datetime) -> str:
    return "This evening" if moment.date() == now.date() else "Tomorrow evening"


def form(action: str, *children: Child, class_: str | None = None) -> Markup:
    return el("form", *children, method="post", action=action, class_=class_)


def hidden(name: str, value: str) -> Markup:
    return el("input", type="hidden", name=name, value=value)


def press(action: str, label: str, *, quiet: bool = True, **fields: str) -> Markup:
    """A button that says something at once."""
    inputs = [hidden(name, value) for name, value in fields.items()]
    return form(action, *inputs, el("button", label, class_="btn quiet sm" if quiet else "btn sm"))


def tag(label: str, kind: str = "") -> Markup:
    return el("span", label, class_=f"tag {kind}".strip())


def day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


def when(moment: datetime, now: datetime) -> str:
    """The hour today, the day before that."""
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%a} {moment.day} {moment:%b}"


def mistake(text: str, clock: Clock, here: str) -> str:
    """A page that says what went wrong and leads back."""
    note = el("div", el("p", text), role="alert", class_="note care")
    heading = el("h1", "That did not work")
    return frame("That did not work", clock, heading, note, el("p", el("a", "Back", href=here)), here=here)


def empty(*words: Child) -> Markup:
    return el("div", el("p", joined(*words)), class_="card empty")


def address(phone: Phone) -> str:
    """Where a phone's page is."""
    return f"/phones/{quote(phone.id, safe='')}/"


def where(phone: Phone) -> str:
    """Its number, its name on WhatsApp when the number is hidden, its mailbox."""
    shown = [phone.number, f"@{phone.username}" if phone.hides_number else "", phone.mailbox]
    return " · ".join(part for part in shown if part)


def voice(text: str, reads: str = "") -> dict[str, str]:
    """`dir` and `lang` of a line: by most of its letters, not by the first, which may be a child's name."""
    arabic = len(ARABIC.findall(text))
    if arabic * 2 < sum(letter.isalpha() for letter in text) or not arabic:
        return {"dir": "auto"}
    return {
        "dir": "rtl",
        "lang": reads if reads[:2] in {"ur", "ps", "ar", "fa", "sd"} and "Latn" not in reads else "ur",
    }


def shape(phone: Phone) -> str:
    """How it looks: a mailbox on a screen, a phone with keys, or one to touch."""
    if {"whatsapp", "telegram"} & set(phone.channels):
        return "touch"
    return "keys" if "sms" in phone.channels else "desktop"
