"""A family tells a colleague its answer: every shape of question is typed for it, with who typed it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Answer, Ask, Shape
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.wording import Words
from porchlight.delivery.models import Account
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role, system

DAYS = [Option("1", {"en": "Monday"}), Option("2", {"en": "Tuesday"}), Option("3", {"en": "Friday"})]
EVERY_SHAPE = [
    (Shape.ACKNOWLEDGE, "1", ["seen"], None, ""),
    (Shape.YES_NO, "2", ["no"], None, ""),
    (Shape.CHOOSE_ONE, "3", ["3"], None, ""),
    (Shape.CHOOSE_SEVERAL, ["1", "3"], ["1", "3"], None, ""),
    (Shape.NUMBER, "4", [], Decimal(4), "4"),
    (Shape.SHORT_TEXT, "Biryani", [], None, "Biryani"),
]


@pytest.fixture(autouse=True)
def _tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def asks(town: Town, shape: str) -> Ask:
    options = DAYS if shape in (Shape.CHOOSE_ONE, Shape.CHOOSE_SEVERAL) else []
    before = TUESDAY - timedelta(minutes=1)
    put_question(
        town.thread, Words("Which days?", "en", {}), Shape(shape), options,
        owner="", closes_at=TUESDAY + timedelta(days=3), by=town.amal.actor(), now=before,
    )  # fmt: skip
    return Ask.objects.get()


def page(town: Town) -> str:
    return f"/maple-street/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/answers/"


@pytest.mark.parametrize(("shape", "said", "keys", "number", "text"), EVERY_SHAPE)
def test_whoever_answers_the_telephone_types_every_shape(
    town: Town, shape: str, said: object, keys: list[str], number: Decimal | None, text: str
) -> None:
    ask, office = asks(town, shape), browser_of(town.okafor)
    assert "Which days?" in office.get(page(town)).content.decode()
    office.post(page(town), {"ask": ask.key, f"ask-{ask.key}-answer": said})
    answer = Answer.objects.get()
    assert (answer.keys, answer.number, answer.typed_by, answer.channel) == (
        keys,
        number,
        town.okafor,
        "voice",
    )
    assert answer.text == (text or "Said to a colleague")
    seen = office.get(page(town)).content.decode()
    assert "What counts now:" in seen
    assert "Mrs Okafor" in seen


@pytest.mark.parametrize(("shape", "said", "keys", "number", "text"), EVERY_SHAPE)
def test_whoever_rings_them_types_every_shape_into_its_line(
    town: Town, shape: str, said: object, keys: list[str], number: Decimal | None, text: str
) -> None:
    Account.objects.update(closed_at=TUESDAY)
    open_account(school=town.school, gateway="call_list", label="Calls", by=system(town.school.pk))
    ask, office = asks(town, shape), browser_of(town.okafor)
    message = ask.message
    assert message is not None
    reference = message.parcels.get().parcel.deliveries.get().reference
    seen = office.get("/maple-street/calls/").content.decode()
    assert ('type="checkbox" name="choice"' in seen) == (shape == Shape.CHOOSE_SEVERAL)
    line = {"came_of": "reached", "choice": said, "words": "He is well"}
    office.post(f"/maple-street/calls/about/{reference}/", line)
    answer = Answer.objects.get()
    assert (answer.keys, answer.number, answer.typed_by, answer.channel) == (
        keys,
        number,
        town.okafor,
        "voice",
    )


def test_an_answer_is_changed_until_the_question_closes_and_then_no_more(town: Town) -> None:
    ask, office = asks(town, Shape.YES_NO), browser_of(town.okafor)
    for said in ("1", "2"):
        office.post(page(town), {"ask": ask.key, f"ask-{ask.key}-answer": said})
    assert [one.keys for one in Answer.objects.counting()] == [["no"]]
    empty = office.post(page(town), {"ask": ask.key})
    assert empty.status_code == 422
    Ask.objects.update(closed_at=TUESDAY)
    late = office.post(page(town), {"ask": ask.key, f"ask-{ask.key}-answer": "1"}, follow=True)
    assert "The question is closed by now." in late.content.decode()
    assert Answer.objects.count() == 2


def test_only_who_sees_the_thread_types_there(town: Town) -> None:
    asks(town, Shape.YES_NO)
    other = browser_of(staff(town.school, "Mr Lee", Role.TEACHER))
    assert other.get(page(town)).status_code == 404
