"""Letters: who gets one, what stands in it in two languages, and what is said of it until its slip comes back."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Shape
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town, staff, town
from porchlight.delivery.by_hand.slip_codes import code_of, shown
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Account, CameOf, Delivery, Stopped
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import AddressState, ContactPoint, Guardian
from porchlight.schools.actors import Role, system
from porchlight.schools.tiers import Tier
from porchlight.welcome.letters import fonts
from porchlight.welcome.letters.setting import pdf_of
from porchlight.welcome.letters.writing import Writer
from porchlight.welcome.tests.letters_kit import (
    ELM,
    LETTERS,
    fonts_in,
    in_bd3,
    likes_letters,
    only,
    paper,
    tells,
)

__all__ = ["town"]  # a fixture


@pytest.fixture
def office(town: Town) -> Client:
    """The school posts letters; Mr Yousaf likes them best, and has a telephone too."""
    open_account(school=town.school, gateway="letters", label="Letters", by=system(town.school.pk))
    likes_letters(town.yousaf)
    return browser_of(town.okafor)


@pytest.fixture(autouse=True)
def _tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def test_who_likes_letters_gets_one_and_what_hurries_goes_by_telephone(town: Town, office: Client) -> None:
    tells(town)
    assert (only().account.gateway, only().to) == ("letters", ELM)
    Delivery.objects.all().delete()
    tells(town, urgent_reason="The roof leaks")
    assert only().account.gateway == "office_phone"


@pytest.mark.parametrize(
    ("point", "address", "goes"),
    [
        ({}, {}, "letters"),
        ({"consented": False}, {}, "office_phone"),
        ({"unsafe_at": TUESDAY}, {}, "office_phone"),
        ({"rank": 9}, {}, "office_phone"),
        ({}, {"state": AddressState.BAD}, "office_phone"),
        ({}, {"opted_out_at": TUESDAY}, "office_phone"),
    ],
)
def test_an_address_that_may_not_be_used_is_passed_by(
    town: Town, office: Client, point: dict[str, object], address: dict[str, object], goes: str
) -> None:
    mine = ContactPoint.objects.filter(address__value=ELM)
    mine.update(**point)
    mine.get().address.__class__.objects.filter(value=ELM).update(**address)
    tells(town)
    assert only().account.gateway == goes


@pytest.mark.fonts
def test_paper_is_also_the_last_way_there_is(town: Town, office: Client) -> None:
    """Not liked best, but no other way works; without an address it goes home with the child."""
    Account.objects.exclude(gateway="letters").update(closed_at=TUESDAY)
    ContactPoint.objects.filter(address__value=ELM).update(rank=9)
    other = town.home(2)
    ContactPoint.objects.filter(guardian=other.guardian).update(ended_at=TUESDAY)
    tells(town)
    went = {row.parcel.guardian_id: row.to for row in Delivery.objects.filter(account__gateway="letters")}
    assert went == {town.yousaf.guardian.pk: ELM, other.guardian.pk: ""}
    assert "BD3" in office.get(LETTERS).content.decode()


@pytest.mark.fonts
def test_a_letter_is_one_page_in_two_languages_with_a_slip_at_its_foot(town: Town, office: Client) -> None:
    tells(town)
    page = office.get(f"{LETTERS}{in_bd3(town)}/").content.decode()
    assert "Open the letter (PDF)" in page
    [sheet] = paper(office, in_bd3(town)).pages
    text = sheet.extract_text()
    for words in (
        "12 Elm Street",
        "BD3 9XX",
        "Will you come on Friday?",
        "Please tick one answer",
        "Yes",
        "No",
    ):
        assert words in text
    assert shown(code_of(only())) in text
    assert "Yousaf" not in text  # no adult's name where neighbours look
    assert any("Nastaliq" in font for font in fonts_in(sheet))


@pytest.mark.fonts
@pytest.mark.parametrize(("needs", "points"), [([], 12), (["large_print"], 17)])
def test_who_needs_large_print_gets_it(town: Town, office: Client, needs: list[str], points: int) -> None:
    Guardian.objects.filter(pk=town.yousaf.guardian.pk).update(access_needs=needs)
    tells(town)
    seen = set[tuple[str, float]]()

    def look(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        seen.add((text.strip(), round(size * abs(tm[3] * cm[3]), 1)))

    paper(office, in_bd3(town)).pages[0].extract_text(visitor_text=look)
    assert {size for text, size in seen if "Will you come" in text} == {points}


def test_words_that_are_too_personal_for_paper_ask_them_to_come(town: Town, office: Client) -> None:
    """Neither half says more; nor does a slip that a child carries."""
    tells(town, "Hamza was seen by the nurse.", tier=Tier.L2)
    told = Writer(town.school, town.okafor.actor(), TUESDAY).told([only()])["letters"][0]
    said = " ".join(one["text"] for one in told["halves"])
    assert "Please come and see us at Maple Street School" in said
    assert "تشریف لائیں" in said
    assert "nurse" not in str(told)
    assert told["slip"]["kind"] == "lines"  # nothing is asked on paper


@pytest.mark.parametrize(
    ("shape", "options", "kind", "rows"),
    [
        (Shape.ACKNOWLEDGE, (), "boxes", ["1"]),
        (Shape.YES_NO, (), "boxes", ["1", "2"]),
        (Shape.CHOOSE_ONE, ("Mon", "Tue", "Wed"), "boxes", ["1", "2", "3"]),
        (Shape.CHOOSE_SEVERAL, ("Mon", "Tue"), "boxes", ["1", "2"]),
        (Shape.NUMBER, (), "number", []),
        (Shape.SHORT_TEXT, (), "lines", []),
        ("", (), "lines", []),
    ],
)
def test_every_shape_of_question_has_its_slip(
    town: Town, office: Client, shape: str, options: tuple[str, ...], kind: str, rows: list[str]
) -> None:
    tells(town, shape=shape, options=options)
    writer = Writer(town.school, town.okafor.actor(), TUESDAY)
    told = writer.told([only()])
    slip = told["letters"][0]["slip"]
    assert (slip["kind"], [row["key"] for row in slip["rows"]]) == (kind, rows)
    assert [one["lang"] for one in slip["how"]] == ["ur", "en"]
    assert pdf_of(told).startswith(b"%PDF")


def test_what_a_server_lacks_a_font_for_waits_and_the_page_says_what_to_install(
    town: Town, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells(town)
    monkeypatch.setattr(fonts, "families", lambda: frozenset({"Noto Sans"}))
    page = office.get(LETTERS).content.decode()
    assert "Noto Nastaliq Urdu" in page
    assert "fonts-noto-core" in page
    assert "Look and print" not in page


@pytest.mark.fonts
def test_printed_handed_out_and_come_back_is_written_down_and_can_be_undone(
    town: Town, office: Client
) -> None:
    notice = tells(town)

    def stands() -> tuple[list[str], int, str]:
        row = Delivery.objects.filter(account__gateway="letters").get()
        return [one.came_of for one in row.handings.standing().order_by("pk")], row.status, row.stopped

    def run() -> str:
        first = only().handings.standing().filter(came_of=CameOf.PRINTED).earliest("pk")
        return f"{LETTERS}printed/{first.pk}/"

    [(words, count)] = report_on(notice, actor=town.amal.actor()).by_hand
    assert (str(words), count) == ("to get a letter", 1)
    batch = f"{LETTERS}class/{town.class_4a.key}/"
    office.post(batch, {"letter": [only().reference]})
    assert stands() == (["printed"], Status.QUEUED, "")
    assert len(paper(office, f"run/{run().split('/')[-2]}").pages) == 1
    office.post(run(), {"again": "1"})
    assert stands() == ([], Status.QUEUED, "")
    office.post(batch, {"letter": [only().reference]})
    said = office.post(run(), follow=True).content.decode()
    assert "One letter is on its way." in said
    assert "Mr Yousaf" in said
    assert stands() == (["printed", "handed_out"], Status.SENT, "")
    one = f"{LETTERS}{only().reference}/"
    office.post(one, {"here": "1"})
    assert stands() == (["printed"], Status.QUEUED, "")
    office.post(run())
    assert len(paper(office, f"one/{only().reference}").pages) == 1
    office.post(one)
    assert stands() == (["printed", "handed_out", "came_back"], Status.FAILED, Stopped.BAD_ADDRESS)
    gone = ContactPoint.objects.get(address__value=ELM)
    assert gone.address.state == AddressState.BAD
    assert only().account.gateway == "office_phone"  # the ladder's next rung


@pytest.mark.fonts
def test_a_letter_that_may_not_go_any_more_is_neither_printed_nor_handed_out(
    town: Town, office: Client
) -> None:
    tells(town)
    office.post(f"{LETTERS}{in_bd3(town)}/", {"letter": [only().reference]})
    first = only().handings.get()
    town.yousaf.restrict()
    assert office.get(f"{LETTERS}run/{first.pk}/paper/").status_code == 404
    said = office.post(f"{LETTERS}printed/{first.pk}/", follow=True).content.decode()
    assert "One letter may not go to its home any more." in said
    assert Delivery.objects.get().stopped == Stopped.RESTRICTED


def test_a_teacher_prints_no_letters_and_another_school_sees_none(town: Town, office: Client) -> None:
    tells(town)
    teacher = browser_of(town.amal)
    assert teacher.get(LETTERS).status_code == 404
    there = staff(cast.maple_street("oak-road"), "Mr Oak", Role.OFFICE)
    elsewhere = browser_of(there)
    assert elsewhere.get(f"/oak-road/by-hand/letters/one/{only().reference}/paper/").status_code == 404


def test_a_letter_in_every_script_is_made_quickly(town: Town, office: Client) -> None:
    """The bar is 60 ms of the machine's time for each of a thousand; here are a few, slow machines included."""
    tells(town)
    writer = Writer(town.school, town.okafor.actor(), TUESDAY)
    told = writer.told([only()])
    words = {
        "ar": "نراكم يوم الجمعة.",
        "zh": "星期五见。",
        "ta": "வெள்ளிக்கிழமை சந்திப்போம்.",
        "ur": "جمعے کو ملیں گے۔",
    }
    for tag, text in words.items():
        style = fonts.style_of(tag)
        if not style.is_here:
            pytest.skip(f"needs {style.wanted[0]} ({style.package})")
        told["styles"][style.name] = style.told()
        told["letters"].append({**told["letters"][0], "halves": [fonts.said(tag, text)]})
    told["letters"] = told["letters"] * 10
    started = time.perf_counter()
    made = PdfReader(BytesIO(pdf_of(told)))
    assert len(made.pages) == 50
    assert time.perf_counter() - started < 50 * 0.06 + 2
    wanted = {"Nastaliq", "Naskh", "CJK", "Tamil"}
    seen = {name for page in made.pages[:5] for name in wanted for font in fonts_in(page) if name in font}
    assert seen == wanted
