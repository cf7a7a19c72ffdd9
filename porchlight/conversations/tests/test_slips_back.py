"""Slips that came back: a code and an answer typed, scanned or photographed; what it comes to, and taking it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import segno
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.asking import Verdict, register_owner, register_taking_back
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Answer, Ask, Message, Notice, Shape
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.by_hand.slip_codes import LASTS, code_of, keep_codes, shown
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role, system

BACK = "/maple-street/slips-back/"


@pytest.fixture(autouse=True)
def _tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def office(town: Town) -> Client:
    """The school posts letters, and that is all Mr Yousaf wants."""
    open_account(school=town.school, gateway="letters", label="Letters", by=system(town.school.pk))
    address = "12 Elm Street, Bradford, BD3 9XX"
    cast.reach(town.school, town.yousaf.guardian, address, channel="paper", rank=0)
    return browser_of(town.okafor)


def asks(
    town: Town, shape: str = "yes_no", labels: Sequence[str] = (), closes_at: datetime | None = None
) -> Notice:
    options = [{"key": str(place), "labels": {"en": one}} for place, one in enumerate(labels, 1)]
    question = Question(shape, options, closes_at) if shape else None
    draft = Draft(
        "Please tell us.", "en", Audience(AudienceKind.CLASSES, (town.class_4a.key,)), question=question
    )
    before = TUESDAY - timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        notice = write(draft, school=town.school, by=town.amal.actor(), now=before)
        return release(notice, by=town.amal.actor(), now=before)


def code() -> str:
    return code_of(Delivery.objects.get(channel="paper"))


def types(who: Client, written: str, answer: str = "", words: str = "") -> str:
    given = {"code": written, "answer": answer, "words": words}
    return who.post(BACK, given, follow=True).content.decode()


def kept() -> list[tuple[list[str], Decimal | None, str]]:
    return [(one.keys, one.number, one.text) for one in Answer.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("shape", "labels", "typed", "came"),
    [
        (Shape.ACKNOWLEDGE, (), "1", (["seen"], None, "1")),
        (Shape.YES_NO, (), "1", (["yes"], None, "1")),
        (Shape.YES_NO, (), "2", (["no"], None, "2")),
        (Shape.CHOOSE_ONE, ("Mon", "Tue", "Wed"), "3", (["3"], None, "3")),
        (Shape.CHOOSE_SEVERAL, ("Mon", "Tue", "Wed"), "1 3", (["1", "3"], None, "1 3")),
        (Shape.CHOOSE_SEVERAL, ("Mon", "Tue", "Wed"), "13", (["1", "3"], None, "1 3")),
        (Shape.NUMBER, (), "4", ([], Decimal(4), "4")),
        (Shape.SHORT_TEXT, (), "Biryani", ([], None, "Biryani")),
    ],
)
def test_every_shape_is_answered_by_what_is_ticked(
    town: Town, office: Client, shape: str, labels: Sequence[str], typed: str, came: object
) -> None:
    asks(town, shape, labels)
    assert "Mr Yousaf, Hamza: " in types(office, shown(code()), typed)
    assert kept() == [came]
    assert [(one.channel, one.typed_by) for one in Answer.objects.all()] == [("paper", town.okafor)]


@on_both_databases
def test_the_answer_stands_on_the_report_and_the_letter_has_come(town: Town, office: Client) -> None:
    notice = asks(town)
    types(office, code()[:4], "1", "Can his sister come too?")
    report = report_on(notice, actor=town.amal.actor())
    assert report.counts()["answered"] == 1
    assert report.by_channel()[0][:2] == ("paper", 1)
    assert Delivery.objects.get().status == Status.DELIVERED
    said = Message.objects.get(kind="on_paper")
    assert (said.text, said.thread, said.channel) == ("Can his sister come too?", town.thread, "paper")


def test_a_wrong_code_is_said_at_once_and_nothing_is_lost(town: Town, office: Client) -> None:
    asks(town)
    wrong = "zzzz" if not code().startswith("zzzz") else "yyyy"
    answer = office.post(BACK, {"code": wrong, "answer": "1", "words": "We will come"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No slip of yours has this code." in page
    assert [f'value="{one}"' in page for one in (wrong, "1", "We will come")] == [True] * 3
    assert re.findall(r'<input id="(\w+)"[^>]*autofocus', page) == ["code"]
    assert kept() == []


def test_a_scanner_types_the_address_and_the_page_asks_for_the_answer(town: Town, office: Client) -> None:
    asks(town, Shape.CHOOSE_ONE, ("Mon", "Tue"))
    seen = types(office, f"https://porchlight.example.org/maple-street/start/{code()}/")
    for words in ("Mr Yousaf", "Hamza", "Please tell us.", "Mon", "Tue"):
        assert words in seen
    assert re.findall(r'<input id="(\w+)"[^>]*autofocus', seen) == ["answer"]
    assert kept() == []
    refused = types(office, code(), "7")
    assert "This is no answer to the question." in refused
    assert kept() == []


def test_another_answer_counts_until_the_question_closes_and_later_words_are_still_read(
    town: Town, office: Client
) -> None:
    asks(town, closes_at=TUESDAY + timedelta(hours=1))
    types(office, code(), "1")
    types(office, code(), "2")
    assert [one.keys for one in Answer.objects.counting()] == [["no"]]
    Ask.objects.update(closed_at=TUESDAY)
    assert "the question is closed" in types(office, code(), "1")
    assert len(kept()) == 2
    assert Message.objects.get(kind="on_paper").text == "Yes"


def test_what_was_another_homes_is_taken_back_with_its_words(town: Town, office: Client) -> None:
    notice, undone = asks(town), []
    Ask.objects.update(owner="trips")
    register_owner("trips", lambda answer: Verdict())
    register_taking_back("trips", lambda answer: undone.append(answer.keys))
    types(office, code(), "1", "Thank you")
    given = Answer.objects.get()
    browser_of(town.amal).post(f"{BACK}{given.key}/removal/")
    assert Answer.objects.exists()  # another colleague's is theirs to take back
    page = office.post(f"{BACK}{given.key}/removal/", follow=True).content.decode()
    assert "Taken back. Nothing was answered." in page
    assert (kept(), undone) == ([], [["yes"]])
    assert not Message.objects.standing().filter(kind="on_paper").exists()
    assert report_on(notice, actor=town.amal.actor()).counts()["answered"] == 0


def test_a_letter_without_a_question_brings_words(town: Town, office: Client) -> None:
    asks(town, shape="")
    types(office, code(), "We moved to Oak Road")
    assert Message.objects.get(kind="on_paper").text == "We moved to Oak Road"


def test_whose_slip_it_is_only_those_are_told_who_see_the_child(town: Town, office: Client) -> None:
    asks(town)
    assert "Mr Yousaf" in types(browser_of(town.amal), code())
    other = staff(town.school, "Mr Lee", Role.TEACHER)
    assert "No slip of yours has this code." in types(browser_of(other), code())
    with time_machine.travel(TUESDAY + LASTS + timedelta(days=1), tick=False):
        assert "No slip of yours has this code." in types(browser_of(town.okafor), code())


def twins(school_id: int) -> tuple[str, str]:
    """Two references whose codes begin alike; among some thousand there are."""
    seen: dict[str, str] = {}
    for reference in (f"r{number}" for number in range(100_000)):
        half = code_of(Delivery(school_id=school_id, reference=reference))[:4]
        if half in seen:
            return seen[half], reference
        seen[half] = reference
    raise AssertionError("no two began alike")


def test_half_a_code_that_two_slips_begin_with_is_not_guessed(town: Town, office: Client) -> None:
    asks(town)
    one, other = twins(town.school.pk)
    Delivery.objects.update(reference=one)
    first = Delivery.objects.get()
    keep_codes([first], TUESDAY)
    assert "Mr Yousaf" in types(office, code_of(first)[:4])
    Delivery.objects.create(
        school=town.school, parcel=first.parcel, account=first.account, channel="paper", body=first.body,
        due_at=TUESDAY, reference=other, created_at=TUESDAY,
    )  # fmt: skip
    assert "No slip of yours has this code." in types(office, code_of(first)[:4])
    assert "Mr Yousaf" in types(office, code_of(first))


def photo(said: str, *, turned: int = 0) -> SimpleUploadedFile:
    """A slip on a desk, photographed askew."""
    drawn = BytesIO()
    segno.make(said, error="m").save(drawn, kind="png", scale=6, border=2)
    desk = Image.new("RGB", (1600, 1200), (120, 110, 100))
    desk.paste(Image.open(drawn).convert("RGB").resize((330, 330)), (700, 500))
    taken = BytesIO()
    desk.rotate(turned, expand=True, fillcolor=(120, 110, 100)).save(taken, "JPEG", quality=70)
    return SimpleUploadedFile("slip.jpg", taken.getvalue(), "image/jpeg")


def test_a_photo_of_the_square_stands_for_the_code(town: Town, office: Client) -> None:
    asks(town)
    link = f"https://porchlight.example.org/maple-street/start/{code()}/"
    read = office.post(f"{BACK}photo/", {"photo": photo(link, turned=17)}).content.decode()
    assert "Mr Yousaf" in read
    assert f'value="{code()}"' in read
    for other in (photo("https://example.org/"), SimpleUploadedFile("slip.jpg", b"\xff\xd8\xff no photo")):
        answer = office.post(f"{BACK}photo/", {"photo": other})
        assert answer.status_code == 422
        assert "We found no slip of yours on the photo." in answer.content.decode()
