"""On a telephone the bar of a colleague's pages breaks no word, however many things wait behind "More"."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from porchlight.accounts.models import User
from tests.maple import Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

BROKEN = """() => {
  const broken = [];
  for (const link of document.querySelectorAll('.top nav > a, .top nav > .more > summary')) {
    if (!link.offsetWidth) continue;
    const walk = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (const word of walk.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, word.index);
        range.setEnd(walk.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


def test_no_word_is_broken_beside_a_badge(chromium: Browser, maple: Maple) -> None:
    for number in range(12):
        owner, phone = f"new-{number}", f"+4477009009{number:02}"
        maple.town.register_phone(id=owner, owner=owner, number=phone, channels=["whatsapp"])
        maple.town.answer(owner, channel="whatsapp", text="Who is this?")
    maple.carry()
    broken: dict[str, object] = {}
    with visiting(chromium, maple, as_="okafor", **PHONE) as office:
        for language, _name in settings.LANGUAGES:
            User.objects.filter(name="Mrs Okafor").update(language=language)
            for width in (360, 320):
                office.page.set_viewport_size({"width": width, "height": 740})
                office.page.goto("/maple-street/rounds/")
                assert office.page.locator(".top nav .more > summary .count").inner_text().strip()
                wide = office.page.evaluate("document.scrollingElement.scrollWidth") - width
                found = office.page.evaluate(BROKEN)
                if found or wide > 0:
                    broken[f"{language} {width}"] = (found, wide)
    assert broken == {}
