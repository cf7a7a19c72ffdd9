"""A colleague is worried by a message: one tap, and Ms Reyes takes it up. Nobody else sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.maple import Maple
from tests.visitor import NO_SCRIPT, visiting

pytestmark = pytest.mark.browser

WORDS = "Hamza raat ko akela hota hai"


@pytest.mark.in_turn
@pytest.mark.parametrize("script", [{}, NO_SCRIPT], ids=["script", "without-script"])
def test_one_tap_reaches_the_safeguarding_lead(chromium: Browser, maple: Maple, script: dict) -> None:
    maple.tell("The library is open until four.")
    maple.answers("Mr Yousaf", text=WORDS)

    with visiting(chromium, maple, as_="amal", **script) as amal:
        amal.goes("/maple-street/")
        amal.follows("Answer", amal.row(WORDS))
        message = amal.page.locator(".msg", has_text=WORDS).locator("xpath=following-sibling::*[1]")
        amal.opens("This worries me", message)
        amal.page.get_by_label("What worries you?").filter(visible=True).fill("Alone at night, he is nine.")
        amal.page.get_by_role("button", name="Tell the safeguarding lead").filter(visible=True).click()
        amal.looks()
        amal.reads("The safeguarding lead has been asked to look.")
        amal.reads("999")
        assert amal.page.goto("/maple-street/worries/").status == 404

    with visiting(chromium, maple, as_="reyes", **script) as reyes:
        reyes.goes("/maple-street/")
        reyes.page.get_by_role("link", name="Worries").click()
        reyes.looks()
        reyes.reads(WORDS)
        reyes.reads("Alone at night, he is nine.")
        reyes.presses("I have it")
        reyes.reads("No open worry")
        reyes.reads("Taken up")
