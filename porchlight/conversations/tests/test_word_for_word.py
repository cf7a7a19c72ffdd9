"""On a thread staff see, one tap away, the very words a home got on each way, where they come from, how far they came."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.carried import Carried, carried, for_staff
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import Draft, release, write
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.languages.provenance import Provenance, Version

URDU = "جمعہ کو پانی لائیں۔"
LATER = TUESDAY + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def sent(town: Town, **fields: object) -> Notice:
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    draft = Draft("Bring water on Friday.", "en", audience, **fields)
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    return release(notice, by=town.amal.actor(), now=TUESDAY)


def went(town: Town, now=TUESDAY) -> Carried:
    [message] = for_staff(Message.objects.filter(thread=town.thread))
    return carried(message, now)


def in_urdu(by: str = "Mr Rehman") -> dict[str, Version]:
    return {"ur": Version(URDU, "ur", Provenance.SCHOOL_TEMPLATE, by)}


def test_the_version_its_maker_and_the_original_stand_side_by_side(town: Town) -> None:
    sent(town, versions=in_urdu())
    said = went(town)
    [way] = said.ways
    assert way.said.language == "ur"
    assert way.said.text == f"Ms Amal, Maple Street School\n{URDU}"  # as his phone shows it
    assert way.provenance == "Written for this school by Mr Rehman"
    assert (said.original.text, said.original.language) == ("Bring water on Friday.", "en")
    assert Delivery.objects.get().body["text"] == way.said.text


def test_who_reads_the_authors_language_has_no_other_original(town: Town) -> None:
    town.yousaf.guardian.reads = "en"
    town.yousaf.guardian.save()
    sent(town)
    said = went(town)
    assert (said.original, said.ways[0].provenance, said.ways[0].said.language) == (None, "", "en")


def test_the_original_in_a_foreign_frame_is_shown_with_its_frame(town: Town) -> None:
    sent(town)  # nobody wrote an Urdu version
    [way] = went(town).ways
    assert way.said.text == Delivery.objects.get().body["text"]
    assert "\nBring water on Friday." in way.said.text
    assert len(way.said.text.splitlines()) == 3  # who speaks, that it is in English, and the words


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "queued"),
        ({"due_at": TUESDAY + timedelta(hours=8)}, "held"),
        ({"due_at": TUESDAY + timedelta(hours=8), "tries": 1}, "queued"),
        ({"status": Status.SENT}, "sent"),
        ({"status": Status.DELIVERED}, "delivered"),
        ({"status": Status.READ}, "read"),
        ({"status": Status.FAILED, "stopped": Stopped.BAD_ADDRESS, "advice": Advice.BAD_ADDRESS}, "failed"),
        ({"stopped": Stopped.OPTED_OUT}, "failed"),
        ({"status": Status.DELIVERED, "stopped": Stopped.DEAD}, "delivered"),  # it did arrive, after all
    ],
)
def test_how_far_it_came_is_said(town: Town, fields: dict[str, object], status: str) -> None:
    sent(town)
    Delivery.objects.update(**fields)
    [way] = went(town).ways
    assert way.status == status
    assert bool(way.trouble) is (status == "failed")


def test_what_a_gateway_cannot_tell_is_not_claimed(town: Town, monkeypatch) -> None:
    from dataclasses import replace

    from porchlight.delivery.gateways.office_phone.adapter import gateway

    silent = replace(type(gateway).abilities, reports_delivered=False)
    monkeypatch.setattr(type(gateway), "abilities", silent)
    sent(town)
    Delivery.objects.update(status=Status.SENT)
    assert went(town).ways[0].status == "sent_for_good"
    page = page_of(town)
    assert "Sent by text message, which cannot tell us whether it arrived" in page


def test_every_rung_is_told_and_the_furthest_counts(town: Town) -> None:
    cast.reach(town.school, town.yousaf.guardian, "yousaf@example.org", channel="email", rank=2)
    sent(town)
    first = Delivery.objects.get()
    Delivery.objects.filter(pk=first.pk).update(
        status=Status.FAILED, stopped=Stopped.BAD_ADDRESS, advice=Advice.BAD_ADDRESS
    )
    again = Delivery.objects.get()
    again.pk, again.reference, again.channel = None, "another", "email"
    again.status, again.stopped = Status.DELIVERED, ""
    again.body = {**again.body, "subject": "A message from Maple Street School"}
    again.save()
    said = went(town)
    assert [(way.channel, way.status) for way in said.ways] == [("sms", "failed"), ("email", "delivered")]
    assert said.furthest == said.ways[1]
    page = page_of(town)
    assert "Delivered by e-mail" in page
    assert "A message from Maple Street School" in page
    assert "The number or mailbox does not exist any more." in page


def test_a_try_that_went_on_as_another_is_not_told_twice(town: Town) -> None:
    sent(town)
    again = Delivery.objects.get()
    Delivery.objects.update(status=Status.FAILED, stopped=Stopped.TRIED_ANEW)
    again.pk, again.reference = None, "another"
    again.save()
    assert [way.status for way in went(town).ways] == ["queued"]


def test_a_message_without_a_way_says_what_to_do(town: Town) -> None:
    town.yousaf.point.ended_at = TUESDAY
    town.yousaf.point.save()
    sent(town)
    assert went(town).ways == []
    page = page_of(town)
    assert "Not sent" in page
    assert "We have no number or mailbox for this home." in page


def test_whatsapp_shows_the_approved_text_with_our_words_in_it(town: Town) -> None:
    town.phone.closed_at = TUESDAY
    town.phone.save()
    cast.account(
        town.school,
        "whatsapp_cloud",
        sender="+447700900101",
        settings={"phone_number_id": "1234567890", "templates": "porchlight_notice ur\nporchlight_notice en"},
        secrets={"access_token": "t", "app_secret": "0" * 32, "verify_token": "a long word of ours"},
    )
    town.yousaf.address.channel = "whatsapp"
    town.yousaf.address.save()
    sent(town, versions=in_urdu())
    [way] = went(town).ways
    assert way.is_approved
    assert way.said.text not in {URDU, Delivery.objects.get().body["text"]}
    assert [part in way.said.text for part in (URDU, "Hamza", "Ms Amal")] == [True] * 3
    assert "{{" not in way.said.text


def page_of(town: Town) -> str:
    browser = browser_of(town.amal)
    student, guardian = town.yousaf.student.key, town.yousaf.guardian.key
    return browser.get(f"/maple-street/students/{student}/with/{guardian}/").content.decode()


def test_a_day_stands_once_above_what_was_said_on_it(town: Town, clock) -> None:
    reply(
        thread=town.thread, text="One.", language="en", by=town.amal.actor(), now=TUESDAY - timedelta(days=6)
    )
    for text in ("Two.", "Three."):
        reply(
            thread=town.thread,
            text=text,
            language="en",
            by=town.amal.actor(),
            now=TUESDAY - timedelta(days=1),
        )
    reply(thread=town.thread, text="Four.", language="en", by=town.amal.actor(), now=TUESDAY)
    page = page_of(town)
    lines = page.split('<h2 class="date-line">')[1:]
    assert [line.split("</h2>")[0] for line in lines] == ["Wednesday 7 October", "yesterday", "today"]
    assert [
        [word for word in ("One.", "Two.", "Three.", "Four.") if f">{word}</p>" in line] for line in lines
    ] == [["One."], ["Two.", "Three."], ["Four."]]


def test_midnight_is_the_schools(town: Town) -> None:
    """Half past eleven at night in London is the next day in UTC in summer, never here."""
    for said_at in ("2026-10-12T22:30+00:00", "2026-10-12T23:30+00:00"):
        from datetime import datetime

        reply(
            thread=town.thread,
            text="x",
            language="en",
            by=town.amal.actor(),
            now=datetime.fromisoformat(said_at),
        )
    lines = page_of(town).split('<h2 class="date-line">')[1:]
    assert [line.split("</h2>")[0] for line in lines] == ["yesterday", "today"]


def test_the_page_asks_the_database_as_often_for_many_messages_as_for_few(town: Town) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(town)
            return len(queries)

    sent(town, versions=in_urdu())
    few = asked()
    for _ in range(8):
        sent(town, versions=in_urdu())
    assert asked() == few
