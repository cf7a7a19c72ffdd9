"""Ms Amal asks, reads what came of it and answers a father, and the office places a stranger's words: all by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.keyboard import Hands
from tests.maple import PASSWORD, Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

HIS_WORDS = "Hamza ko kitab mil gayi, woh bohat khush hai."
HER_WORDS = "Thank you for telling me. I am glad too."
SMALL = {"viewport": {"width": 360, "height": 740}}  # a narrow window: a phone has no Tab key


def comes_in(page: Page, hands: Hands) -> None:
    page.goto("/accounts/login/")
    hands.skips_to_the_page()
    hands.writes(page.get_by_label("E-mail", exact=True), "amal@maple-street.example.org")
    hands.writes(page.get_by_label("Password", exact=True), PASSWORD)
    hands.opens(page.get_by_role("button", name="Come in", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ms Amal")


def asks(page: Page, hands: Hands) -> None:
    hands.skips_to_the_page()
    hands.opens(page.locator("main").get_by_role("link", name="Write to families"))
    hands.picks(page.get_by_label("A question", exact=True))
    hands.selects(page.get_by_label("Start from a school text"), "Trip to the museum")
    hands.picks(page.get_by_label("Yes or no", exact=True))
    hands.ticks(page.get_by_label("Class 4A", exact=True))
    expect(page.locator("#count")).to_contain_text("homes")
    hands.opens(page.get_by_role("button", name="Look at it first"))


def looks_and_sends(page: Page, hands: Hands) -> None:
    """The first Tab after a look leads into what it shows; arrows go from one way to the next."""
    views = page.locator(".tabs > input")
    hands.tab_to(views.first)
    page.keyboard.press("ArrowRight")
    expect(views.nth(1)).to_be_checked()
    expect(page.locator(".tabs > .view").nth(1)).to_be_visible()
    hands.opens(page.get_by_role("button", name="Send to"))
    expect(page.get_by_role("heading", name="It arrived with", exact=False)).to_be_visible()


def reads_and_answers(page: Page, hands: Hands) -> None:
    page.reload()
    expect(page.get_by_text("1 of 35 homes answered.")).to_be_visible()
    hands.opens(page.get_by_role("navigation", name="Main").get_by_role("link", name="Desk"))
    row = page.locator("li.home", has_text=HIS_WORDS)
    hands.opens(row.get_by_role("link", name="Answer"))
    hands.writes(page.get_by_label("Your message"), HER_WORDS)
    hands.opens(page.get_by_role("button", name="Send", exact=True))
    expect(page.locator(".msg", has_text=HER_WORDS)).to_be_visible()


@pytest.mark.in_turn
@pytest.mark.parametrize("screen", [{}, SMALL], ids=["desk", "narrow"])
def test_ms_amal_asks_reads_and_answers(chromium: Browser, maple: Maple, screen: dict) -> None:
    with visiting(chromium, maple, **screen) as amal:
        page, hands = amal.page, Hands(amal.page)
        comes_in(page, hands)
        asks(page, hands)
        looks_and_sends(page, hands)
        maple.later(seconds=31)
        maple.carry()
        maple.answers("Mr Yousaf", text="جی ہاں")
        maple.answers("Mr Yousaf", text=HIS_WORDS)
        reads_and_answers(page, hands)
    maple.later(seconds=6)
    maple.carry()
    assert HER_WORDS in maple.received("Mr Yousaf")[-1].text


def test_the_office_places_what_nobody_could(chromium: Browser, maple: Maple) -> None:
    maple.town.register_phone(id="new-number", owner="Imran", number="+447700900999", channels=["whatsapp"])
    maple.town.answer("new-number", channel="whatsapp", text=HIS_WORDS)
    maple.carry()
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        page.goto("/maple-street/")
        hands.opens(page.get_by_role("navigation", name="Main").get_by_role("link", name="To be placed"))
        hands.skips_to_the_page()
        hands.writes(page.get_by_label("Which child is it about?"), "Hamza")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        hands.picks(page.locator("label.pick", has_text="Mr Yousaf").locator("input"))
        hands.opens(page.get_by_role("button", name="Place it there"))
        okafor.reads("Placed with Mr Yousaf, about Hamza.")
        hands.unfolds(page.locator(".me > summary"))
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_place_without_a_ring_would_be_noticed(chromium: Browser, maple: Maple) -> None:
    with visiting(chromium, maple, **PHONE) as somebody:
        somebody.page.set_content(
            "<main><style>a { outline: none !important }</style><a href='#x'>x</a></main>"
        )
        hands = Hands(somebody.page)
        with pytest.raises(AssertionError, match="no ring around a x"):
            hands.tab_to(somebody.page.locator("a"))
