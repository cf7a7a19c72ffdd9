"""Every shape of question on every way: told, carried, answered as the family does it there, and kindly taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import practice
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Answer, Ask, Shape, Signature
from porchlight.conversations.models.asks import CHOOSES
from porchlight.conversations.models.signatures import version_of
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.tests.conftest import Town as School_
from porchlight.conversations.wording import Words
from porchlight.delivery.by_hand.slip_codes import code_of
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import worker
from porchlight.schools.actors import system
from porchlight.toolbox import school_time
from practice.enclosures import made
from tests.participation import CELLS, NAME, ONE_TO_THREE, SHAPES, WAYS, Cell
from tests.test_road import WAYS as GATEWAYS
from tests.test_road import Way, school_with

TRIP = "I agree that Hamza goes to the museum."
SID, TOKEN = "AC" + "7" * 32, "d" * 32
CALLED = Way(
    "twilio_voice", "call", "twilio_voice",
    lambda url, _mail: {"account_sid": SID, "base_url": url},
    {"auth_token": TOKEN},
    {"account_sid": SID, "number": "+441632960002"},
)  # fmt: skip
CARRIED = {way.channel: way for way in reversed([*GATEWAYS, CALLED])} | {"sms": GATEWAYS[1]}


@dataclass
class Family:
    """Mr Yousaf on one of his ways, and the school at its end of it."""

    way: str
    school: School_
    clock: Any
    town: Any = None

    def asked(self, shape: str) -> Ask:
        """One question; those before it are closed, so that each cell stands alone."""
        now = school_time.now()
        Ask.objects.update(closed_at=now)
        days = [Option(str(place), {"en": day}) for place, day in enumerate(ONE_TO_THREE, 1)]
        if shape == Shape.CHOOSE_TIME:
            days = [Option(str(place), at=now + timedelta(days=place)) for place in (1, 2, 3)]
        message = put_question(
            self.school.thread, Words(TRIP, "en", {}), Shape(shape), days if shape in CHOOSES else (),
            owner="", closes_at=now + timedelta(days=4), by=self.school.amal.actor(), now=now,
        )  # fmt: skip
        for _round in range(3 if self.town else 1):
            self.carry(seconds=6)
            if not Delivery.objects.filter(sent_at=None).exists():
                break
        return message.ask

    def carry(self, **later: float) -> None:
        self.clock.shift(timedelta(**later))
        if self.town is None:
            return
        with worker() as outbox:
            outbox.run_until_empty()
        self.town.settle()
        process_waiting()

    def answers(self, ask: Ask, cell: Cell) -> str:
        """He does it; returns what he reads or hears then."""
        return _DOES[self.way](self, ask, cell)


def by_message(family: Family, ask: Ask, cell: Cell) -> str:
    channel, does = family.way, dict(cell.does)
    if "choice" in does:
        offered = family.town.received("yousaf", channel)[-1].options
        does["choice"] = next(one.key for one in offered if one.key.endswith(does["choice"]))
    family.town.answer("yousaf", channel=channel, **does)
    family.carry()
    family.carry()
    return family.town.received("yousaf", channel)[-1].text


def by_call(family: Family, ask: Ask, cell: Cell) -> str:
    family.town.on_call("yousaf", do="answer")
    asked = family.town.on_call("yousaf", do="press", keys="1")
    heard = len(asked["said"])
    call = family.town.on_call("yousaf", do="press", keys=cell.does["keys"])
    if "seconds" in cell.does:
        call = family.town.on_call("yousaf", do="speak", seconds=cell.does["seconds"])
    assert len(call["said"]) > heard, "something is said back on the line"
    family.town.on_call("yousaf", do="hang_up")
    family.carry()
    return Parcel.objects.exclude(service_kind="").order_by("pk").last().text


def on_the_page(family: Family, ask: Ask, cell: Cell) -> str:
    home = family.school.yousaf
    sound = {}
    if "sound" in cell.does:
        note = made(cell.does["sound"], 2)
        sound = {f"ask-{ask.key}-sound": SimpleUploadedFile("note.ogg", note.content, "audio/ogg")}
    given = {f"ask-{ask.key}-answer": cell.does["answer"]} if "answer" in cell.does else {}
    browser, there = browser_of(home.guardian), f"/maple-street/messages/about/{home.student.key}/"
    assert TRIP in browser.get(there).content.decode()
    return browser.post(there, {"ask": ask.key, **given, **sound}, follow=True).content.decode()


def on_paper(family: Family, ask: Ask, cell: Cell) -> str:
    slip = Delivery.objects.filter(channel="paper").order_by("pk").last()
    assert slip is not None
    typed = {"code": code_of(slip), "answer": cell.does["text"], "words": ""}
    return office(family).post("/maple-street/slips-back/", typed, follow=True).content.decode()


def to_a_colleague(family: Family, ask: Ask, cell: Cell) -> str:
    home = family.school.yousaf
    there = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/answers/"
    given = {"ask": ask.key, f"ask-{ask.key}-answer": cell.does["answer"]}
    return office(family).post(there, given, follow=True).content.decode()


def office(family: Family) -> Client:
    return browser_of(family.school.amal)


_DOES: dict[str, Callable[[Family, Ask, Cell], str]] = {
    **dict.fromkeys(("whatsapp", "sms", "email", "telegram"), by_message),
    "call": by_call,
    "page": on_the_page,
    "paper": on_paper,
    "staff": to_a_colleague,
}
KIND = {"page": "Thank you. The school has your answer.", "paper": "Mr Yousaf, Hamza: ", "staff": "Kept:"}
KEPT_AS = {"page": "", "staff": "voice"}


def in_english(school: School_) -> None:
    guardian = school.yousaf.guardian
    guardian.name, guardian.reads, guardian.speaks = NAME, "en", "en"
    guardian.save()


@pytest.fixture
def family(
    request: pytest.FixtureRequest, transactional_db: None, live_server: Any, settings: Any
) -> Iterator[Family]:
    """On the way that the test names; where nothing is carried by a gateway, without a town."""
    way = request.param
    settings.BASE_URL = live_server.url
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
    with (
        practice.town_in_thread(smtp_port=0, status_pause=0.0) as town,
        time_machine.travel(cast.TUESDAY, tick=True) as clock,
    ):
        school = school_with(CARRIED.get(way, CARRIED["sms"]), town, live_server)
        in_english(school)
        if way == "paper":
            open_account(
                school=school.school, gateway="letters", label="Letters", by=system(school.school.pk)
            )
            home = "12 Elm Street, Bradford, BD3 9XX"
            cast.reach(school.school, school.yousaf.guardian, home, channel="paper", rank=0)
        school.yousaf.address.window_until = school_time.now() + timedelta(days=1)
        school.yousaf.address.save()
        if way == "whatsapp":  # what they wrote first keeps the window open for free text
            town.answer("yousaf", channel=way, text="Hamza has a new coat, please look after it.")
            town.settle()
            process_waiting()
        yield Family(way, school, clock, town if way in CARRIED else None)


def test_the_table_has_a_cell_for_every_shape_on_every_way() -> None:
    assert set(SHAPES) == {*Shape.values}
    assert {way: set(SHAPES) - set(cells) for way, cells in CELLS.items()} == {way: set() for way in WAYS}


@pytest.mark.parametrize(
    "family", [pytest.param(way, marks=[pytest.mark.voice] * (way == "call")) for way in WAYS], indirect=True
)
def test_every_shape_is_answered_there(family: Family) -> None:
    for shape, cell in CELLS[family.way].items():
        ask = family.asked(shape)
        said = family.answers(ask, cell)
        answers = list(Answer.objects.filter(ask=ask))
        assert len(answers) == 1, (shape, [(one.keys, one.text, one.channel) for one in answers], said)
        [answer] = answers
        kept = (tuple(answer.keys), answer.number, answer.accepted, answer.channel)
        number = None if cell.number is None else cell.number
        assert kept == (cell.keys, number, True, KEPT_AS.get(family.way, family.way)), (shape, said)
        assert cell.text in (None, answer.text), shape
        assert (answer.spoken is not None) == cell.recorded, shape
        assert KIND.get(family.way, "Thank you. We have your answer") in said, shape
    signed(family)


def signed(family: Family) -> None:
    """Word for word, with its version, who, when, how, and who saw or heard it."""
    [one] = Signature.objects.all()
    assert (one.words, one.language, one.version) == (TRIP, "en", version_of(TRIP))
    assert one.name == ("" if family.way == "call" else NAME)
    assert (one.recording is not None) == (family.way == "call")
    assert one.channel == KEPT_AS.get(family.way, family.way)
    assert (one.witness is not None) == (family.way in ("paper", "staff"))
