"""A home by paper alone: no telephone, no network. Three letters in a term; each slip comes back and is typed in."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from porchlight.conversations.models import Answer, Message, Notice
from porchlight.conversations.notices import Question
from porchlight.conversations.report import report_on
from porchlight.delivery.by_hand.slip_codes import code_of
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.opening import open_account
from porchlight.families.models import Address, ContactPoint
from porchlight.toolbox import school_time
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, Visitor, visiting

pytestmark = pytest.mark.browser
A_KEY = 0.5  # seconds: somebody who copies letters from paper and looks at each
MOST_SECONDS, HALF_A_CODE = 5.0, 4
DAYS = [
    {"key": "1", "labels": {"en": "Monday", "ur": "پیر"}},
    {"key": "2", "labels": {"en": "Friday", "ur": "جمعہ"}},
]


def by_paper_alone(maple: Maple) -> None:
    """Mr Yousaf's telephone is gone; the office knows where he lives."""
    father = maple.guardian("Mr Yousaf")
    ContactPoint.objects.filter(guardian=father).update(ended_at=school_time.now())
    open_account(school=maple.school, gateway="letters", label="Letters", by=maple.actor("Mrs Okafor"))
    home = Address.objects.create(
        school=maple.school, channel="paper", value="12 Elm Street, Bradford, BD3 9XX"
    )
    ContactPoint.objects.create(school=maple.school, guardian=father, address=home, consented=True)


def letter_of(notice: Notice) -> Delivery:
    """To his address; another home of the class gets one in the school bag."""
    rows = Delivery.objects.filter(to__startswith="12 Elm", parcel__messages__message__notice=notice)
    return rows.distinct().get()


def prints_and_posts(office: Visitor, says: str) -> None:
    """By area: look, take the PDF, say that it is printed, and in the evening that it went to the post."""
    office.goes("/maple-street/by-hand/letters/")
    office.page.get_by_role("link", name=re.compile("BD3")).click()
    office.looks()
    there = office.page.get_by_role("link", name="Open the letter (PDF)").get_attribute("href")
    made = office.page.request.get(str(there))
    [sheet] = PdfReader(BytesIO(made.body())).pages
    assert says in sheet.extract_text()
    office.presses("The ticked ones are printed")
    office.presses("Posted or handed out")
    office.reads("One letter is on its way.")


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def types(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key)

    def sends(self) -> None:
        self.pressed += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def types_in(office: Visitor, letter: Delivery, *ticked: str) -> float:
    """One slip, from the focus in the code's field to the focus there again. Returns its seconds at that pace."""
    keys = Keys(office.page)
    expect(office.page.locator("#code")).to_be_focused()
    keys.types(*code_of(letter)[:HALF_A_CODE], "Tab", *ticked)
    keys.sends()
    expect(office.page.locator("#code")).to_be_focused()
    return keys.pressed * A_KEY


def test_a_term_of_three_letters(chromium: Browser, maple: Maple) -> None:
    by_paper_alone(maple)
    with visiting(chromium, maple, as_="okafor", **NO_SCRIPT) as office:
        news = maple.tell("Hamza’s class grew beans.", urdu="حمزہ کی جماعت نے لوبیا اگایا۔")
        prints_and_posts(office, "Hamza’s class grew beans.")
        maple.later(days=3)
        office.goes("/maple-street/slips-back/")
        types_in(office, letter_of(news), *"ours too")
        trip = maple.tell(
            "May he come to the zoo?", urdu="کیا وہ چڑیا گھر آ سکتا ہے؟", question=Question("yes_no")
        )
        prints_and_posts(office, "May he come to the zoo?")
        maple.later(days=3)
        days = maple.tell(
            "When can you come?", urdu="آپ کب آ سکتے ہیں؟", question=Question("choose_several", DAYS)
        )
        prints_and_posts(office, "When can you come?")
        maple.later(days=3)
        office.goes("/maple-street/slips-back/")
        seconds = [
            types_in(office, letter_of(trip), "1"),
            types_in(office, letter_of(days), "1", "2"),
            types_in(office, letter_of(trip), "2"),  # the wrong box, at the first look: it may be changed
        ]
        office.looks()
        office.reads("Mr Yousaf, Hamza: No")
    assert max(seconds) < MOST_SECONDS
    answered_in_full(maple, news, trip, days)
    with visiting(chromium, maple, as_="amal", **NO_SCRIPT) as amal:
        father, child = maple.guardian("Mr Yousaf"), maple.student("Hamza Yousaf")
        amal.goes(f"/maple-street/students/{child.key}/with/{father.key}/")
        amal.reads("ours too")


def answered_in_full(maple: Maple, news: Notice, trip: Notice, days: Notice) -> None:
    """On every report and in the thread, as for any other home."""
    father = maple.guardian("Mr Yousaf")
    said = Answer.objects.counting().filter(thread__guardian=father).order_by("ask_id")
    typist = maple.staff("Mrs Okafor")
    assert [(one.keys, one.channel, one.typed_by) for one in said] == [
        (["no"], "paper", typist),
        (["1", "2"], "paper", typist),
    ]
    assert Message.objects.get(kind="on_paper", thread__guardian=father).text == "ours too"
    for notice in (news, trip, days):
        letter = letter_of(notice)
        assert (letter.status, letter.stopped) == (Status.DELIVERED, "")
        door = next(
            one for one in report_on(notice, actor=maple.actor("Ms Amal")).doors if one.guardian == father
        )
        assert (door.channel, door.arrived, door.answered) == ("paper", True, notice != news)
