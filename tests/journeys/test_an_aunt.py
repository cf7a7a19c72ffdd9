"""Mr Yousaf names Hamza's aunt on his phone, in Urdu. She says yes on her keypad phone, and answers for the home."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from porchlight.conversations.notices import Question
from porchlight.families.models import Guardian
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, visiting

pytestmark = pytest.mark.browser

HERS = "+447700900555"
QUESTION = "May {child} come to the museum on Friday?"


def told(maple: Maple) -> list[str]:
    return [line.text for line in maple.town.received("aunt")]


def test_named_by_the_father_asked_by_text_and_answering_by_a_digit(chromium: Browser, maple: Maple) -> None:
    maple.town.register_phone(id="aunt", owner="Aunt Zainab", number=HERS, channels=["sms"])
    with visiting(chromium, maple, as_="yousaf", language="ur", **PHONE, **NO_SCRIPT) as father:
        father.goes(f"/maple-street/messages/about/{maple.student('Hamza Yousaf').key}/")
        father.follows("Another adult should get messages too")
        father.writes("Their name", "Aunt Zainab")
        father.page.locator("select[name=relation]").select_option("aunt_uncle")
        father.page.locator("[name=value]").fill("07700 900555")
        father.page.locator("select[name=reads]").select_option("ur")
        father.presses("Ask them")
        father.reads("has not said yes yet")
    maple.carry()
    [asked] = told(maple)
    assert "Hamza" not in asked

    maple.tell(QUESTION, kind="question", question=Question("yes_no"))
    assert told(maple) == [asked]

    maple.town.answer("aunt", text="جی ہاں")
    maple.carry()
    notice = maple.tell(QUESTION, kind="question", question=Question("yes_no"))
    assert "museum" in told(maple)[-1]
    maple.town.answer("aunt", text="1")
    maple.carry()
    [answer] = notice.ask.answers.all()
    assert (answer.keys, answer.thread.guardian) == (["yes"], Guardian.objects.get(name="Aunt Zainab"))

    with visiting(chromium, maple, as_="yousaf", language="ur", **PHONE, **NO_SCRIPT) as father:
        father.goes("/maple-street/messages/named/")
        father.page.get_by_role("button", name="Aunt Zainab").click()
    before = told(maple)
    maple.tell("School starts at nine tomorrow.")
    assert told(maple) == before
