"""The look before sending: each way and language once, with the very words such a home gets."""

from __future__ import annotations

import pytest
import time_machine

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message
from porchlight.conversations.notices import Draft, Question, preview, release, write
from porchlight.conversations.previewing import looks
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.parts import Tab
from porchlight.families.models import Guardianship
from porchlight.languages.provenance import Provenance, Version

URDU = "جمعہ کو پانی لائیں۔"


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def draft(town: Town, **fields: object) -> Draft:
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    return Draft("Bring water on Friday.", "en", audience, **fields)


def look(town: Town, **fields: object) -> dict[str, Tab]:
    seen = preview(draft(town, **fields), school=town.school, by=town.amal.actor(), now=TUESDAY)
    shown = looks(seen)
    assert shown.foreign_homes == sum(tab.count for tab in shown.foreign)
    return {str(tab.label): tab for tab in [*shown.own, *shown.foreign]}


def in_urdu() -> dict[str, Version]:
    return {"ur": Version(URDU, "ur", Provenance.SCHOOL_TEMPLATE, "Mr Rehman")}


def test_each_language_has_its_own_text(town: Town) -> None:
    town.home(2, reads="en")
    seen = look(town, versions=in_urdu())
    assert {label: tab.said.text for label, tab in seen.items()} == {
        "text message · English": "Ms Amal, Maple Street School\nBring water on Friday.",
        "text message · اردو": f"Ms Amal, Maple Street School\n{URDU}",
    }


def test_one_phone_of_two_adults_counts_once(town: Town) -> None:
    first = town.home(2, reads="en")
    second = cast.home(town.school, 3, reads="en")
    Guardianship.objects.create(school=town.school, guardian=second.guardian, student=first.student)
    second.point.address = first.point.address
    second.point.save()
    assert look(town)["text message · English"].count == 1


def test_english_words_for_english_readers_have_no_foreign_frame(town: Town) -> None:
    """Without a version the original goes to all; what stands around it is each reader's, and is shown as such."""
    for number, reads in ((2, "en"), (3, "en"), (4, "pl")):
        town.home(number, reads=reads)
    seen = look(town, question=Question("yes_no"), kind="question")
    assert {label: tab.count for label, tab in seen.items()} == {
        "text message · English": 2,
        "text message · English (reads اردو)": 1,
        "text message · English (reads Polski)": 1,
    }
    texts = [tab.said.text for tab in seen.values()]
    assert len(set(texts)) == 3
    assert all("Bring water on Friday." in text for text in texts)
    assert "Reply" in seen["text message · English"].said.text
    assert "Reply" not in seen["text message · English (reads Polski)"].said.text
    assert "version in Polski" in seen["text message · English (reads Polski)"].note
    assert "version in" not in seen["text message · English"].note


def test_every_home_gets_word_for_word_what_its_tab_shows(town: Town) -> None:
    """But for names: the same draft is sent, and each outbox row is found among the texts that were looked at."""
    for number, reads in ((2, "en"), (3, "pl"), (4, "es"), (5, "ur")):
        town.home(number, reads=reads)
    seen = look(town, versions=in_urdu())
    notice = write(draft(town, versions=in_urdu()), school=town.school, by=town.amal.actor(), now=TUESDAY)
    release(notice, by=town.amal.actor(), now=TUESDAY)
    assert Message.objects.count() == Delivery.objects.count() == sum(tab.count for tab in seen.values()) == 5
    assert {row.body["text"] for row in Delivery.objects.all()} == {tab.said.text for tab in seen.values()}


def test_whatsapp_outside_its_day_shows_the_approved_text(town: Town) -> None:
    cast.account(
        town.school,
        "whatsapp_cloud",
        sender="+447700900101",
        settings={"phone_number_id": "1234567890", "templates": "porchlight_notice ur"},
        secrets={"access_token": "t", "app_secret": "0" * 32, "verify_token": "a long word of ours"},
    )
    town.yousaf.address.channel = "whatsapp"
    town.yousaf.address.save()
    [shut] = look(town, versions=in_urdu()).values()
    town.yousaf.address.window_until = TUESDAY.replace(hour=23)
    town.yousaf.address.save()
    [open_] = look(town, versions=in_urdu()).values()
    assert (shut.label, open_.label) == ("WhatsApp · اردو, approved text", "WhatsApp · اردو")
    assert shut.said.text != open_.said.text == f"Ms Amal, Maple Street School\n{URDU}"
    assert URDU in shut.said.text
    assert "only this approved text" in shut.note
    assert "only this approved text" not in open_.note


def test_where_one_of_us_carries_it_the_preview_says_so(town: Town) -> None:
    Account.objects.update(closed_at=TUESDAY)
    cast.account(town.school, "tap_sms")
    [label] = look(town)
    assert label.startswith("text message from a colleague · English")
