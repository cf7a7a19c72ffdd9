"""The first page: every phone of the town, little, with what it shows; those with news first."""

from __future__ import annotations

from practice.markup import Markup, el
from practice.page_parts import CHANNELS, address, empty, frame, shape, tag, voice, when, where
from practice.phones import Line, Phone
from practice.town import Town

SHOWN = 400  # phones on the first page; beyond, the search finds them


def phones_page(town: Town, wanted: str) -> str:
    """Every phone, those with news first. `wanted` narrows by name, number or mailbox."""
    phones = [phone for phone in town.phones if wanted.lower() in _searched(phone)]
    phones.sort(key=lambda phone: -_last_time(phone))
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
    cards = el("ul", [_little(phone, town) for phone in phones[:SHOWN]], class_="phones plain")
    nobody = empty("No phone fits. ", el("a", "Show all", href="/")) if wanted else _nobody()
    top = el("div", heading, search, class_="row apart")
    first = _first_time() if phones and not any(phone.lines for phone in town.phones) else None
    news = sum(phone.changed for phone in town.phones)
    body = (top, first, cards if phones else nobody)
    return frame("Phones", town.clock, *body, here="/", version="/version", known=news)


def _count(town: Town, phones: list[Phone], wanted: str) -> str:
    everybody = f"{len(town.phones)} {'phone' if len(town.phones) == 1 else 'phones'}"
    return f"{len(phones)} of {everybody}" if wanted else f"{everybody}, those with news first"


def _first_time() -> Markup:
    """What a newcomer does next."""
    words = (
        "Every phone is quiet. Write to some families as a teacher: their phones light up here within a "
        "moment. Open one and answer as the family would."
    )
    return el("p", words, class_="note")


def _nobody() -> Markup:
    return empty("Nobody lives here yet. The demo brings its families along; tests and tools register phones at ",
                 el("code", "POST /control/phones/"), ".")  # fmt: skip


def _searched(phone: Phone) -> str:
    return " ".join((phone.id, phone.owner, phone.number, phone.mailbox, phone.username)).lower()


def _last_time(phone: Phone) -> float:
    return phone.lines[-1].at.timestamp() if phone.lines else 0.0


def _little(phone: Phone, town: Town) -> Markup:
    """A phone as it lies on the table: whose it is, the last thing on its screen, and how much is new."""
    news = _unanswered(phone)
    last = phone.lines[-1] if phone.lines else None
    at = (
        when(last.at.astimezone(town.clock.zone), town.clock.local())
        if last
        else f"{town.clock.local():%H:%M}"
    )
    bar = el("p", el("span", at), el("span", _channels(phone)), class_="status")
    screen = el("div", bar, *_screen(last), class_="screen")
    return el(
        "li",
        el("div", screen, class_="device"),
        el(
            "p",
            el("a", phone.owner or phone.id, href=f"{address(phone)}#answer", dir="auto"),
            tag(f"{news} new", "lamp") if news else None,
            class_="whose",
        ),
        el("p", where(phone), class_="mute small"),
        class_=f"little {shape(phone)}{' news' if news else ''}{'' if last and not phone.switched_off else ' asleep'}",
    )


def _channels(phone: Phone) -> str:
    return " ".join(CHANNELS[name] for name in phone.channels)


def _screen(last: Line | None) -> list[Markup]:
    """The last message, as much as fits."""
    if last is None:
        return [el("p", "Nothing yet", class_="mute")]
    said = last.subject or last.text or _without_words(last)
    side = "from-school" if last.from_school else "from-home"
    parts = [el("p", part, **voice(part)) for part in said[:160].split("\n") if part]
    return [el("div", parts, class_=f"mini {side}")]


def _without_words(line: Line) -> str:
    if line.rang:
        return "Let it ring once"
    return "Voice note" if line.enclosed.endswith(".ogg") else line.enclosed


def _unanswered(phone: Phone) -> int:
    """Messages from the school since the family last said something."""
    count = 0
    for line in reversed(phone.lines):
        if not line.from_school:
            break
        count += not line.from_network
    return count
