"""Half a minute for an announcement, five seconds for a reply: taken back in time, nothing leaves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from porchlight.delivery.models import Delivery
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, visiting

pytestmark = pytest.mark.browser

WORDS = "The museum is on Thursday."


@pytest.mark.in_turn
@pytest.mark.parametrize("script", [{}, NO_SCRIPT], ids=["script", "without-script"])
def test_an_announcement_taken_back_reaches_nobody(chromium: Browser, maple: Maple, script: dict) -> None:
    with visiting(chromium, maple, as_="amal", **script) as amal:
        amal.goes("/maple-street/notices/new/")
        amal.page.get_by_label("Your message").fill(WORDS)
        amal.chooses("Class 4A")
        amal.presses("Look at it first")
        amal.presses("Send to", exact=False)
        amal.reads("It leaves in a few seconds.")
        amal.presses("Take it back")
        amal.reads("Taken back. Nothing of it leaves any more.")
    maple.later(seconds=60)
    maple.carry()
    assert maple.received("Mr Yousaf") == []
    assert not Delivery.objects.filter(status__gt=0).exists()


def test_after_half_a_minute_it_is_too_late_and_the_page_says_what_to_do(
    chromium: Browser, maple: Maple
) -> None:
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes("/maple-street/notices/new/")
        amal.page.get_by_label("Your message").fill(WORDS)
        amal.chooses("Class 4A")
        amal.presses("Look at it first")
        amal.presses("Send to", exact=False)
        maple.later(seconds=31)
        amal.presses("Take it back")
        amal.reads("It is on its way already. Stop what has not left yet, and say sorry to those it reached.")
    maple.carry()
    assert WORDS in maple.received("Mr Yousaf")[-1].text


def test_a_reply_taken_back_in_five_seconds(chromium: Browser, maple: Maple) -> None:
    maple.tell("The library is open until four.")
    maple.answers("Mr Yousaf", text="Hamza ko kitab mil gayi")
    before = len(maple.received("Mr Yousaf"))
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes("/maple-street/")
        amal.follows("Answer", amal.row("Hamza ko kitab mil gayi"))
        amal.writes("Your message", "Get well soon, Hanza.")
        amal.presses("Send")
        amal.presses("Take it back")
        amal.reads("Taken back. It was not sent.")
        amal.does_not_read("Hanza")
    maple.later(seconds=30)
    maple.carry()
    assert len(maple.received("Mr Yousaf")) == before
