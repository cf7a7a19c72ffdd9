"""Who may be named is looked at by people where care is asked for, and nobody who names somebody learns what we know."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations import delegating
from porchlight.conversations.models import AnswerFrom, Delegation
from porchlight.conversations.sharing import give_word
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.named_kit import (
    AUNT,
    OFFICE,
    PAGE,
    agreed,
    clock,
    his,
    names,
    says,
    sent_to,
    told,
)
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Address,
    Consent,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.schools.actors import Role

__all__ = ["clock", "his"]


def kept_apart(town: Town) -> Guardian:
    """Somebody whom a court keeps from Hamza."""
    other = Guardian.objects.create(school=town.school, name="Karim Shah")
    cast.reach(town.school, other, "+447700900777")
    tie = Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    Restriction.objects.create(school=town.school, guardianship=tie, scope="contact", evidence="court order")
    return other


def bare(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|/named/\w+/removal|id="m-\w+"', "", page)


@pytest.mark.parametrize("by", ["number", "name"])
def test_somebody_kept_apart_is_never_added_and_nothing_tells_who_tries(
    town: Town, his: Client, by: str
) -> None:
    person = {"name": "Karim Shah", "value": "07700 900888" if by == "name" else "07700 900777"}
    first = names(town, his, **person)
    free = bare(his.get(PAGE).content.decode())  # nobody is kept apart yet, and they are asked
    assert Delegation.objects.get().invited_at is not None
    Delegation.objects.all().delete()
    Guardian.objects.filter(name="Karim Shah").delete()
    Address.objects.exclude(pk=town.yousaf.address.pk).delete()

    other = kept_apart(town)
    told = Delivery.objects.count()
    second = names(town, his, **person)
    assert (first.status_code, second.status_code) == (302, 302)
    assert bare(his.get(PAGE).content.decode()) == free
    row = Delegation.objects.for_the_office().get()
    page = browser_of(town.okafor).post(f"{OFFICE}{row.key}/confirmation/", follow=True).content.decode()
    assert "This adult cannot be added here." in page
    assert "restrict" not in page
    row.refresh_from_db()
    assert (row.confirmed_at, row.adult) == (None, None)
    assert not Guardianship.objects.filter(guardian__name="Karim Shah").exclude(guardian=other).exists()
    assert Delivery.objects.count() == told


def test_where_care_is_asked_for_a_colleague_looks_before_she_is_asked(town: Town, his: Client) -> None:
    kept_apart(town)
    names(town, his)
    assert sent_to(AUNT) == []
    row = Delegation.objects.for_the_office().get()
    office = browser_of(town.okafor)
    assert "A family named an adult" in " ".join(office.get("/maple-street/triage/").content.decode().split())
    office.post(f"{OFFICE}{row.key}/confirmation/")
    assert len(sent_to(AUNT)) == 1
    with pytest.raises(delegating.NotNow):
        delegating.confirm(row, by=town.okafor.actor(), now=TUESDAY)


def test_a_number_known_already_waits_for_a_colleague_and_is_never_guessed(town: Town, his: Client) -> None:
    other = town.home(2)
    names(town, his, value=other.address.value)
    row = Delegation.objects.for_the_office().get()
    delegating.confirm(row, by=town.okafor.actor(), now=TUESDAY)
    row.refresh_from_db()
    assert row.adult == other.guardian
    assert Student.objects.visible_to(other.guardian.actor()).get() == other.student
    says(town, "YES", other.address.value)
    assert Student.objects.visible_to(other.guardian.actor()).count() == 2
    his.post(f"{PAGE}{row.key}/removal/")
    other.guardian.refresh_from_db()
    assert other.guardian.left_at is None
    assert Student.objects.visible_to(other.guardian.actor()).get() == other.student


def test_a_yes_that_may_be_meant_for_another_question_is_not_taken(town: Town, his: Client) -> None:
    other = town.home(2)
    names(town, his, value=other.address.value)
    delegating.confirm(Delegation.objects.get(), by=town.okafor.actor(), now=TUESDAY)
    told(town, "Is anybody coming on Friday?", answer_from=AnswerFrom.HOUSEHOLD)
    assert str(says(town, "yes", other.address.value)) == "answer"
    assert Delegation.objects.get().agreed_at is None


def test_the_office_types_it_in_and_writes_down_a_yes_said_aloud(town: Town) -> None:
    office = browser_of(town.okafor)
    page = f"{OFFICE}by/{town.yousaf.guardian.key}/"
    given = {
        "children": [town.yousaf.student.key], "name": "Aunt Zainab", "relation": "aunt_uncle",
        "value": "zainab@example.org", "reads": "ur",
    }  # fmt: skip
    assert office.post(page, given).status_code == 422
    assert Delegation.objects.count() == 0
    office.post(page, given | {"words": "He stood before me."})
    row = Delegation.objects.get()
    assert (row.asked_by, row.channel, row.invited_at) == (town.okafor, "email", None)  # no mail is set up
    assert "No message could ask them" in office.get(OFFICE).content.decode()
    office.post(f"{OFFICE}{row.key}/agreement/", {"why": "She said so on the phone."})
    row.refresh_from_db()
    assert row.agreed_how == "office"
    assert Consent.objects.get(contact_point__guardian=row.adult).recorded_by_id == town.okafor.pk


def test_the_other_parent_learns_nothing_unless_they_share_the_thread(town: Town, his: Client) -> None:
    mother = Guardian.objects.create(school=town.school, name="Hamza's mother", reads="en")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    pages = [PAGE, "/maple-street/week/", f"/maple-street/messages/about/{town.yousaf.student.key}/"]
    hers = browser_of(mother)
    before = [bare(hers.get(page).content.decode()) for page in pages]
    agreed(town, his)
    assert [bare(hers.get(page).content.decode()) for page in pages] == before
    assert not Delegation.objects.visible_to(mother.actor()).exists()

    home = Household.objects.create(school=town.school, label="Yousaf family")
    for one in (town.yousaf.guardian, mother):
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=one)
    for one in (town.yousaf.guardian, mother):
        give_word(guardian=one, student=town.yousaf.student, by=one.actor(), now=TUESDAY)
    page = hers.get(PAGE).content.decode()
    assert "Aunt Zainab" in page
    assert AUNT[-6:] not in page
    assert hers.post(f"{PAGE}{Delegation.objects.get().key}/removal/").status_code == 404


def test_who_sees_whom_was_named(town: Town, his: Client) -> None:
    named = agreed(town, his)
    stranger = town.home(2).guardian
    counsellor = staff(town.school, "Mr Deen", Role.COUNSELLOR)
    sees = {
        who: Delegation.objects.visible_to(actor).count()
        for who, actor in {
            "father": town.yousaf.guardian.actor(), "aunt": named.actor(), "another family": stranger.actor(),
            "teacher": town.amal.actor(), "counsellor": counsellor.actor(), "office": town.okafor.actor(),
            "safeguarding": town.reyes.actor(),
        }.items()
    }  # fmt: skip
    assert sees == {
        "father": 1, "aunt": 0, "another family": 0, "teacher": 0, "counsellor": 0, "office": 1, "safeguarding": 1,
    }  # fmt: skip
