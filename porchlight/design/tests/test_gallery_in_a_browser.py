"""The gallery in a real browser: strict policy, axe, no sideways scroll, both themes, right to left."""

import pytest

from tests.browser import axe, look, no_sideways_scroll

pytestmark = pytest.mark.browser

PAGES = ["", "family/", "tokens/", "404/", "form/", "500/", "503/"]


@pytest.fixture(autouse=True)
def _gallery_is_open(settings) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("language", ["en", "ur", "es"])
@pytest.mark.parametrize("name", PAGES)
def test_a_gallery_page_is_accessible_in_every_theme_and_width(page, name: str, language: str) -> None:
    page.goto(f"/design/{name}?lang={language}")
    assert page.locator("h1").count() == 1
    no_sideways_scroll(page)
    look(page, f"design-{name.strip('/') or 'parts'}-{language}")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)
