"""A teacher writes in haste: after a pause the page asks in her place, and the words stay hers to send."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from porchlight.conversations.models import Message
from tests.maple import Maple
from tests.visitor import visiting

pytestmark = pytest.mark.browser


def test_a_hint_comes_after_a_pause_is_taken_by_a_press_and_goes_away_again(
    chromium: Browser, maple: Maple
) -> None:
    maple.tell("The library is open until four.")
    maple.answers("Mr Yousaf", text="Hamza ko kitab mil gayi")
    said = Message.objects.count()
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes("/maple-street/")
        amal.follows("Answer", amal.row("Hamza ko kitab mil gayi"))
        hints = amal.page.locator("#hints")
        field = amal.page.locator("#id_text")
        field.press_sequentially("He never listens.")
        expect(hints).to_contain_text("reads as blame")
        hints.get_by_role("button", name="Ask this instead").click()
        expect(field).to_have_value("Could you tell me what helps Hamza to listen at home?")
        field.fill("He listened well today.")
        field.press("End")
        field.press_sequentially(" Thank you.")
        expect(hints).to_be_empty()
    assert Message.objects.count() == said
