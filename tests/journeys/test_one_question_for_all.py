"""Anna Nowak asks; Ms Amal answers the whole class on her phone; nobody at any other home learns who asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from porchlight.conversations.models import Notice
from tests.maple import Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

ASKED = "Hello, does Zofia need wellingtons on the walk? Anna"


def test_asked_by_one_answered_for_all(chromium: Browser, maple: Maple) -> None:
    maple.tell("We go for a walk on Friday.")
    maple.answers("Natalie Cole", text=ASKED.replace("Zofia", "Oscar").replace("Anna", "Natalie"))
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/desk/")
        amal.follows("Answer")
        amal.follows("Answer for the whole class")
        amal.writes("Your answer", "Yes please, it will be wet.")
        amal.presses("Look at it first")
        amal.reads("Take out what names the family that asked:")
        amal.writes("The question, as the class reads it", "Do children need wellingtons on the walk?")
        amal.presses("Look at it first")
        amal.reads("This goes to")
        amal.presses("Send to", exact=False)
        amal.goes("/maple-street/desk/")
        amal.reads("Every family has an answer")
    maple.later(seconds=31)
    maple.carry()
    heard = (
        "A family asked: Do children need wellingtons on the walk?\nOur answer: Yes please, it will be wet."
    )
    assert heard in maple.received("Natalie Cole")[-1].text
    others = [line.text for line in maple.received("Mr Yousaf")]
    assert "Do children need wellingtons on the walk?" in others[-1]
    assert not any("Natalie" in text or "Cole" in text for text in others)
    assert "Natalie" not in Notice.objects.latest("pk").text
