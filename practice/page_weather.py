"""The page on which a good day is made a bad one, and what the gateways have to show."""

from __future__ import annotations

from practice.accounts import Account
from practice.markup import Markup, el, joined
from practice.page_parts import empty, form, frame, tag
from practice.town import Town
from practice.weather import Rude, Weather

GATEWAYS = {
    "whatsapp": "WhatsApp Cloud API",
    "telegram": "Telegram",
    "twilio": "Twilio SMS",
    "vonage": "Vonage SMS",
    "africas_talking": "Africa’s Talking",
    "office_phone": "The school’s own phone",
    "mail": "Mail",
    "push": "The browsers’ push service",
}
RUDE = {
    Rude.NO: "Polite",
    Rude.ERROR: "Refuses with an error (500)",
    Rude.LIMIT: "Says “too many” (429)",
    Rude.RESET: "Tears the connection down",
    Rude.STALL: "Never answers",
    Rude.DRIP: "Answers one letter a second",
    Rude.MOVED: "Sends us elsewhere (307)",
    Rude.UNTRUE: "Says 200 and means an error",
    Rude.TAKEN_502: "Delivers, but answers 502",
    Rude.TAKEN_RESET: "Delivers, then tears the connection down",
    Rude.TAKEN_STALL: "Delivers, but never answers",
}
DELAYS = ("0", "1", "3", "10")
REPEATS = ("1", "2", "5")


def weather_page(town: Town) -> str:
    heading = el(
        "div",
        el("h1", "Weather"),
        el("p", "How the gateways treat the school today. Fine weather is what the real ones do on a good day.",
           class_="mute"),
    )  # fmt: skip
    cards = el("div", [_card(gateway, town.weather[gateway]) for gateway in GATEWAYS], class_="two")
    return frame("Weather", town.clock, heading, cards, _accounts(town), _counts(town), here="/weather/")


def _card(gateway: str, weather: Weather) -> Markup:
    rude = [
        el("option", label, value=kind.value, selected=weather.rude is kind) for kind, label in RUDE.items()
    ]
    known = f"{weather.delay:g}"
    slow = [_number(value, f"{value} seconds", known) for value in DELAYS if value != "0"]
    repeat = [_number(value, f"{value} times", str(weather.repeat)) for value in REPEATS if value != "1"]
    head = el(
        "div",
        el("h2", GATEWAYS[gateway]),
        tag("Fine", "good") if weather.fine else tag("Bad", "care"),
        class_="head",
    )
    return el(
        "section",
        head,
        form(
            f"/weather/{gateway}/",
            _field("Manners", el("select", rude, name="rude", id=f"{gateway}-rude"), f"{gateway}-rude"),
            _field(
                "Answers after",
                el("select", _number("0", "no time", known), *slow, name="delay", id=f"{gateway}-delay"),
                f"{gateway}-delay",
            ),
            _field(
                "Posts each webhook",
                el("select", _number("1", "once", str(weather.repeat)), *repeat, name="repeat", id=f"{gateway}-repeat"),
                f"{gateway}-repeat",
            ),
            *_ticks(gateway, weather),
            el("div", el("button", "Make it so", class_="btn sm"),
               el("button", "Fine again", name="fine", value="1", class_="btn quiet sm"), class_="row"),
        ),
        class_="card",
    )  # fmt: skip


def _ticks(gateway: str, weather: Weather) -> list[Markup]:
    if gateway == "mail":
        return [_tick("fail_code", "Taken mail bounces back later", bool(weather.fail_code), value="550")]
    return [
        _tick("forgetful", "Forgetful: statuses never come", weather.forgetful),
        _tick("shuffled", "Statuses come in the wrong order", weather.shuffled),
    ]


def _number(value: str, label: str, now: str) -> Markup:
    return el("option", label, value=value, selected=value == now)


def _field(label: str, control: Markup, name: str) -> Markup:
    return el("div", el("label", label, for_=name), control, class_="field")


def _tick(name: str, label: str, ticked: bool, value: str = "1") -> Markup:
    return el(
        "label",
        el("input", type="checkbox", name=name, value=value, checked=ticked),
        el("span", label),
        class_="tick",
    )


def _accounts(town: Town) -> Markup:
    if not town.accounts:
        return empty("No school has an account at these gateways yet.")
    rows = [
        el(
            "tr",
            el("th", account.name, scope="row"),
            el("td", GATEWAYS[account.gateway], data_l="Gateway"),
            el("td", _number_of(account), data_l="Address"),
            el("td", account.callback or "nowhere yet", data_l="Posts to"),
        )
        for account in town.accounts.values()
    ]
    head = el(
        "tr", *(el("th", label, scope="col") for label in ("Account", "Gateway", "Address", "Posts to"))
    )
    table = el("table", el("thead", head), el("tbody", rows), class_="flip-t")
    return el("section", el("h2", "Schools’ accounts"), table, class_="card flat")


def _number_of(account: Account) -> str:
    return account.number or getattr(account, "domain", "")


def _counts(town: Town) -> Markup:
    tally = town.tally()
    rows = [
        *(
            (f"Taken by {GATEWAYS.get(name, name)}", str(count))
            for name, count in tally["taken"].items()
            if name in GATEWAYS
        ),
        *((f"Refused: {name}", str(count)) for name, count in tally["refused"].items()),
        ("Webhooks taken by schools", str(tally["webhooks"].get("taken", 0))),
        ("Webhooks given up", str(tally["webhooks"].get("given up", 0))),
        ("Webhooks waiting", str(tally["webhooks_waiting"])),
    ]
    facts = [joined(el("dt", name), el("dd", value, class_="num")) for name, value in rows]
    return el("section", el("h2", "Counts"), el("dl", facts, class_="facts"), class_="card flat")
