"""Ten to six, no power, Mrs Okafor alone with her phone: every home knows, and what was wrong is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from porchlight.conversations.models import Message
from porchlight.delivery.actions import switch
from porchlight.delivery.models import Delivery
from porchlight.families.models import Channel
from tests.keyboard import Hands
from tests.maple import FIRST, Maple
from tests.visitor import visiting

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}}
TEN_TO_SIX = FIRST + timedelta(hours=14, minutes=40)  # on the morning after


def says_closed(hands: Hands, why: str, *, only: str = "") -> None:
    """The office's steps, by keys alone: why, for whom, a look, send."""
    page = hands.page
    hands.picks(page.get_by_label(why))
    if only:
        hands.tab_to(page.get_by_label("The whole school"))
        page.keyboard.press("Space")
        hands.ticks(page.get_by_label(only))
    hands.opens(page.get_by_role("button", name="Look at it first"))
    hands.opens(page.get_by_role("button", name="Yes, send it to everyone now"))


def test_the_wrong_class_is_undone_and_every_home_knows_within_minutes(
    chromium: Browser, maple: Maple
) -> None:
    maple.at(TEN_TO_SIX)
    with visiting(chromium, maple, as_="okafor", **PHONE) as okafor:
        hands = Hands(okafor.page)
        okafor.goes("/maple-street/notices/")
        hands.opens(okafor.page.get_by_role("link", name="School is closed"))
        says_closed(hands, "No power or heating", only="Class 4A")
        hands.opens(okafor.page.get_by_role("button", name="Take it back"))
        okafor.reads("Taken back. Nothing of it leaves any more.")
        okafor.goes("/maple-street/notices/closed/")
        says_closed(hands, "No power or heating")
        okafor.looks()
        maple.later(seconds=16)
        maple.carry()
        okafor.goes(okafor.seen[-1])
        okafor.reads("How sure are we?")
    told = Message.objects.standing().filter(notice__urgent_reason="School closed: No power or heating")
    assert (
        told.exclude(parcels__parcel__deliveries__sent_at=None).count()
        == told.count() - told.filter(parcels=None).count()
    )
    assert "بجلی یا ہیٹنگ نہیں ہے" in maple.received("Mr Yousaf")[-1].text
    assert len(maple.received("Mr Yousaf")) == 1
    assert not Delivery.objects.waiting().exists()


def test_past_undo_it_is_stopped_where_it_can_be_and_owned(chromium: Browser, maple: Maple) -> None:
    maple.at(TEN_TO_SIX)
    switch(off=True, by=None, reason="The text gateway is down this morning.", channel=Channel.SMS)
    with visiting(chromium, maple, as_="okafor", **PHONE) as okafor:
        hands = Hands(okafor.page)
        okafor.goes("/maple-street/notices/closed/")
        says_closed(hands, "The weather")
        okafor.looks()
        maple.later(seconds=120)
        maple.carry()
        waiting = Delivery.objects.waiting().filter(channel=Channel.SMS).count()
        assert waiting
        okafor.goes(okafor.seen[-1])
        hands.opens(okafor.page.get_by_role("link", name="This was a mistake: stop it"))
        okafor.reads("will not get it", okafor.page.locator("main"))
        hands.opens(okafor.page.get_by_role("button", name="Stop it, and say sorry"))
        okafor.reads("told that it was a mistake", okafor.page.locator("body"))
    switch(off=False, by=None, reason="", channel=Channel.SMS)
    maple.later(seconds=120)
    maple.carry()
    texts = [line.text for line in maple.received("Mr Yousaf")]
    assert len(texts) == 2
    assert "غلطی سے بھیجا گیا تھا" in texts[1]
    assert not Delivery.objects.filter(channel=Channel.SMS, sent_at__isnull=False).exists()
