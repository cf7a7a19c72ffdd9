"""Mrs Okafor connects the two ways that are no message on a phone: a machine that rings, and notes on a screen."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_connecting_a_way import HERS, TWILIO, WRONG, Setting, Way
from tests.maple import Maple
from tests.test_notes_in_a_browser import HANDS_OVER
from tests.visitor import visiting

pytestmark = pytest.mark.browser

SID = "AC" + "8" * 32
CALLS = Way(
    gateway="twilio_voice",
    town={"gateway": "twilio_voice", "number": "+441632960078", "account_sid": SID},
    plain={"sender": "+441632960078", "account_sid": SID, "base_url": "http://127.0.0.1:{port}"},
    secrets={"auth_token": "0123456789abcdef" * 2},
    wrong="auth_token",
    refused=TWILIO.refused,
    weather={"rude": "500"},
    bad=TWILIO.bad,
)
SCREENS = Way(
    gateway="web_push",
    town={},
    plain={"sender": "Maple Street School", "contact": "office@maple-street.example.org",
           "base_url": "http://127.0.0.1:{port}"},
    secrets={},
    wrong="",
    refused="",
    weather={"rude": "500"},
    bad="The push service has a passing problem. We try again by ourselves.",
)  # fmt: skip


def begins(maple: Maple, way: Way) -> None:
    if way.town:
        maple.town.register_account(name="newly-connected", **way.town, **way.secrets)
    maple.town.register_phone(id="hers", owner="Mrs Okafor", number=HERS, channels=["call"])


def test_calls_are_connected_with_a_slip_and_she_hears_the_test(chromium: Browser, maple: Maple) -> None:
    begins(maple, CALLS)
    with visiting(chromium, maple, as_="okafor") as okafor:
        here = Setting(okafor, maple, CALLS)
        okafor.goes("/maple-street/settings/ways/new/twilio_voice/")
        here.fills(label="The machine that rings", **here.plain(), auth_token=WRONG)
        here.keeps()
        here.tests()
        okafor.reads("Nothing leaves on this account until you act.")
        okafor.reads(CALLS.refused)
        assert maple.town.received("hers", "call") == []
        here.fills(**CALLS.secrets)
        here.keeps()
        maple.carry()
        [line] = maple.town.received("hers", "call")
        assert line.status == "ringing"
        maple.town.on_call("hers", do="answer")
        heard = maple.town.on_call("hers", do="press", keys="1")
        assert all(
            said["mime_type"] == "audio/wav" for said in heard["said"]
        )  # a voice of the school's own server
        assert sum(said["size"] for said in heard["said"]) > 50_000, "several seconds of speech"
        maple.town.on_call("hers", do="hang_up")
        maple.carry()
        here.looks_again()
        okafor.does_not_read("Nothing leaves on this account until you act.")
        maple.town.set_weather("twilio_voice", **CALLS.weather)
        here.tests()
        okafor.reads(CALLS.bad)


def test_notes_on_a_screen_are_connected_without_a_secret_and_come_to_her_own(
    chromium: Browser, maple: Maple
) -> None:
    begins(maple, SCREENS)
    with visiting(chromium, maple, as_="okafor") as okafor:
        here, page = Setting(okafor, maple, SCREENS), okafor.page
        okafor.goes("/maple-street/settings/ways/new/web_push/")
        here.fills(label="Notes on a screen", **{**here.plain(), "contact": "the office"})
        okafor.presses("Keep it")
        okafor.reads("The mailbox for the push services is missing or is none.")
        here.fills(**here.plain())
        okafor.presses("Keep it")
        key = page.locator("form[data-push]").get_attribute("data-push")
        browser = dict(maple.town.subscribe("hers", str(key)))
        page.add_init_script(HANDS_OVER % json.dumps(browser))
        okafor.goes(page.url)
        okafor.presses("Send the test")
        okafor.reads("The test is on its way.")
        maple.carry()
        [note] = maple.town.received("hers", "push")
        assert "Maple Street School" in note.text
        maple.town.set_weather("push", **SCREENS.weather)
        okafor.goes(page.url)
        okafor.presses("Send the test")
        maple.carry()
        okafor.goes(page.url)
        okafor.reads(SCREENS.bad)
        expect(page.locator("form[data-push]")).to_have_count(1)
