"""The practice town's pages in a real browser: at every width, in light and dark, with and without the script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from practice import ThreadedTown, town_in_thread
from tests.browser import axe, look, no_sideways_scroll, watched_page

pytestmark = pytest.mark.browser
LONG = "A very long word comes here: " + "Donaudampfschifffahrtsgesellschaft" * 4


@pytest.fixture(scope="module")
def town() -> Iterator[ThreadedTown]:
    with town_in_thread(status_pause=0.0) as town:
        town.register_account(gateway="whatsapp", name="Maple Street", phone_number_id="1122334455667")
        town.register_account(gateway="office_phone", name="Office phone")
        town.register_account(gateway="mail", name="Post")
        town.register_phone(
            id="yousaf", owner="Mr Yousaf, Hamza’s father", number="+447700900123", mailbox="y@example.org",
            language="ur",
        )  # fmt: skip
        town.register_phone(id="anna", owner="Anna Kowalska", number="+447700900124")
        town.answer("yousaf", channel="whatsapp", text="السلام علیکم، حمزہ کو کتاب مل گئی۔")
        town.answer("yousaf", channel="sms", text=LONG)
        town.answer("yousaf", channel="sms", ring=True)
        yield town


@pytest.fixture
def page(chromium: Browser, town: ThreadedTown) -> Iterator[Page]:
    with watched_page(chromium, town.url) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/", "/phones/yousaf/", "/weather/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it takes
    page.goto(path)
    no_sideways_scroll(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    if scheme == "light":
        look(page, f"town {path.strip('/').replace('/', ' ') or 'phones'}")
    axe_without_policy(page)


def axe_without_policy(page: Page) -> None:
    """The page's own policy refuses scripts put in from outside, so the checker looks at a copy without it."""
    browser = page.context.browser
    assert browser is not None
    scheme = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    copy = context.new_page()
    copy.goto(page.url)
    axe(copy)
    context.close()


def test_news_appear_by_themselves_unless_somebody_writes(page: Page, town: ThreadedTown) -> None:
    page.goto("/phones/anna/")
    town.answer("anna", channel="sms", text="first")
    expect(page.get_by_text("first")).to_be_visible(timeout=20_000)
    page.get_by_label("Answer").fill("half a sen")
    with page.expect_response("**/version"):
        town.answer("anna", channel="sms", text="second")
    with page.expect_response("**/version"):
        pass
    expect(page.get_by_label("Answer")).to_have_value("half a sen")
    page.get_by_label("Answer").fill("")
    expect(page.get_by_text("second")).to_be_visible()


def test_without_a_script_an_answer_is_written_and_sent(chromium: Browser, town: ThreadedTown) -> None:
    with watched_page(chromium, town.url, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("link", name="Anna Kowalska").click()
        page.get_by_label("Answer").fill("Przyjdę")
        page.get_by_label("by", exact=True).select_option(label="SMS to +447700900003")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".from-home").last).to_contain_text("Przyjdę")
    last = town.call(lambda t: t.phones.get("anna").lines[-1])
    assert (last.text, last.channel, last.from_school) == ("Przyjdę", "sms", False)


def test_what_comes_before_the_pages_script_looks_is_news_as_well(page: Page, town: ThreadedTown) -> None:
    page.route(
        "**/live.js",
        lambda route: (town.answer("anna", channel="sms", text="early"), route.continue_()),
        times=1,  # the news has the page loaded again, and its script with it
    )
    page.goto("/phones/anna/")
    expect(page.get_by_text("early")).to_be_visible(timeout=20_000)
