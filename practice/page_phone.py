"""The page of one phone: the phone itself, what is on it, and an answer to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from practice.accounts import Account
from practice.calls import Calls
from practice.markup import Markup, el, joined, linked
from practice.page_parts import CHANNELS, address, day, form, frame, hidden, shape, tag, voice, where
from practice.page_side import facts, more, way
from practice.phones import Line, Option, Phone
from practice.town import Town

STATUS = {
    "sent": "Sent",
    "delivered": "Delivered",
    "read": "Read",
    "ringing": "Rings",
    "in-progress": "On the line",
    "completed": "Over",
    "busy": "Engaged",
    "no-answer": "Not taken",
    "failed": "Failed",
    "undelivered": "Failed",
}


def phone_page(town: Town, phone: Phone, calls: Calls) -> str:
    """One phone: its conversation, an answer to write, and what else a family can do."""
    here = address(phone)
    heading = el(
        "div",
        el("p", el("a", "All phones", href="/")),
        el("h1", phone.owner or phone.id, dir="auto"),
        el("p", where(phone), class_="mute"),
    )
    bar = el("p", el("span", f"{town.clock.local():%H:%M}"), el("span", _battery(phone)), class_="status")
    screen = el("div", bar, _conversation(town, phone), _answer_form(town, phone), class_="screen")
    device = el("div", screen, class_="device")
    asleep = " asleep" if phone.switched_off else ""
    talk = el("section", device, class_=f"handset {shape(phone)}{asleep}", id="phone", aria_label="The phone")
    side = el("aside", more(town, phone, calls), facts(town, phone), class_="stack")
    columns = el("div", talk, side, class_="cols")
    body = (heading, columns)
    return frame(
        phone.owner or phone.id, town.clock, *body, here=here, version=f"{here}version", known=phone.changed
    )


def _battery(phone: Phone) -> str:
    return "Switched off" if phone.switched_off else " ".join(CHANNELS[name] for name in phone.channels)


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
    talk = el("ol", shown, class_="talk plain")
    # The box grows upwards, so that it opens at the newest words without a script.
    return el("div", talk, class_="scroll", tabindex="0", role="region", aria_label="Conversation")


def _bubble(phone: Phone, line: Line, at: datetime) -> Markup:
    kind = "from-school" if line.from_school else "from-home"
    words = [
        el("p", linked(part), **voice(part, phone.language), class_="said") for part in line.text.split("\n")
    ]
    return el(
        "li",
        el("p", el("b", line.subject), **voice(line.subject, phone.language)) if line.subject else None,
        el("p", tag("Let it ring once")) if line.rang else None,
        _picture(phone, line) if line.enclosed.endswith(".jpg") and line.file else None,
        words if line.text else None,
        el("p", _enclosed(line), class_="enclosed") if line.enclosed else None,
        _player(phone, line) if line.sound else None,
        el("p", tag(f"Copy code: {line.copies}")) if line.copies else None,
        el("p", el("a", "Tap it", href=line.opens)) if line.opens else None,
        _offers(phone, line),
        _foot(phone, line, at),
        class_=f"msg {kind}{' network' if line.from_network else ''}",
    )


def _player(phone: Phone, line: Line) -> Markup:
    where = f"{address(phone)}sounds/{line.sound}"
    return el("audio", src=where, controls=True, preload="none", aria_label="Voice note")


def _picture(phone: Phone, line: Line) -> Markup:
    return el("img", src=f"{address(phone)}sounds/{line.file}", alt="Picture", width="240")


def _enclosed(line: Line) -> Markup:
    """What came along: a voice note with its wave, a picture, or a file by its name."""
    if line.enclosed.endswith(".ogg"):
        return joined(el("span", class_="wave", aria_hidden="true"), el("span", "Voice note"))
    return joined(el("span", "Picture" if line.enclosed.endswith((".png", ".jpg")) else line.enclosed))


def _foot(phone: Phone, line: Line, at: datetime) -> Markup:
    parts = [f"{at:%H:%M}"]
    if len(phone.channels) > 1:
        parts.insert(0, CHANNELS[line.channel])
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


def _by(ways: Sequence[tuple[str, Account]], options: list[Markup]) -> list[Markup]:
    """Which way it goes; where there is one, that is said and not asked."""
    if len(ways) > 1:
        return [el("label", "by", for_="way"), el("select", options, id="way", name="way")]
    [(channel, account)] = ways
    return [
        hidden("way", f"{channel} {account.name}"),
        el("span", way(channel, account), class_="mute small"),
    ]


def _answer_form(town: Town, phone: Phone) -> Markup:
    """Words, and the way they go: each channel with each school account that it has."""
    ways = [(c, a) for c in phone.channels if c != "call" for a in town.accounts_for(c)]
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
        el("div", *_by(ways, options), el("button", "Send", class_="btn lamp"), class_="inline", id="answer"),
        class_="writes",
    )
