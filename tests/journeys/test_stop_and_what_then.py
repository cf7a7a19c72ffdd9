"""Mr Yousaf sends STOP. Nothing goes to him there any more, and the report says how else to reach him."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.maple import Maple
from tests.visitor import visiting

pytestmark = pytest.mark.browser


def test_stop_is_obeyed_and_the_report_has_a_next_step(chromium: Browser, maple: Maple) -> None:
    maple.tell("The library is open until four.")
    maple.answers("Mr Yousaf", stop=True)
    before = len(maple.received("Mr Yousaf"))

    notice = maple.tell("School starts at nine tomorrow.")

    assert len(maple.received("Mr Yousaf")) == before
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes(f"/maple-street/notices/{notice.key}/")
        home = amal.page.get_by_role("row", name="Mr Yousaf")
        amal.reads("They asked for no messages here. Ring them, or ask for another way.", home)
        expect(home.locator("td").last).not_to_be_empty()  # who takes the next step
