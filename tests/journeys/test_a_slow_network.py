"""A family's page comes through a 2G phone's network: readable in a few seconds, answered without waiting for more."""

from __future__ import annotations

from time import monotonic

import pytest
from playwright.sync_api import Browser, Page

from porchlight.conversations.notices import Question
from tests.maple import Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000 / 8, "uploadThroughput": 20_000 / 8}
PATIENCE = 15.0  # seconds for an answer sent and the page that follows; at 50 kbit/s a page takes three


def slowed(page: Page) -> None:
    """From now on as an old phone at the edge of a village hears the network: 50 kbit/s, 300 ms away."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)


def test_the_week_is_read_and_answered_on_2g(chromium: Browser, maple: Maple) -> None:
    maple.tell("May Hamza come?", kind="question", question=Question("yes_no"), urdu="کیا حمزہ آ سکتا ہے؟")
    with visiting(chromium, maple, as_="yousaf", language="ur", **PHONE) as father:
        slowed(father.page)
        started = monotonic()
        father.page.goto("/maple-street/week/", wait_until="load")
        father.chooses("جی ہاں")
        father.presses("Send my answer")
        assert monotonic() - started < PATIENCE
        father.reads("Thank you. The school has your answer.")
