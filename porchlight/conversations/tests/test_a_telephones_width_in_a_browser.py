"""On a telephone 360 px wide: the bar of places keeps to one row with “More” in it, and choosing a file is in our words."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from tests.browser import axe, no_sideways_scroll, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def session(town: Town) -> str:
    """The office's, with its second step."""
    client = browser_of(town.okafor)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def signed_in(page: Page, session: str, base: str, language: str) -> None:
    User.objects.update(language=language)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])


@pytest.mark.parametrize("language", ["en", "ta", "mi"])
def test_more_stands_in_the_one_row_and_opens_inside_the_screen(
    chromium, live_server, session: str, language: str
) -> None:
    with watched_page(chromium, live_server.url, java_script_enabled=False, **PHONE) as page:
        signed_in(page, session, live_server.url, language)
        page.goto("/maple-street/notices/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        no_sideways_scroll(page, 320, 360)
        boxes = [one.bounding_box() for one in page.locator(".top nav > a:visible, .top nav > .more").all()]
        assert len(boxes) == 4
        middles = {round((box["y"] + box["height"] / 2) / 12) for box in boxes}
        assert len(middles) == 1, "one row"
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
        page.locator(".top .more > summary").tap()
        card = page.locator(".top .more > .card").bounding_box()
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 360
        assert card["y"] >= max(box["y"] + box["height"] for box in boxes) - 1, (
            "under the row, over none of it"
        )


@pytest.mark.parametrize("language", ["en", "ta", "ur"])
def test_the_button_that_chooses_a_file_is_in_our_words_and_goes_by_keyboard(
    chromium, live_server, session: str, language: str
) -> None:
    with translation.override(language):
        words = gettext("Take the photo, or choose one")
    with watched_page(chromium, live_server.url, java_script_enabled=False, **PHONE) as page:
        signed_in(page, session, live_server.url, language)
        page.goto("/maple-street/slips-back/")
        button, control = page.locator(".choose > .btn"), page.locator(".choose > input")
        expect(button).to_have_text(words)
        hidden = "e => getComputedStyle(e, '::file-selector-button').display"
        assert control.evaluate(hidden) == "none"
        assert control.evaluate("e => getComputedStyle(e).color") == "rgba(0, 0, 0, 0)", (
            "nothing chosen: no words"
        )
        control.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert button.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        with page.expect_file_chooser() as chooser:
            button.tap()
        chooser.value.set_files({"name": "slip.png", "mimeType": "image/png", "buffer": b"1"})
        assert control.evaluate("e => getComputedStyle(e).color") != "rgba(0, 0, 0, 0)", "its name is seen"
        no_sideways_scroll(page, 320, 360)


def test_nothing_is_found_by_axe(chromium, live_server, session: str) -> None:
    with watched_page(chromium, live_server.url, **PHONE) as page:
        signed_in(page, session, live_server.url, "en")
        page.goto("/maple-street/slips-back/")
        assert page.locator("h1").count() == 1
        axe(page)
