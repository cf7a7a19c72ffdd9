"""Somebody without a mouse: Tab, Enter, Space, arrows and letters, and nothing else.

Wherever Tab leads, the place must be seen: with a ring around it, on the screen, and with nothing lying over it.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

FAR = 120  # presses of Tab after which nobody goes on looking
HERE = """() => {
  const at = document.activeElement;
  const shown = at.matches('.tabs > input') ? at.nextElementSibling : at;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    what: at.tagName.toLowerCase() + ' ' + (at.innerText || at.name || at.id || '').trim().slice(0, 40),
    page: at === document.body,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: over !== null && !shown.contains(over) && !over.contains(shown),
  };
}"""


class Hands:
    """Two hands on the keys of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, place: Locator) -> None:
        """Tab until the focus is there. Every place on the way is one that can be seen."""
        expect(place).to_have_count(1)
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            self._looks()
            if place.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"Tab never came to {place}.")

    def _looks(self) -> None:
        here: dict[str, Any] = self.page.evaluate(HERE)
        if here["page"]:  # past the last place; the browser's own bar comes next
            return
        assert here["ring"], f"no ring around {here['what']}"
        assert here["seen"], f"{here['what']} is not on the screen"
        assert not here["covered"], f"something lies over {here['what']}"

    def skips_to_the_page(self) -> None:
        """The first place of a page is the way past its header; the next one then stands in the page."""
        skip = self.page.locator("a.skip")
        self.page.keyboard.press("Tab")
        expect(skip).to_be_focused()
        self._looks()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
        self.page.keyboard.press("Shift+Tab")

    def opens(self, place: Locator) -> None:
        """Tab to a link or button and press Enter; it leads to a page."""
        self.tab_to(place)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfolds(self, place: Locator) -> None:
        """Tab to the line of a part that is folded, and open it."""
        self.tab_to(place)
        self.page.keyboard.press("Enter")

    def writes(self, place: Locator, text: str) -> None:
        self.tab_to(place)
        self.page.keyboard.type(text)
        expect(place).to_have_value(text)

    def ticks(self, place: Locator) -> None:
        self.tab_to(place)
        self.page.keyboard.press("Space")
        expect(place).to_be_checked()

    def picks(self, place: Locator) -> None:
        """One of several tiles: Tab leads into them, arrows from one to the next."""
        group = self.page.locator(f"[name='{place.get_attribute('name')}']")
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            self._looks()
            if group.evaluate_all("all => all.includes(document.activeElement)"):
                break
        if not place.evaluate("one => one === document.activeElement"):
            for _arrow in range(group.count()):
                self.page.keyboard.press("ArrowDown")
                self._looks()
                if place.is_checked():
                    break
        else:
            self.page.keyboard.press("Space")
        expect(place).to_be_checked()

    def selects(self, place: Locator, label: str) -> None:
        """From a list, by its first letters."""
        self.tab_to(place)
        self.page.keyboard.type(label)
        expect(place.locator("option:checked")).to_have_text(label)
