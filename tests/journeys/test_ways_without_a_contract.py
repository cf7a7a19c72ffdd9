"""A school with a list, a phone and a printer: texts by a tap, calls by a list, slips by class, a phone set up by a code.

Mrs Okafor's pages at the desk by keyboard alone; what is done on a phone, on a phone.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from porchlight.conversations.models import Message, TriageItem
from porchlight.conversations.notices import Question
from porchlight.delivery.by_hand.slip_codes import code_of, shown
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.outbox.ticking import tick
from porchlight.families.models import ContactPoint
from porchlight.toolbox import school_time
from tests.keyboard import Hands
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser
CALL, URDU_CALL = "Will you come on Friday?", "کیا آپ جمعے کو آئیں گے؟"
BY_HAND = "/maple-street/settings/ways/by-hand/"


def without_contract(maple: Maple) -> None:
    Account.objects.in_school(maple.school).update(closed_at=school_time.now())


def switches_on(visitor: Visitor, *ways: str) -> None:
    visitor.goes(BY_HAND)
    for way in ways:
        visitor.presses("Switch it on", visitor.row(way), exact=False)


def asks(maple: Maple) -> None:
    maple.tell(CALL, urdu=URDU_CALL, question=Question("yes_no"))


def test_a_colleagues_phone_sends_and_says_so_without_script(chromium: Browser, maple: Maple) -> None:
    without_contract(maple)
    with visiting(chromium, maple, as_="okafor", **PHONE, **NO_SCRIPT) as okafor:
        switches_on(okafor, "WhatsApp on a colleague's own phone")
        asks(maple)
        okafor.goes("/maple-street/by-hand/")
        row = okafor.page.get_by_role("region", name="Mr Yousaf")
        okafor.reads(URDU_CALL, row)
        there = row.get_by_role("link", name="Open in WhatsApp").get_attribute("href")
        opened = okafor.page.request.get(there, max_redirects=0)
        number = Delivery.objects.get(parcel__guardian=maple.guardian("Mr Yousaf")).to.lstrip("+")
        assert opened.status == 302
        assert opened.headers["location"].startswith(f"https://wa.me/{number}?text=")
        okafor.presses("It is sent", row, exact=False)
        okafor.reads("Marked as sent to Mr Yousaf.")
        okafor.presses("Not sent after all", okafor.page.locator("form.note"))
        okafor.reads("It stands on the list again.")
        okafor.presses("It is sent", row, exact=False)
    sent = Delivery.objects.filter(status=1)
    assert [(one.parcel.guardian.greeting, one.handings.count()) for one in sent] == [("Mr Yousaf", 2)]


def test_a_missed_call_is_rung_back_by_keyboard_alone(chromium: Browser, maple: Maple) -> None:
    maple.answers("Mr Yousaf", ring=True)
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        page.goto("/maple-street/triage/")
        hands.opens(page.get_by_role("link", name="Ring them from the call list"))
        okafor.looks()
        okafor.reads("Please ring me")
        hands.writes(page.get_by_label("What they said, in a line"), "Hamza is ill until Thursday")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        okafor.reads("Nobody to ring now")
        hands.unfolds(page.locator("summary", has_text="You wrote down one call today"))
        hands.opens(page.get_by_role("button", name="Take it back"))
        okafor.looks()
        okafor.reads("Please ring me")
        hands.writes(page.get_by_label("What they said, in a line"), "Hamza is ill until Thursday")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        okafor.reads("Written down: reached.")
    assert TriageItem.objects.get().outcome == "Hamza is ill until Thursday"
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes("/maple-street/")
        amal.reads("Hamza is ill until Thursday")


def test_slips_are_printed_in_two_languages_and_bring_a_number_back(chromium: Browser, maple: Maple) -> None:
    father = maple.guardian("Mr Yousaf")
    ContactPoint.objects.filter(guardian=father).update(ended_at=school_time.now())
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        switches_on(okafor, "Printed slips, handed out in class")
        asks(maple)
        page.goto("/maple-street/by-hand/slips/")
        hands.opens(page.get_by_role("link", name="Slips for a whole class"))
        okafor.looks()
        hands.selects(page.get_by_label("Class", exact=True), "4A")
        hands.opens(page.get_by_role("button", name="Make the slips"))
        okafor.looks()
        told = Message.objects.filter(notice__text=CALL).values("thread__guardian").distinct()
        expect(page.locator("article.slip")).to_have_count(told.count())
        code = shown(code_of(Delivery.objects.get(channel="paper", parcel__guardian=father)))
        slip = page.locator("article.slip", has=page.locator("b.num", has_text=code))
        assert slip.locator("section :is([lang=en], [lang=ur])").count() >= 6
        page.emulate_media(media="print")
        expect(page.locator("header.sky")).to_be_hidden()
        expect(page.get_by_role("button", name="The ticked ones are handed out")).to_be_hidden()
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")
        assert re.findall(rb"/Type\s*/Page\b", printed)
        page.emulate_media(media="screen")
        hands.opens(page.get_by_role("button", name="The ticked ones are handed out"))
        okafor.reads("handed out.")
    with visiting(chromium, maple, language="ur", **PHONE, **NO_SCRIPT) as family:
        family.goes("/maple-street/start/")
        family.writes("The code on the slip or card", code)
        family.presses("Go on")
        family.writes("Your own phone number", "07700 900777")
        family.chooses("text message")
        family.presses("Write to me here")
    with visiting(chromium, maple, as_="okafor") as okafor:
        okafor.goes("/maple-street/triage/")
        okafor.presses("I have checked. It is their number")
    kept = ContactPoint.objects.get(ended_at=None, guardian=father)
    assert (kept.address.value, kept.consented) == ("+447700900777", True)


def test_the_offices_phone_is_set_up_on_the_phone_itself(chromium: Browser, maple: Maple) -> None:
    known = Account.objects.get(gateway="office_phone")
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        page.goto(f"/maple-street/settings/ways/{known.key}/")
        hands.opens(page.get_by_role("button", name="Set it up on the phone, with a QR code"))
        okafor.looks()
        link = page.locator(".link", has_text="/pair/").inner_text().strip()
    with visiting(chromium, maple, **PHONE) as phone:
        phone.goes(link)
        phone.page.get_by_label("Password").fill(known.secrets["password"])
        phone.page.get_by_label("Signing key").fill(known.secrets["signing_key"])
        phone.presses("Keep it")
        phone.reads("Kept. Porchlight tells the app by itself where to report.")
    tick(school_time.now())
    assert Account.objects.get(pk=known.pk).secrets == known.secrets
