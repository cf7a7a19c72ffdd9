"""Who parts while a round goes on has their own times from then on, and learns nothing of the other's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.families.models import ContactPoint, Guardian, Guardianship, Restriction
from porchlight.families.models.homes import HouseholdMembership
from porchlight.meetings.models import GuestSeat, Meeting, Party, PartyMember
from porchlight.meetings.planned import taking, telling
from porchlight.meetings.rounds.wishing import Wishes, say_wishes
from porchlight.meetings.tests.a_round import (
    BASE,
    ARound,
    a_round,
    adult,
    ask,
    made_round,
    one_home,
    other_parent,
    party_of,
)
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.ticking import tick

YESTERDAY = (NOW - timedelta(days=1)).date()


@pytest.fixture
def couple(town: Town) -> tuple[Guardian, Guardian]:
    """Mr and Mrs Yousaf, of one home."""
    mother = other_parent(town, town.yousaf, 7)
    one_home(town, town.yousaf.guardian, mother)
    return town.yousaf.guardian, mother


def moves_out(town: Town, person: Guardian) -> None:
    HouseholdMembership.objects.filter(guardian=person).update(until=YESTERDAY)
    one_home(town, person)


def is_kept_apart(town: Town, person: Guardian) -> None:
    """May hear of the child, and not meet it alone: beside a restriction everybody comes alone."""
    tie = Guardianship.objects.get(guardian=person, student=town.yousaf.student)
    Restriction.objects.create(school=town.school, guardianship=tie, scope="collect", evidence="seen")


PARTS = pytest.mark.parametrize("parts", [moves_out, is_kept_apart])


def their_round(town: Town, couple: tuple[Guardian, Guardian]) -> ARound:
    made = a_round(town)
    made.wish(made.party(town.yousaf, *couple), town.yousaf.student)
    return made


def seated() -> set[int]:
    return set(GuestSeat.objects.values_list("guardian", flat=True))


@PARTS
@on_both_databases
def test_before_the_plan_is_taken_they_are_not_seated_together(town: Town, parts) -> None:
    mother = other_parent(town, town.yousaf, 7)
    one_home(town, town.yousaf.guardian, mother)
    made = their_round(town, (town.yousaf.guardian, mother))
    planning = made.plan()
    parts(town, mother)
    taking.take(planning, by=town.okafor.actor(), now=NOW)
    assert seated() == {town.yousaf.guardian.pk}
    assert not Meeting.objects.visible_to(mother.actor()).exists()
    assert party_of(made.round, mother) != party_of(made.round, town.yousaf.guardian)


@PARTS
def test_before_families_are_told_they_are_parted_too(town: Town, couple, parts) -> None:
    made = their_round(town, couple)
    made.planned()
    assert seated() == {one.pk for one in couple}
    father, mother = couple
    parts(town, mother)
    telling.tell_the_families(made.round, by=town.okafor.actor(), now=NOW)
    with time_machine.travel(NOW, tick=False):
        telling.work(town.school.pk, made.round.pk)
    assert seated() == {father.pk}
    assert Meeting.objects.visible_to(father.actor()).exists()
    assert not Meeting.objects.visible_to(mother.actor()).exists()


@PARTS
def test_within_a_minute_neither_reads_what_the_other_wishes(town: Town, couple, parts) -> None:
    father, mother = couple
    round_ = ask(town, made_round(town))
    say_wishes(party_of(round_, father), Wishes(who_comes="Grandmother"), by=father.actor(), now=NOW)
    page = f"{BASE}/rounds/{round_.key}/wishes/"
    with time_machine.travel(NOW, tick=False):
        assert "Grandmother" in browser_of(mother).get(page).content.decode()
    parts(town, mother)
    tick(town.school, NOW + timedelta(minutes=2))
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        assert "Grandmother" not in browser_of(mother).get(page).content.decode()
        assert "Grandmother" in browser_of(father).get(page).content.decode()
    assert Party.objects.filter(round=round_).count() == 2


def test_who_shares_a_home_is_left_as_they_are(town: Town, couple) -> None:
    round_ = ask(town, made_round(town))
    party = party_of(round_, couple[0])
    tick(town.school, NOW + timedelta(minutes=2))
    assert party_of(round_, couple[1]) == party


def test_of_one_question_for_both_who_parts_has_one_of_their_own(town: Town) -> None:
    """On one telephone they had one; an answer is now of the party it was put to."""
    father, mother = town.yousaf.guardian, adult(town, "Mother", town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=mother, consented=True
    )
    one_home(town, father, mother)
    round_ = ask(town, made_round(town))
    [both] = set(PartyMember.objects.filter(guardian__in=[father, mother]).values_list("ask", flat=True))
    moves_out(town, mother)
    tick(town.school, NOW + timedelta(minutes=2))
    his, hers = (PartyMember.objects.get(round=round_, guardian=one).ask for one in (father, mother))
    assert his is not None
    assert hers is not None
    assert his.pk == both != hers.pk
    assert hers.message.thread.guardian == mother
