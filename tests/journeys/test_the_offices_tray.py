"""A number nobody knows writes. Mrs Okafor finds whose it is, places the words and keeps the number."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from porchlight.families.models import ContactPoint
from tests.maple import Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

NUMBER = "+447700900999"
WORDS = "Hamza ke abbu ka naya number hai. Hamza aaj bimar hai."


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_an_unknown_number_finds_its_place_and_is_kept(chromium: Browser, maple: Maple, screen: dict) -> None:
    maple.town.register_phone(id="new-number", owner="Imran", number=NUMBER, channels=["whatsapp"])
    maple.town.answer("new-number", channel="whatsapp", text=WORDS)
    maple.carry()

    with visiting(chromium, maple, as_="okafor", **screen) as okafor:
        okafor.goes("/maple-street/")
        okafor.page.get_by_role("link", name="To be placed").click()
        okafor.looks()
        okafor.reads(WORDS)
        okafor.writes("Which child is it about?", "Hamza")
        okafor.presses("Find")
        okafor.page.get_by_text("Mr Yousaf").click()
        okafor.page.get_by_text("This is their number from now on.").click()
        okafor.presses("Place it there")
        okafor.reads("Placed with Mr Yousaf, about Hamza.")
        okafor.reads("Nothing waits here")
    with visiting(chromium, maple, as_="amal", **screen) as amal:
        amal.goes("/maple-street/")
        amal.reads(WORDS, amal.row("Mr Yousaf"))

    kept = ContactPoint.objects.filter(guardian=maple.guardian("Mr Yousaf"), address__value=NUMBER)
    assert [point.ended_at for point in kept] == [None]
    maple.town.answer("new-number", channel="whatsapp", text="Shukriya")
    maple.carry()
    with visiting(chromium, maple, as_="okafor", **screen) as okafor:
        okafor.goes("/maple-street/triage/")
        okafor.reads("Nothing waits here")  # the number is his now
