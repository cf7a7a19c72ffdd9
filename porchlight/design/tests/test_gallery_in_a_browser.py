"""The gallery in a real browser: strict policy, axe, no sideways scroll, both themes, right to left."""

import pytest
from playwright.sync_api import Page

from tests.browser import axe, in_views, look, no_sideways_scroll, watched_page

pytestmark = pytest.mark.browser

PAGES = ["", "family/", "tokens/", "404/", "form/", "500/", "503/"]


@pytest.fixture(autouse=True)
def _gallery_is_open(settings) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("language", ["en", "ur", "es"])
@pytest.mark.parametrize("name", PAGES)
def test_a_gallery_page_is_accessible_in_every_theme_and_width(page, name: str, language: str) -> None:
    page.goto(f"/design/{name}?lang={language}")
    no_sideways_scroll(page)
    look(page, f"design-{name.strip('/') or 'parts'}-{language}")
    for _view in in_views(page, f"{name} {language}"):
        axe(page)
    assert page.locator("html").get_attribute("lang") == language


def test_a_part_changes_in_place_under_the_strict_policy(page) -> None:
    page.goto("/design/?lang=ur")
    assert page.locator("#live-part svg").count() == 0
    page.get_by_role("button", name="بدلیں").click()
    page.wait_for_selector("#live-part.note.good svg[viewBox] path", state="attached")
    assert page.locator("#live-part").inner_text() == "بدل گیا، نشان کے ساتھ۔"
    assert page.locator("[style]").count() == 0
    assert page.locator("style").count() == 0


def test_a_preview_switches_without_script(chromium, live_server) -> None:
    with watched_page(chromium, live_server.url, java_script_enabled=False) as page:
        page.goto("/design/")
        assert page.locator(".tabs .view:visible").count() == 1
        page.locator(".tabs label", has_text="Roman Urdu").click()
        assert page.locator(".tabs .view:visible [lang=ur-Latn]").inner_text().startswith("Shukriya.")


def test_the_language_is_chosen_without_script(chromium, live_server, transactional_db) -> None:
    with watched_page(chromium, live_server.url, java_script_enabled=False) as page:
        page.goto("/accounts/login/")
        page.get_by_role("button", name="اردو").click()
        assert page.url.endswith("/accounts/login/")
        assert page.locator("h1").inner_text() == "اندر آئیں"
        assert page.locator("html").get_attribute("dir") == "rtl"


def test_a_voice_note_plays_in_place(page) -> None:
    page.goto("/design/")
    before = page.url
    with page.expect_request("**/design/sound/"):
        page.locator("a.voice").first.click()
    assert page.url == before


def test_the_accessibility_check_finds_what_is_wrong(page) -> None:
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc'>pale</p></body></html>")
    with pytest.raises(AssertionError, match=r"(?s)color-contrast.*html-has-lang.*image-alt"):
        axe(page)


def test_a_wide_page_is_noticed(page) -> None:
    page.set_content("<html lang='en'><body><pre>" + "x" * 400 + "</pre></body></html>")
    with pytest.raises(AssertionError, match="px wide on a screen of 320 px"):
        no_sideways_scroll(page)


def call_abroad(page: Page) -> None:
    with page.expect_request("https://example.org/*"):
        page.set_content("<img src='https://example.org/spy.gif'>")


def break_the_policy(page: Page) -> None:
    page.goto("/design/")
    with page.expect_console_message():
        page.evaluate(
            "() => { document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>') }"
        )


def break_a_script(page: Page) -> None:
    page.goto("/design/")
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('as planned') }, 0) }")


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        (call_abroad, "left this machine"),
        (break_the_policy, "policy refused"),
        (break_a_script, "errors in scripts"),
    ],
)
def test_a_page_that_misbehaves_fails_its_test(chromium, live_server, act, complaint: str) -> None:
    def visit() -> None:
        with watched_page(chromium, live_server.url) as page:
            act(page)

    with pytest.raises(AssertionError, match=complaint):
        visit()
