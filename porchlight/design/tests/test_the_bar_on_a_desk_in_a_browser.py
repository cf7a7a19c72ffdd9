"""At a desk the name and who is signed in share the first row of the bar; many places have the next to themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from porchlight.accounts.models import User
from tests.maple import Maple
from tests.visitor import DESK, visiting

pytestmark = pytest.mark.browser

ROWS = """() => Object.fromEntries(['.brand', '.me', '.top nav'].map(part => {
  const box = document.querySelector('.top ' + part.replace('.top ', '')).getBoundingClientRect();
  return [part, [Math.round(box.top + box.height / 2), box.height]];
}))"""


def rows_of(page: Page) -> dict[str, list[int]]:
    page.goto("/maple-street/rounds/")
    return page.evaluate(ROWS)


@pytest.mark.parametrize("language", ["en", "ur", "ta"])
def test_who_is_signed_in_stands_beside_the_name(chromium: Browser, maple: Maple, language: str) -> None:
    User.objects.filter(name__in=["Mrs Okafor", "Ms Amal"]).update(language=language)
    with visiting(chromium, maple, as_="okafor", language=language, **DESK) as office:
        middle = rows_of(office.page)
        assert abs(middle[".brand"][0] - middle[".me"][0]) <= 3
        assert middle[".top nav"][0] > middle[".me"][0] + 30
        assert office.page.locator(".me .mute").is_visible()
