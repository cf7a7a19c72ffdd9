"""Ms Amal asks the homes of 4A, from a school text with an Urdu version; Mr Yousaf answers on his phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from porchlight.conversations.notices import Question
from tests.maple import PASSWORD, Maple
from tests.visitor import DESK, NO_SCRIPT, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

URDU = "4A جمعہ کو عجائب گھر جائے گی۔"


def with_her_password(amal: Visitor) -> None:
    """The door staff come in by."""
    amal.goes("/accounts/login/")
    amal.writes("E-mail", "amal@maple-street.example.org")
    amal.writes("Password", PASSWORD)
    amal.presses("Come in")


def with_the_link_of_the_demo(amal: Visitor) -> None:
    """The page that the demo's terminal points to."""
    amal.goes("/demo/")
    amal.follows("Ms Amal, the teacher of 4A")


def asks_about_the_trip(amal: Visitor) -> None:
    """From the desk to the button that sends, looking at it first."""
    amal.follows("Write to families")
    amal.chooses("A question")
    amal.page.get_by_label("Start from a school text").select_option("Trip to the museum")
    amal.chooses("Yes or no")
    amal.chooses("Class 4A")
    amal.presses("Look at it first")
    amal.reads("This goes to")
    amal.page.get_by_role("group", name="As each home gets it").get_by_text("More").click()
    amal.page.get_by_text("WhatsApp · اردو").click()
    amal.reads(URDU)
    amal.presses("Send to", exact=False)


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("comes_in", "screen"),
    [
        (with_her_password, DESK),
        (with_the_link_of_the_demo, PHONE),
        (with_the_link_of_the_demo, NO_SCRIPT),
    ],
    ids=["password-desk", "link-phone", "link-without-script"],
)
def test_from_the_teacher_to_the_father_and_back(
    chromium: Browser, maple: Maple, comes_in: Any, screen: dict[str, Any]
) -> None:
    with visiting(chromium, maple, **screen) as amal:
        comes_in(amal)
        asks_about_the_trip(amal)
        report = amal.seen[-1]
        amal.reads("0 of 35 homes answered.")

        maple.later(seconds=31)
        maple.carry()
        [question] = maple.received("Mr Yousaf", "whatsapp")
        assert URDU in question.text
        maple.answers("Mr Yousaf", text="جی ہاں")
        assert "جی ہاں" in maple.received("Mr Yousaf")[-1].text

        amal.goes(report)
        amal.reads("1 of 35 homes answered.")
        said = amal.part("What families said")
        assert said.locator("p.row").all_inner_texts() == ["1\nYes", "0\nNo"]


def test_a_mother_who_gets_mail_opens_the_link_and_answers_there(chromium: Browser, maple: Maple) -> None:
    notice = maple.tell("May Zofia come on Friday?", kind="question", question=Question("yes_no"))
    [mail] = maple.received("Anna Nowak", "email")
    link = re.search(rf"{maple.url}\S+/n/\S+", mail.text)
    assert link

    with visiting(chromium, maple, **PHONE, **NO_SCRIPT) as mother:
        mother.goes(link[0])
        mother.does_not_read("Zofia")  # whoever else looks at the phone sees only that a message waits
        mother.presses("Open the message")
        mother.reads("May Zofia come on Friday?")
        mother.chooses("Tak")
        mother.presses("Send my answer")
        mother.reads("Thank you. The school has your answer.")
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes(f"/maple-street/notices/{notice.key}/")
        amal.reads("1 of 35 homes answered.")
    with visiting(chromium, maple, **PHONE) as somebody_else:
        somebody_else.goes(link[0])
        somebody_else.presses("Open the message")
        somebody_else.reads("A link works on the first phone that opens it.")
