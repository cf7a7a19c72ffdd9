"""Mr Yousaf comes in with a code from his phone, reads his week in Urdu, answers, and writes back in Urdu."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from porchlight.conversations.notices import Question
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

QUESTION = "حمزہ جمعہ کو عجائب گھر جا سکتا ہے؟"
HIS_WORDS = "حمزہ کو کتاب مل گئی ہے، وہ بہت خوش ہے۔"
HER_WORDS = "Thank you for telling us. We are glad too."


def comes_in(father: Visitor, maple: Maple) -> None:
    """By the number the school writes to, and the six digits it sends there."""
    father.goes("/maple-street/sign-in/")
    father.writes("Your phone number or e-mail address", "07700 900100")
    father.presses("Send me the code")
    maple.carry()
    code = re.search(r"\b\d{3} ?\d{3}\b", maple.received("Mr Yousaf")[-1].text)
    assert code
    father.writes("The six digits we sent you", code[0])
    father.presses("Come in")


@pytest.mark.in_turn
@pytest.mark.parametrize("script", [{}, NO_SCRIPT], ids=["script", "without-script"])
def test_there_and_back_in_urdu(chromium: Browser, maple: Maple, script: dict[str, Any]) -> None:
    maple.tell(
        "May Hamza come to the museum on Friday?", kind="question", question=Question("yes_no"), urdu=QUESTION
    )

    with visiting(chromium, maple, language="ur", **PHONE, **script) as father:
        comes_in(father, maple)
        assert father.seen[-1] == "/maple-street/week/"
        expect(father.page.locator("html")).to_have_attribute("dir", "rtl")
        expect(father.page.locator("html")).to_have_attribute("lang", "ur")
        father.reads(QUESTION)
        father.chooses("جی ہاں")
        father.presses("Send my answer")
        father.reads("Thank you. The school has your answer.")
        father.writes("Your message", HIS_WORDS)
        father.presses("Send")
        father.reads("Thank you. Your message is with the school.")

    with visiting(chromium, maple, as_="amal", **script) as amal:
        amal.goes("/maple-street/")
        waiting = amal.row("Mr Yousaf", amal.part("Waiting for an answer"))
        expect(waiting.locator("[lang=ur][dir=rtl]", has_text=HIS_WORDS)).to_be_visible()
        amal.follows("Answer", waiting)
        amal.writes("Your message", HER_WORDS)
        amal.presses("Send")
        amal.goes("/maple-street/")
        amal.reads("Every family has an answer")

    maple.later(seconds=6)
    maple.carry()
    assert HER_WORDS in maple.received("Mr Yousaf", "whatsapp")[-1].text
    with visiting(chromium, maple, language="ur", **PHONE, **script) as father:
        comes_in(father, maple)
        father.follows("Messages")
        father.follows(father.words("About %(name)s") % {"name": "Hamza"})
        father.reads(HIS_WORDS)
        expect(father.page.locator("[lang=en][dir=ltr]", has_text=HER_WORDS)).to_be_visible()
