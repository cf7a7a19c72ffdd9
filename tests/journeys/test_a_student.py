"""Hamza follows the demo's link to his own page: his class, what homes were told, and nothing his father wrote."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import look
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, visiting

pytestmark = pytest.mark.browser

HIS_FATHERS_WORDS = "Hamza did not sleep well."


@pytest.mark.in_turn
@pytest.mark.parametrize("script", [{}, NO_SCRIPT], ids=["script", "without-script"])
def test_the_demos_link_opens_his_own_day(chromium: Browser, maple: Maple, script: dict[str, Any]) -> None:
    maple.tell("{child} needs a water bottle on Friday.", urdu="{child} جمعہ کو پانی کی بوتل ساتھ لائے۔")
    maple.answers("Mr Yousaf", text=HIS_FATHERS_WORDS)

    with visiting(chromium, maple, **PHONE, **script) as hamza:
        hamza.goes("/demo/")
        hamza.follows("Hamza Yousaf, the student")
        assert hamza.seen[-1] == "/maple-street/day/"
        expect(hamza.page.get_by_role("heading", level=1)).to_have_text("Hello, Hamza")
        hamza.reads("Hamza needs a water bottle on Friday.")
        expect(hamza.part("Who teaches you")).to_contain_text("Ms Amal")
        expect(hamza.part("Does something worry you?")).to_contain_text("Ms Reyes")
        hamza.does_not_read(HIS_FATHERS_WORDS)
        if not script:
            look(hamza.page, "student day en")
        hamza.presses("اردو")
        expect(hamza.page.locator("html")).to_have_attribute("dir", "rtl")
        expect(hamza.page.locator("[lang=ur]", has_text="پانی کی بوتل").first).to_be_visible()
        if not script:
            look(hamza.page, "student day ur")
