"""Who covers for a colleague has her everyday words on the desk, for as long as she is away."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, Thread
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_reading_hours import BASE, MORNING, away, stein, thread_page, writes
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.home.waiting import waiting_for
from porchlight.schools.models import StaffMember
from porchlight.schools.tiers import Tier

__all__ = ["stein"]  # a fixture


def test_who_covers_reads_and_answers_everyday_words_and_no_others(
    town: Town, stein: StaffMember, clock: time_machine.Traveller
) -> None:
    everyday = writes(town, "Which book does she need for the trip on Monday?", TUESDAY)
    personal = Message.objects.create(
        school=town.school, thread=town.thread, author="staff", staff=town.amal, text="About the results",
        language="en", tier=Tier.L2, said_at=TUESDAY + timedelta(minutes=1),
    )  # fmt: skip
    client = browser_of(stein)
    assert client.get(thread_page(town)).status_code == 404
    row = away(town, stein)
    page = client.get(thread_page(town)).content.decode()
    assert "Which book does she need" in page
    assert "About the results" not in page
    assert set(Message.objects.visible_to(town.amal.actor())) == {everyday, personal}
    assert client.get(f"{BASE}/students/{town.yousaf.student.key}/").status_code == 404
    assert waiting_for(town.school, stein.actor(), now=TUESDAY).count == 0  # her reply came after
    personal.delete()
    assert waiting_for(town.school, stein.actor(), now=TUESDAY).count == 1
    client.post(thread_page(town), {"text": "The blue one."})
    assert Message.objects.replies().get().staff == stein
    clock.move_to(datetime.combine(row.until + timedelta(days=1), MORNING, town.school.zone))
    assert browser_of(stein).get(thread_page(town)).status_code == 404  # it ended by itself
    assert not Thread.objects.read_by(stein.actor()).exists()
