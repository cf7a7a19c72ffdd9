"""A father speaks Urdu into his phone; Ms Reyes, who knows it, hears him in her browser, writes down what he said and
answers aloud; and he hears her."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from porchlight.delivery.fetching import fetch_due
from porchlight.delivery.tests.kit import network
from porchlight.demo.clock import FIRST
from porchlight.toolbox import school_time
from practice.enclosures import voice_note
from tests.browser import watched_page
from tests.keyboard import Hands
from tests.maple import Maple
from tests.visitor import PHONE, visiting

pytestmark = pytest.mark.browser

HEARD = "He asks whether Hamza needs a warm coat on Friday."
PLAYS = """one => new Promise((done, no) => {
  one.onloadedmetadata = () => done(isFinite(one.duration) ? Math.round(one.duration) : 'plays');
  one.onerror = () => no(new Error('cannot be played'));
  one.preload = 'metadata'; one.load();
})"""


def sounds(player: Locator) -> int | str:
    """How many seconds the browser says it lasts, having read it as sound; the town's pages do not say how long."""
    expect(player).to_have_count(1)
    heard: int | str = player.evaluate(PLAYS)
    return heard


def speaks(maple: Maple) -> None:
    maple.answers("Mr Yousaf", enclose="voice", channel="whatsapp")
    maple.answers("Mr Yousaf", text="1")  # two of his children are here, so he is asked which one it is about
    with network() as run:
        fetch_due(run, school_time.now())


def test_he_speaks_she_hears_and_he_hears_her(chromium: Browser, maple: Maple) -> None:
    maple.at(FIRST + timedelta(hours=17, minutes=35))
    speaks(maple)
    with visiting(chromium, maple, as_="reyes", **PHONE) as reyes:
        reyes.goes("/maple-street/listening/")
        reyes.follows("Listen", exact=False)
        assert sounds(reyes.page.locator("audio").first) == 8
        reyes.writes("What do they say?", HEARD)
        spoken = {"name": "answer.ogg", "mimeType": "audio/ogg", "buffer": voice_note(5)}
        reyes.page.get_by_label("Answer aloud").set_input_files(spoken)
        reyes.presses("Keep what I heard")
        reyes.reads("Nothing waits to be heard")
    maple.later(seconds=6)
    maple.carry()
    assert maple.received("Mr Yousaf", "whatsapp")[-1].sound
    with watched_page(chromium, f"http://127.0.0.1:{maple.town.port}", **PHONE) as page:
        page.goto(f"/phones/{maple.phone('Mr Yousaf')}/")
        assert sounds(page.locator(".from-school audio")) == "plays"
    with visiting(chromium, maple, as_="amal", **PHONE) as amal:
        amal.goes("/maple-street/")
        amal.reads("Every family has an answer")


def test_listened_to_by_keys_alone(chromium: Browser, maple: Maple) -> None:
    speaks(maple)
    with visiting(chromium, maple, as_="reyes") as reyes:
        page, hands = reyes.page, Hands(reyes.page)
        page.goto("/maple-street/")
        hands.opens(page.get_by_role("navigation", name="Main").get_by_role("link", name="To hear"))
        hands.skips_to_the_page()
        hands.opens(page.get_by_role("link", name="Listen"))
        hands.writes(page.get_by_label("What do they say?"), HEARD)
        hands.opens(page.get_by_role("button", name="Keep what I heard"))
        expect(page.get_by_text("Nothing waits to be heard")).to_be_visible()
    with visiting(chromium, maple, as_="amal") as amal:
        amal.goes("/maple-street/")
        amal.reads(HEARD, amal.part("Waiting for an answer"))
