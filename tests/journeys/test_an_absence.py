"""“Hamza bimar hai aaj”, from a father's phone to the office's list and back; a register at the door of the class; and
the list kept by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from porchlight.demo.clock import FIRST
from tests.keyboard import Hands
from tests.maple import Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

NEXT_MORNING = FIRST + timedelta(hours=17, minutes=35)  # Wednesday, before the first lesson


def test_the_father_writes_and_the_office_has_it(chromium: Browser, maple: Maple) -> None:
    maple.at(NEXT_MORNING)
    maple.answers("Mr Yousaf", text="Hamza bimar hai aaj")
    reply = maple.received("Mr Yousaf", "whatsapp")[-1].text
    assert "ہم نے لکھ لیا ہے کہ Hamza کی آج طبیعت خراب ہے۔" in reply
    with visiting(chromium, maple, as_="okafor", **PHONE) as okafor:
        okafor.goes("/maple-street/absences/")
        row = okafor.page.locator("tbody tr", has_text="Hamza Yousaf")
        for words in ("4A", "Ill", "Mr Yousaf wrote (WhatsApp)", "this day"):
            expect(row).to_contain_text(words)
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/desk/")
        amal.reads("Hamza Yousaf", amal.part("Away today"))


def test_who_is_missed_is_asked_at_home_and_the_digit_is_on_the_list(chromium: Browser, maple: Maple) -> None:
    maple.at(NEXT_MORNING)
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/desk/")
        amal.follows("Register 4A", amal.part("Away today"))
        amal.page.locator("label.tick", has_text="Hamza Yousaf").tap()
        amal.presses("Write it down")
        amal.reads("Written down: 1 child is missing. In half a minute we ask at home: Hamza.")
    maple.later(seconds=31)
    maple.carry()
    asked = maple.received("Mr Yousaf", "whatsapp")[-1]
    assert "Hamza آج سکول میں نہیں" in asked.text
    maple.answers("Mr Yousaf", text="1")
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/absences/")
        expect(amal.page.locator("tbody tr", has_text="Hamza Yousaf")).to_contain_text(
            "Mr Yousaf answered our question (WhatsApp)"
        )


def test_the_office_keeps_the_list_by_keys(chromium: Browser, maple: Maple) -> None:
    maple.at(NEXT_MORNING)
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        page.goto("/maple-street/")
        hands.opens(page.get_by_role("navigation", name="Main").get_by_role("link", name="Away"))
        hands.skips_to_the_page()
        hands.opens(page.get_by_role("link", name="Write an absence down"))
        hands.writes(page.get_by_label("Which child is it about?"), "Hamza")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        hands.picks(page.locator("label.pick", has_text="Mr Yousaf").locator("input").first)
        hands.selects(page.get_by_label("Why"), "Ill")
        hands.opens(page.get_by_role("button", name="Write it down"))
        okafor.reads("Written down: Hamza Yousaf.")
        hands.opens(page.get_by_role("link", name="Hamza Yousaf"))
        hands.selects(page.get_by_label("Why"), "Family matter")
        hands.opens(page.get_by_role("button", name="Keep it"))
        expect(page.locator("tbody tr", has_text="Hamza Yousaf")).to_contain_text("Family matter")
        hands.opens(page.get_by_role("link", name="Hamza Yousaf"))
        hands.opens(page.get_by_role("button", name="Take off the list"))
        okafor.reads("Nobody is written down as away.")
