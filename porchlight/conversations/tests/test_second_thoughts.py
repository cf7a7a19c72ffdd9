"""Before words leave, their writer sees how they may be heard and whether good ones came before; nothing is held up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Kind, Message
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY

BASE = "/maple-street"
BLAME = "He never listens."
INVITED = "Could you tell me what helps Hamza to listen at home?"


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def amal(town: Town) -> Client:
    return browser_of(town.amal)


def thread(town: Town) -> str:
    return f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"


def one_home(town: Town, **fields: str) -> dict[str, str]:
    audience = f"class:{town.class_4a.key}"  # in which there is no other
    return {"kind": "information", "audience": audience, "text": BLAME, "look": "1"} | fields


def said_well(town: Town, days_ago: int) -> None:
    reply(
        thread=town.thread, text="He helped today.", language="en", by=town.amal.actor(),
        now=TUESDAY - timedelta(days=days_ago), kind=Kind.GOOD_NEWS,
    )  # fmt: skip


def taken(page: str) -> str:
    """The key on the button that takes the invitation."""
    return page.split('name="invite" value="')[1].split('"')[0]


def test_a_reply_is_looked_at_and_not_sent(town: Town, amal: Client) -> None:
    page = amal.post(thread(town), {"text": BLAME, "look": ""}).content.decode()
    assert "“He never listens” reads as blame" in page
    assert INVITED.replace("Hamza", town.yousaf.student.short_name) in page
    assert BLAME in page  # still in the field
    assert not Message.objects.exists()


def test_the_invitation_is_taken_by_one_press_and_still_not_sent(town: Town, amal: Client) -> None:
    text = f"Good morning. {BLAME} See you on Friday."
    first = amal.post(thread(town), {"text": text, "look": ""}).content.decode()
    page = amal.post(
        thread(town), {"text": text, "invite": taken(first), "kind": "good_news"}
    ).content.decode()
    name = town.yousaf.student.short_name
    assert f"Good morning. {INVITED.replace('Hamza', name)} See you on Friday." in page
    assert "Nothing in these words reads as blame to us." in page
    assert 'value="good_news" checked' in page
    assert not Message.objects.exists()


def test_blame_is_sent_all_the_same_when_its_writer_sends_it(town: Town, amal: Client) -> None:
    amal.post(thread(town), {"text": BLAME})
    assert Message.objects.get().text == BLAME


def test_an_announcement_shows_it_where_it_is_looked_at(town: Town, amal: Client) -> None:
    form = one_home(town)
    page = amal.post(f"{BASE}/notices/new/", form).content.decode()
    assert "“He never listens” reads as blame" in page
    again = amal.post(f"{BASE}/notices/new/", form | {"invite": taken(page)}).content.decode()
    assert "Could you tell me what helps {child} to listen at home?</textarea>" in again
    assert "reads as blame" not in again
    assert "Send to one home" in page  # it waits for nobody


def test_other_words_are_left_alone(town: Town, amal: Client) -> None:
    page = amal.post(f"{BASE}/notices/new/", one_home(town, text="Bring water on Friday.")).content.decode()
    assert "How it may be heard" not in page
    assert "Say something good first" not in page


@pytest.mark.parametrize(("days_ago", "is_said"), [(None, True), (29, True), (27, False)])
def test_a_worry_asks_for_a_good_word_where_there_was_none_lately(
    town: Town, amal: Client, days_ago: int | None, is_said: bool
) -> None:
    if days_ago is not None:
        said_well(town, days_ago)
    page = amal.post(f"{BASE}/notices/new/", one_home(town)).content.decode()
    assert ("Say something good first" in page) is is_said
    assert f"kind=good_news&amp;audience=class%3A{town.class_4a.key}" in page or not is_said


@pytest.mark.parametrize("fields", [{"urgent_reason": "He is hurt."}, {"kind": "good_news"}])
def test_what_is_urgent_or_good_itself_is_not_asked(town: Town, amal: Client, fields: dict[str, str]) -> None:
    page = amal.post(f"{BASE}/notices/new/", one_home(town) | fields).content.decode()
    assert "Say something good first" not in page


def test_nor_is_a_worry_for_a_whole_class(town: Town, amal: Client) -> None:
    town.home(2)
    page = amal.post(f"{BASE}/notices/new/", one_home(town)).content.decode()
    assert "Say something good first" not in page


def test_a_thread_says_when_the_last_good_word_was(town: Town, amal: Client) -> None:
    name = town.yousaf.student.short_name
    page = amal.get(thread(town)).content.decode()
    assert f"No good word from school about {name} yet." in page
    assert 'href="?good=1#reply"' in page
    assert 'value="good_news" checked' in amal.get(f"{thread(town)}?good=1").content.decode()
    said_well(town, 1)
    page = amal.get(thread(town)).content.decode()
    assert f"Last good word from school about {name}: yesterday." in page
    assert "?good=1" not in page


def test_while_writing_the_same_is_said_after_a_pause_and_nothing_is_kept(town: Town, amal: Client) -> None:
    name = town.yousaf.student.short_name
    part = amal.post(f"{thread(town)}hints/", {"text": BLAME}).content.decode()
    assert INVITED.replace("Hamza", name) in part
    assert "<html" not in part
    assert not amal.post(f"{thread(town)}hints/", {"text": "She sang today."}).content.decode().strip()
    long = "We " + "very " * 24 + "much hope that you come."
    assert "Two short sentences" in amal.post(f"{BASE}/notices/hints/", {"text": long}).content.decode()
    assert "reads as blame" in amal.post(f"{BASE}/notices/hints/", {"text": BLAME}).content.decode()
    unknown = amal.post(f"{BASE}/notices/hints/", {"text": BLAME, "language": "zz"})
    assert "reads as blame" in unknown.content.decode()  # as the school writes
    assert not Message.objects.exists()
    stranger = Client()
    assert stranger.post(f"{BASE}/notices/hints/", {"text": BLAME}).status_code == 302


def test_both_pages_ask_for_it_outside_the_form_so_that_no_photo_goes_along(town: Town, amal: Client) -> None:
    for address in (thread(town), f"{BASE}/notices/new/"):
        page = amal.get(address).content.decode()
        asker = page.index("hx-post=")
        assert page.rindex("</form>", 0, asker) > page.rindex('id="hints" aria-live="polite"', 0, asker)
        assert page.count('id="hints"') == 1
