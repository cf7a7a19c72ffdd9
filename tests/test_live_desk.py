"""Pages that stay open, in a real browser on the real server: they change when something changed, without a reload."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from porchlight.accounts.models import User
from porchlight.conversations.notices import Question
from porchlight.operations.tests.running import Answering, in_a_thread
from porchlight.schools.live import listening
from tests.browser import axe, look
from tests.maple import Maple
from tests.visitor import DESK, NO_SCRIPT, Visitor, visiting

pytestmark = pytest.mark.browser

HIS_WORDS = "حمزہ کو کتاب مل گئی۔"
NOT_LOADED_AGAIN = "window.here = true"
SAYS_WHY_IT_CLOSED = """() => document.addEventListener("htmx:sse:close", closed => {
  document.documentElement.dataset.closed = closed.detail.reason
})"""


@pytest.fixture
def server(maple: Maple, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    """Porchlight as `porchlight serve` answers, beside the one the practice town calls."""
    monkeypatch.setattr(listening, "POLL", 0.1)
    monkeypatch.setattr(listening, "AT_LEAST_APART", (0.0, 0.0))
    with in_a_thread(threads=4) as answering:
        yield answering


def at_work(chromium: Browser, maple: Maple, server: Answering, who: str = "amal", **options: object):
    address = f"http://127.0.0.1:{server.port}"
    here = Maple(maple.school, maple.town, address)
    return visiting(chromium, here, as_=who, **DESK, **options)


def listens(page: Page, path: str) -> None:
    """Open a page and wait until its stream is open."""
    with page.expect_response(lambda answer: "/changes/" in answer.url and answer.status == 200):
        page.goto(path)
    page.evaluate(NOT_LOADED_AGAIN)


def was_not_loaded_again(page: Page) -> bool:
    return bool(page.evaluate("window.here === true"))


def test_the_desk_changes_when_a_father_writes_and_when_he_is_answered(
    chromium: Browser, maple: Maple, server: Answering
) -> None:
    maple.tell("Museum on Friday.")
    with at_work(chromium, maple, server) as amal, at_work(chromium, maple, server, "bell") as bell:
        for one in (amal, bell):
            listens(one.page, "/maple-street/desk/")
            one.reads("Every family has an answer")
        maple.answers("Mr Yousaf", text=HIS_WORDS)
        for one in (amal, bell):
            waiting = one.part("Waiting for an answer")
            expect(waiting.locator("[lang=ur][dir=rtl]", has_text=HIS_WORDS)).to_be_visible()
            expect(waiting.get_by_role("status")).to_have_text("oldest first · 1")
            assert was_not_loaded_again(one.page)
        axe(amal.page)
        look(amal.page, "desk live", widths=(360, 1280))
        answers(amal, "Get well soon.")
        expect(bell.part("Waiting for an answer")).to_contain_text("Every family has an answer")
        assert was_not_loaded_again(bell.page)


def answers(amal: Visitor, text: str) -> None:
    amal.follows("Answer", amal.part("Waiting for an answer"))
    amal.writes("Your message", text)
    amal.presses("Send")


def test_who_is_about_to_press_keeps_the_place_under_their_finger(
    chromium: Browser, maple: Maple, server: Answering
) -> None:
    """A list that changes while somebody stands on one of its links leaves them there."""
    maple.tell("Museum on Friday.")
    maple.answers("Mr Yousaf", text=HIS_WORDS)
    with at_work(chromium, maple, server) as amal:
        listens(amal.page, "/maple-street/desk/")
        link = amal.part("Waiting for an answer").get_by_role("link", name="Answer", exact=True).first
        link.focus()
        maple.answers("Anna Nowak", text="Zofia found her shoe.")
        expect(amal.part("Waiting for an answer")).to_contain_text("Zofia found her shoe.")
        expect(link).to_be_focused()


def test_a_report_counts_answers_as_they_come(chromium: Browser, maple: Maple, server: Answering) -> None:
    notice = maple.tell("May {child} come?", kind="question", question=Question("yes_no"))
    with at_work(chromium, maple, server) as amal:
        listens(amal.page, f"/maple-street/notices/{notice.key}/")
        amal.reads("0 of 35 homes answered.")
        maple.answers("Mr Yousaf", text="جی ہاں")
        amal.reads("1 of 35 homes answered.")
        assert was_not_loaded_again(amal.page)
        axe(amal.page)


def test_the_page_stops_listening_when_the_session_is_disabled(
    chromium: Browser, maple: Maple, server: Answering
) -> None:
    maple.tell("Museum on Friday.")
    asked: list[str] = []
    with at_work(chromium, maple, server) as amal, at_work(chromium, maple, server, "bell") as bell:
        for one in (amal, bell):
            listens(one.page, "/maple-street/desk/")
        amal.page.on("request", lambda request: asked.append(request.url))
        amal.page.evaluate(SAYS_WHY_IT_CLOSED)
        User.objects.filter(email="amal@maple-street.example.org").update(is_active=False)
        expect(amal.page.locator("html")).to_have_attribute("data-closed", "message")
        maple.answers("Mr Yousaf", text=HIS_WORDS)
        expect(bell.part("Waiting for an answer")).to_contain_text(HIS_WORDS)
        assert asked == []
        amal.does_not_read(HIS_WORDS)


def test_without_script_the_link_looks_again(chromium: Browser, maple: Maple, server: Answering) -> None:
    maple.tell("Museum on Friday.")
    with at_work(chromium, maple, server, **NO_SCRIPT) as amal:
        amal.goes("/maple-street/desk/")
        maple.answers("Mr Yousaf", text=HIS_WORDS)
        amal.does_not_read(HIS_WORDS)
        amal.follows("Look again")
        expect(amal.part("Waiting for an answer")).to_contain_text(HIS_WORDS)
