"""The families' pages, and the doors they come in by."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.screenshots.shots import Shot, Steps, Where, at, fills, in_turn, presses
from tests.screenshots.story import Fortnight

LINK = re.compile(r"https?://\S+?(/maple-street/n/\w+/)")
CODE = re.compile(r"\b\d{3} ?\d{3}\b")


def link_to(called: str) -> Where:
    """The notice link that stands in the last message this adult got."""

    def where(story: Fortnight) -> str:
        found = [found[1] for line in story.maple.received(called) if (found := LINK.search(line.text))]
        return found[-1]

    return where


def opened_elsewhere(page: Page, story: Fortnight) -> None:
    """Somebody opened the link on their phone; now it is pressed on another."""
    presses("main form button")(page, story)
    page.context.clear_cookies(name="porchlight-link")
    page.go_back()
    presses("main form button")(page, story)


def asks_for_a_code(number: str) -> Steps:
    return in_turn(fills(written=number), presses("main form button"))


def writes_the_code(page: Page, story: Fortnight) -> None:
    """Ms Amal has a child here too. The code that comes to her own phone opens the other door."""
    asks_for_a_code("07700 900177")(page, story)
    story.maple.carry()
    text = story.maple.received("Natalie Cole")[-1].text
    found = CODE.search(text)
    assert found, f"no code in: {text}"
    page.locator("main [name=code]").fill(found[0])
    presses("main form:has([name=code]) button")(page, story)


def mail_that_stops(story: Fortnight) -> str:
    """The address behind “unsubscribe” in the head of a mail."""
    [*_, mail] = story.maple.received("Joanne Carter", "email")
    head = next(value for name, value in mail.headers if name.lower() == "list-unsubscribe")
    found = re.search(r"https?://[^/>]+(/hooks/stop/[^>]+)>", head)
    assert found, head
    return found[1]


def about_hamza(story: Fortnight) -> str:
    return at("conversations:family_thread", student_key=story.maple.student("Hamza Yousaf").key)


FAMILIES = (
    Shot("week", "home:week", at("home:week"), "yousaf", docs=("360-light", "360-light-ur", "360-dark-ur"),
         told="A family’s week, on the cheapest phone: good news first, then what is asked, in their own language."),
    Shot("messages", "conversations:family_messages", at("conversations:family_messages"), "yousaf"),
    Shot("family-thread", "conversations:family_thread", about_hamza, "yousaf", docs=("360-light-ur",),
         told="The same thread as the father reads it, in Urdu, with the original one tap away."),
    Shot("student-day", "home:student_day", at("home:student_day"), "hamza", docs=("360-light",),
         told="The student’s own day: what homes were told, who teaches, and whom to speak to when something worries."),
    Shot("doorstep", "welcome:notice", link_to("Fiona Walsh")),
    Shot("one-item", "welcome:notice_message", link_to("Fiona Walsh"), steps=presses("main form button"),
         docs=("360-light",),
         told="What a link in a text message opens: the one message, answered without signing in."),
    Shot("other-phone", "welcome:notice", link_to("Nilesh Patel"), steps=opened_elsewhere),
    Shot("link-over", "welcome:notice", at("welcome:notice", secret="2" * 26), status=404),
    Shot("sign-in", "welcome:sign_in", at("welcome:sign_in"), docs=("360-light",),
         told="How families come in: a number and six digits, no password."),
    Shot("sign-in-to-put-right", "welcome:sign_in", at("welcome:sign_in"), steps=asks_for_a_code("not a number")),
    Shot("code", "welcome:code", at("welcome:sign_in"), steps=asks_for_a_code("07700 900113")),
    Shot("person", "welcome:person", at("welcome:sign_in"), "amal", writes_the_code),
    Shot("stop-mail", "hooks:stop", mail_that_stops),
)  # fmt: skip
