"""Consent given at enrolment, written down for many at once: undoable, with a name on it, never over a stop."""

from datetime import date, timedelta

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.addressing import opt_in, opt_out
from porchlight.delivery.tests.cast import TUESDAY, Home, reach
from porchlight.families.consenting import meant_by, take_back, write_down
from porchlight.families.models import (
    Consent,
    ConsentRound,
    ContactPoint,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
)
from porchlight.schools.models import SchoolClass
from porchlight.welcome.tests.conftest import BASE

DAY = date(2026, 9, 1)
PAGE = f"{BASE}/settings/consent/"


@pytest.fixture
def okafor(town: Town) -> Client:
    return browser_of(town.okafor)


def unasked(home: Home) -> Home:
    """A home that has not said whether we may write."""
    ContactPoint.objects.filter(pk=home.point.pk).update(consented=False)
    return home


def record(town: Town, **fields: object) -> ConsentRound:
    values = {"classes": [], "given_on": DAY, "source": "enrolment form", "by": town.okafor.actor()}
    return write_down(school=town.school, now=TUESDAY, **{**values, **fields})


def agreed(home: Home) -> bool:
    return ContactPoint.objects.get(pk=home.point.pk).consented


def test_who_when_and_how_we_know_are_kept(town: Town) -> None:
    home = unasked(town.home(2))
    made = record(town)
    assert agreed(home)
    line = Consent.objects.get(contact_point=home.point)
    assert (line.given, line.source, line.wording, line.recorded_by_id, line.round, line.at) == (
        True,
        "given at enrolment",
        "enrolment form",
        town.okafor.pk,
        made,
        TUESDAY,
    )
    assert (made.given_on, made.recorded_by) == (DAY, town.okafor)
    entry = Entry.objects.get(verb="consent.written_down")
    assert (entry.actor_id, entry.facts) == (town.okafor.pk, {"points": 1, "adults": 1})


@on_both_databases
def test_a_home_that_said_stop_is_never_overridden(town: Town) -> None:
    """Not on another number of theirs, nor for whoever lives with them, nor years later."""
    home = town.home(2)
    opt_out(home.address, source="reply STOP", words="stop", now=TUESDAY - timedelta(days=500))
    other_number = reach(town.school, home.guardian, "+447700900902", rank=2)[1]
    partner = Guardian.objects.create(school=town.school, addressed_as="Her partner")
    Guardianship.objects.create(school=town.school, guardian=partner, student=home.student)
    partners_number = reach(town.school, partner, "+447700900903")[1]
    door = Household.objects.create(school=town.school, label="Home 2")
    for adult in (home.guardian, partner):
        HouseholdMembership.objects.create(school=town.school, household=door, guardian=adult)
    ContactPoint.objects.filter(pk__in=[other_number.pk, partners_number.pk]).update(consented=False)
    meant = meant_by(town.school, [], on=TUESDAY.date())
    assert (meant.adults, meant.said_stop, meant.agreed_already) == (0, 2, 1)
    record(town)
    assert set(ContactPoint.objects.filter(consented=True).values_list("pk", flat=True)) == {
        town.yousaf.point.pk
    }
    opt_in(home.address, source="reply START", words="start", now=TUESDAY)
    record(town)
    assert ContactPoint.objects.filter(consented=False).count() == 0


@on_both_databases
def test_taken_back_it_is_as_before_and_their_own_word_stays(town: Town) -> None:
    mistaken, asked_since, left = (unasked(town.home(number)) for number in (2, 3, 4))
    made = record(town)
    Consent.objects.create(
        school=town.school, contact_point=asked_since.point, given=True, source="sign-in page", at=TUESDAY
    )
    opt_out(left.address, source="reply STOP", words="stop", now=TUESDAY)
    later = TUESDAY + timedelta(hours=1)
    assert take_back(made, by=town.okafor.actor(), now=later) == 1
    assert take_back(made, by=town.okafor.actor(), now=later) == 0
    assert [agreed(home) for home in (mistaken, asked_since, left)] == [False, True, False]
    assert Consent.objects.get(contact_point=left.point, source="reply STOP").given is False
    made.refresh_from_db()
    assert (made.undone_at, made.undone_by) == (later, town.okafor)
    again = record(town)  # our mistake was nobody's no
    assert agreed(mistaken)
    assert not agreed(left)
    assert again.lines.count() == 1


def test_only_the_classes_that_were_meant(town: Town) -> None:
    home = unasked(town.home(2))
    other = SchoolClass.objects.create(school=town.school, name="5B")
    record(town, classes=[other])
    assert not agreed(home)
    assert record(town, classes=[town.class_4a]).classes == ["4A"]
    assert agreed(home)


def test_restricted_adults_and_bad_numbers_are_nobody_to_agree_for(town: Town) -> None:
    barred, gone = unasked(town.home(2)), unasked(town.home(3))
    barred.restrict()
    gone.address.state = "bad"
    gone.address.save()
    record(town)
    assert not agreed(barred)
    assert not agreed(gone)


def test_the_page_counts_before_it_writes(town: Town, okafor: Client) -> None:
    home = unasked(town.home(2))
    words = {"given_on": "2026-09-01", "source": "enrolment form, signed"}
    page = okafor.post(PAGE, words | {"look": "1"}).content.decode()
    assert "After this one adult may be written to" in page
    assert not agreed(home)
    unasked(town.home(3))  # meanwhile another family came: the number looked at is no longer right
    page = okafor.post(PAGE, words | {"write": "1", "adults": "1"}).content.decode()
    assert "After this 2 adults may be written to" in page
    assert not agreed(home)
    page = okafor.post(PAGE, words | {"write": "1", "adults": "2"}, follow=True).content.decode()
    assert "Written down for 2 adults." in page
    assert "Mrs Okafor wrote it down, today, 3.10 pm" in page
    key = ConsentRound.objects.get().key
    page = okafor.post(f"{PAGE}{key}/removal/", follow=True).content.decode()
    assert "2 numbers and mailboxes are no longer written to." in page
    assert "Mrs Okafor took it back" in page
    assert not agreed(home)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"given_on": "", "source": "form"}, "Write the day on which they agreed"),
        ({"given_on": "2027-01-01", "source": "form"}, "This day has not come yet."),
        ({"given_on": "2026-09-01", "source": ""}, "Write where their consent stands"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_lost(
    town: Town, okafor: Client, words: dict[str, str], said: str
) -> None:
    page = okafor.post(PAGE, words)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not ConsentRound.objects.exists()
