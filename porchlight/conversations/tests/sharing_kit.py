"""Hamza's mother and father, who live together, and what may come between them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import AnswerFrom, Ask, Message, Thread
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.on_page import answer_ask, write_back
from porchlight.conversations.reading import Given
from porchlight.conversations.sharing import give_word, partners_of
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)

BASE = "/maple-street"
TODAY = date(2026, 10, 13)
HIS, HERS = "His father wrote this.", "His mother wrote this."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mother(town: Town) -> Guardian:
    """She cares for Hamza too and lives with his father; she reads English and has her own number."""
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother", reads="en")
    Guardianship.objects.create(school=town.school, guardian=mother, student=hamza(town))
    cast.reach(town.school, mother, "+447700900999")
    home = Household.objects.create(school=town.school, label="Yousaf family")
    for one in (father(town), mother):
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=one)
    return mother


def hamza(town: Town) -> Student:
    return town.yousaf.student


def father(town: Town) -> Guardian:
    return town.yousaf.guardian


def says_yes(town: Town, *adults: Guardian, now=TUESDAY) -> None:
    for adult in adults:
        give_word(guardian=adult, student=hamza(town), by=adult.actor(), now=now)


def writes(town: Town, adult: Guardian, text: str, now=TUESDAY) -> Message:
    thread, _ = Thread.objects.get_or_create(school=town.school, guardian=adult, student=hamza(town))
    return write_back(thread=thread, text=text, by=adult.actor(), now=now)


def sees(adult: Guardian) -> set[str]:
    return set(Message.objects.visible_to(adult.actor()).standing().values_list("text", flat=True))


def names(town: Town, adult: Guardian) -> list[str]:
    return [str(one.guardian) for one in partners_of(adult, hamza(town), on=TODAY)]


def no_home(town: Town, mother: Guardian) -> None:
    HouseholdMembership.objects.filter(guardian=mother).delete()


def moved_out(town: Town, mother: Guardian) -> None:
    HouseholdMembership.objects.filter(guardian=mother).update(until=TODAY - timedelta(days=1))


def no_right(town: Town, mother: Guardian) -> None:
    Guardianship.objects.filter(guardian=mother).update(may_receive=False)


def tie_ended(town: Town, mother: Guardian) -> None:
    Guardianship.objects.filter(guardian=mother).update(until=TODAY - timedelta(days=1))


def she_left(town: Town, mother: Guardian) -> None:
    Guardian.objects.filter(pk=mother.pk).update(left_at=TUESDAY)


def restricted(scope: str, whose: str, **dates: object):
    def restrict(town: Town, mother: Guardian) -> None:
        one = mother if whose == "mother" else father(town)
        tie = Guardianship.objects.get(guardian=one)
        Restriction.objects.create(
            school=town.school, guardianship=tie, scope=scope, evidence="seen", set_at=TUESDAY, **dates
        )

    return restrict


def asked(town: Town, answer_from: str = AnswerFrom.HOUSEHOLD) -> Ask:
    draft = Draft(
        "May Hamza come?",
        "en",
        Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
        kind="question",
        question=Question("yes_no", answer_from=answer_from),
    )
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    return release(notice, by=town.amal.actor(), now=TUESDAY).ask


def answers(ask: Ask, adult: Guardian, key: str) -> None:
    answer_ask(ask=ask, guardian=adult, given=Given((key,)), by=adult.actor(), now=TUESDAY)


def page_of(town: Town, adult: Guardian) -> str:
    page = browser_of(adult).get(f"{BASE}/messages/about/{hamza(town).key}/").content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
