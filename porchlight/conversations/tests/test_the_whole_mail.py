"""Of a mail the thread shows the new words; the whole of it is one tap away for staff, without script."""

from __future__ import annotations

import pytest
import time_machine

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.heard import Words, hear_in_thread, to_triage
from porchlight.conversations.models import Message, TriageReason
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY

NEW = "Hamza found his book."
QUOTED = "> Bring <b>water</b> on Friday."
WHOLE = f"{NEW}\n\nOn Monday Ms Amal wrote:\n{QUOTED}"
SHOWN = "&gt; Bring &lt;b&gt;water&lt;/b&gt; on Friday."


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def came(whole: str, *, channel: str = "email") -> Words:
    return Words(text=NEW, full_text=whole, channel=channel, at=TUESDAY, sender="yousaf@example.org")


def thread_page(town: Town) -> str:
    home = town.yousaf
    url = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/"
    return browser_of(town.amal).get(url).content.decode()


def folded(page: str) -> str:
    """What stands folded behind the words of a page."""
    [part] = [one.split("</details>")[0] for one in page.split("<details>") if SHOWN in one]
    return part


def test_the_thread_shows_the_new_words_and_folds_the_whole_mail_behind_them(town: Town) -> None:
    hear_in_thread(thread=town.thread, words=came(WHOLE))
    part = folded(thread_page(town))
    assert "Show the whole mail" in part
    assert "On Monday Ms Amal wrote:" in part
    assert QUOTED not in part  # escaped, as everything that comes from outside


@pytest.mark.parametrize("whole", ["", NEW, f"  {NEW}\n\n"])
def test_where_the_words_are_all_there_was_nothing_is_folded(town: Town, whole: str) -> None:
    hear_in_thread(thread=town.thread, words=came(whole))
    page = thread_page(town)
    assert NEW in page
    assert "Show the whole" not in page


def test_the_office_can_open_it_before_it_has_a_place(town: Town) -> None:
    to_triage(town.school, None, came(WHOLE), TriageReason.UNKNOWN_SENDER)
    part = folded(browser_of(town.okafor).get("/maple-street/triage/").content.decode())
    assert "Show the whole mail" in part
    assert "On Monday Ms Amal wrote:" in part


def test_a_text_that_twilio_took_as_a_wish_is_not_called_a_mail(town: Town) -> None:
    hear_in_thread(thread=town.thread, words=came(WHOLE, channel="sms"))
    assert "Show the whole message" in folded(thread_page(town))


def test_a_family_page_does_not_grow_by_it(town: Town) -> None:
    hear_in_thread(thread=town.thread, words=came(WHOLE))
    guardian = town.yousaf.guardian
    guardian.user = User.objects.create_user("yousaf@example.org")
    guardian.save()
    page = browser_of(guardian).get(f"/maple-street/messages/about/{town.yousaf.student.key}/")
    assert NEW in page.content.decode()
    assert "On Monday Ms Amal wrote:" not in page.content.decode()
    assert Message.objects.get().full_text == WHOLE
