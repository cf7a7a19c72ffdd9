"""Hamza's father on his own phone, the aunt he names, and what is said to her."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.notices import Draft, Question, preview, release, write
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import say
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Address,
    Guardian,
    Student,
)
from porchlight.schools.tiers import Tier

PAGE = "/maple-street/messages/named/"
OFFICE = "/maple-street/named/"
AUNT = "+447700900555"
TODAY = date(2026, 10, 13)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def his(town: Town) -> Client:
    """The father's own phone."""
    return browser_of(town.yousaf.guardian)


def names(town: Town, browser: Client, **told: object):
    given = {
        "children": [town.yousaf.student.key], "name": "Aunt Zainab", "relation": "aunt_uncle",
        "value": "07700 900555", "reads": "ur", **told,
    }  # fmt: skip
    return browser.post(PAGE, given)


def says(town: Town, text: str, number: str = AUNT):
    """Words from a phone, as the inbox hands them on."""
    address = Address.objects.get(school=town.school, value=number)
    return say(town, text, address=address)


def told(town: Town, text: str, *, tier: Tier = Tier.L1, answer_from: str = "", about: Student | None = None):
    """An announcement to 4A, or to the homes of one child; with a question where somebody is to answer."""
    for_whom = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    if about is not None:
        for_whom = Audience(AudienceKind.STUDENTS, (about.key,))
    question = Question("yes_no", answer_from=answer_from) if answer_from else None
    draft = Draft(text, "en", for_whom, tier=tier, question=question)
    looked = preview(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    notice = release(
        write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY), by=town.amal.actor(), now=TUESDAY
    )
    assert {one.recipient.guardian.pk for one in looked.planned} == {
        message.thread.guardian_id for message in notice.messages.select_related("thread")
    }
    return notice


def sent_to(number: str) -> list[str]:
    """What is on its way there, or has been."""
    return [row.body["text"] for row in Delivery.objects.filter(to=number, stopped="").order_by("pk")]


def aunt() -> Guardian:
    return Guardian.objects.get(name="Aunt Zainab")


def agreed(town: Town, browser: Client, **fields: object) -> Guardian:
    names(town, browser, **fields)
    says(town, "جی ہاں")
    return aunt()
