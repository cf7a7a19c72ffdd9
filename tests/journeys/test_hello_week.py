"""Hello week: the office begins it, a family starts with a salaam from its own phone, a teacher has three minutes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from porchlight.conversations.models import Message, TriageItem
from porchlight.families.models import Address, Consent, ContactPoint
from porchlight.welcome.hello_week import start
from porchlight.welcome.models import HelloWeek
from tests.keyboard import Hands
from tests.maple import FIRST, Maple
from tests.visitor import NO_SCRIPT, PHONE, visiting

pytestmark = pytest.mark.browser

NUMBER = "+447700900999"


def nobody_was_asked(maple: Maple, *names: str) -> None:
    """These adults have a number and have not said whether we may write."""
    for name in names:
        points = ContactPoint.objects.filter(guardian=maple.guardian(name))
        Consent.objects.filter(contact_point__in=points).delete()
        points.update(consented=False)


def test_the_office_writes_consent_down_and_begins_by_keyboard_alone(chromium: Browser, maple: Maple) -> None:
    nobody_was_asked(maple, "Mr Yousaf", "Anna Nowak")
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        okafor.goes("/maple-street/settings/consent/")
        hands.ticks(page.get_by_label("4A", exact=True))
        day = page.get_by_label("When did they agree?")
        hands.tab_to(day)
        page.keyboard.type("09012026")
        expect(day).to_have_value("2026-09-01")
        hands.writes(page.get_by_label("Where does it stand?"), "enrolment form, signed")
        hands.opens(page.get_by_role("button", name="See who this is about"))
        okafor.looks()
        okafor.reads("After this 2 adults may be written to")
        hands.opens(page.get_by_role("button", name="Yes, they agreed. Write it down"))
        okafor.looks()
        okafor.reads("Written down for 2 adults.")
        okafor.goes("/maple-street/hello/week/")
        hands.opens(page.get_by_role("button", name="Begin"))
        okafor.looks()
        okafor.reads("0 of ")
        okafor.goes("/maple-street/hello/cards/")
        hands.selects(page.get_by_label("Class", exact=True), "4A")
        hands.opens(page.get_by_role("button", name="Make the cards"))
        okafor.looks()
        expect(page.locator(".hello-card")).to_have_count(1)  # Ibrahim's mother, whom we have no number of
    assert HelloWeek.objects.running().exists()
    assert ContactPoint.objects.filter(guardian=maple.guardian("Mr Yousaf"), consented=True).exists()


def card_of_mr_yousaf(chromium: Browser, maple: Maple) -> str:
    """The office looks at the poster and makes the cards of 4A; returns the number on his."""
    with visiting(chromium, maple, as_="okafor", **PHONE) as okafor:
        okafor.goes("/maple-street/hello/poster/?first=en&second=ur")
        okafor.reads("01632 960001")
        okafor.follows("Cards for homes")
        okafor.page.get_by_label("Class", exact=True).select_option("4A")
        okafor.presses("Make the cards")
        card = okafor.page.locator("p.envelope", has_text="Mr Yousaf").locator("+ article")
        expect(card).to_have_count(1)
        words = card.inner_text()
    assert "Yousaf" not in words  # what may be lost names nobody
    assert "ہمیں سلام بھیجیں" in words
    code = re.search(r"\d{4} \d{4} \d{4}", words)
    assert code
    return code[0]


def test_a_salaam_a_card_and_a_digit(chromium: Browser, maple: Maple) -> None:
    ContactPoint.objects.filter(guardian=maple.guardian("Mr Yousaf")).update(
        ended_at=FIRST
    )  # it is not his any more
    code = card_of_mr_yousaf(chromium, maple)
    maple.town.register_phone(id="new", owner="Imran", number=NUMBER, channels=["whatsapp"])
    maple.town.answer("new", channel="whatsapp", text="Assalam o alaikum")
    maple.carry()
    [asked] = maple.town.received("new")
    assert "school ke card par likha number bhejein" in asked.text
    assert not re.search("Hamza|Yousaf", asked.text)
    maple.town.answer("new", channel="whatsapp", text=f"Salaam {code}")
    maple.carry()
    back = maple.town.received("new")[-1].text
    assert "Maple Street School کی طرف سے السلام علیکم" in back
    assert not re.search("Hamza|Yousaf", back)
    digit = re.search(r"(\d) Español", back)
    assert digit
    maple.town.answer("new", channel="whatsapp", text=digit[1])
    maple.carry()
    assert maple.town.received("new")[-1].text.endswith("Desde ahora le escribimos en Español.")
    assert maple.guardian("Mr Yousaf").reading == "es"
    assert not TriageItem.objects.waiting().exists()
    window = Address.objects.get(channel="whatsapp", value=NUMBER).window_until
    assert window is not None
    assert window > FIRST + timedelta(hours=23)  # free words may be sent for a day
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/desk/")
        amal.reads("Every family has an answer")  # a greeting keeps nobody waiting
        expect(amal.page.get_by_role("img", name=re.compile("1 heard from"))).to_be_visible()


def test_three_minutes_of_a_teacher_on_her_phone_without_script(chromium: Browser, maple: Maple) -> None:
    nobody_was_asked(maple, "Anna Nowak")
    start(school=maple.school, a_day=4, by=maple.actor("Mrs Okafor"), now=FIRST)
    with visiting(chromium, maple, as_="amal", **PHONE, **NO_SCRIPT) as amal:
        amal.goes("/maple-street/desk/")
        amal.page.get_by_role("link", name="Say hello").click()
        amal.looks()
        groups = amal.page.locator("main fieldset")
        expect(groups).to_have_count(4)
        for group in groups.all():
            group.get_by_text("asked a good question").click()
        amal.presses("Look at it first")
        amal.reads("Hello, this is Ms Amal from Maple Street School, with good news.")
        amal.presses("Send to 4 homes")
        amal.reads("4 homes have their hello.")
        amal.reads("That was today’s handful")
        amal.goes("/maple-street/hello/week/")
        amal.reads("4 of ")
    maple.later(seconds=10)
    maple.carry()
    assert Message.objects.filter(kind="good_news").count() >= 4


def test_the_week_page_in_urdu_on_a_phone(chromium: Browser, maple: Maple) -> None:
    start(school=maple.school, a_day=4, by=maple.actor("Mrs Okafor"), now=FIRST)
    amal = maple.staff("Ms Amal").user
    assert amal is not None
    amal.language = "ur"
    amal.save(update_fields=["language"])
    with visiting(chromium, maple, as_="amal", language="ur", **PHONE) as teacher:
        teacher.goes("/maple-street/hello/week/")
        teacher.goes("/maple-street/hello/")
        teacher.goes("/maple-street/good-news/")
