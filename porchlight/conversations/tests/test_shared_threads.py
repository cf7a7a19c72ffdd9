"""Two adults of one home may share a thread: both have to say so, either ends it, and nothing is told without it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.models import Thread
from porchlight.conversations.on_page import write_back
from porchlight.conversations.sharing import (
    CannotShareError,
    give_word,
    partners_of,
    record_words,
    take_word_back,
)
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.sharing_kit import (
    HERS,
    HIS,
    TODAY,
    clock,
    father,
    hamza,
    mother,
    moved_out,
    names,
    no_home,
    no_right,
    restricted,
    says_yes,
    sees,
    she_left,
    tie_ended,
    writes,
)
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
from porchlight.schools.wall import school_context

__all__ = ["clock", "mother"]


def test_each_sees_what_the_other_says_from_then_on_and_nothing_from_before(
    town: Town, mother: Guardian
) -> None:
    writes(town, father(town), "Before.", now=TUESDAY - timedelta(days=1))
    says_yes(town, father(town), now=TUESDAY - timedelta(hours=2))
    writes(town, father(town), "Between.", now=TUESDAY - timedelta(hours=1))
    says_yes(town, mother)
    assert (names(town, father(town)), names(town, mother)) == (["Hamza's mother"], ["Mr Yousaf"])
    writes(town, father(town), HIS)
    writes(town, mother, HERS)
    assert sees(mother) == {HIS, HERS}
    assert sees(father(town)) == {"Before.", "Between.", HIS, HERS}


def test_a_word_alone_shares_nothing(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town))
    writes(town, father(town), HIS)
    writes(town, mother, HERS)
    assert (sees(father(town)), sees(mother)) == ({HIS}, {HERS})


@pytest.mark.parametrize("who", ["father", "mother"])
def test_either_ends_it_and_each_keeps_their_own(town: Town, mother: Guardian, who: str) -> None:
    says_yes(town, father(town), mother)
    writes(town, father(town), HIS)
    writes(town, mother, HERS)
    one = {"father": father(town), "mother": mother}[who]
    assert take_word_back(Thread.objects.visible_to(one.actor()), by=one.actor(), now=TUESDAY) == 1
    assert (sees(father(town)), sees(mother)) == ({HIS}, {HERS})
    says_yes(town, one, now=TUESDAY + timedelta(hours=1))  # agreed anew: from then on
    assert (sees(father(town)), sees(mother)) == ({HIS}, {HERS})


APART = {
    "no home is recorded": no_home,
    "she moved out": moved_out,
    "she may not be told": no_right,
    "her tie to the child ended": tie_ended,
    "she is gone": she_left,
    "her contact is restricted": restricted("contact", "mother"),
    "his contact is restricted": restricted("contact", "father"),
    "only records are restricted": restricted("records", "mother"),
    "only collecting is restricted": restricted("collect", "father"),
    "a restriction begins next week": restricted("contact", "mother", since=TODAY + timedelta(days=7)),
    "a restriction ends today": restricted("contact", "mother", until=TODAY),
}


@pytest.mark.parametrize("come_apart", APART.values(), ids=APART)
def test_what_comes_between_them_ends_it_and_makes_it_impossible(
    town: Town, mother: Guardian, come_apart
) -> None:
    says_yes(town, father(town), mother)
    writes(town, mother, HERS)
    assert HERS in sees(father(town))  # it was shared
    come_apart(town, mother)
    assert HERS not in sees(father(town))
    assert names(town, father(town)) == names(town, mother) == []
    says_yes(town, father(town), mother)
    writes(town, mother, HERS)
    assert HERS not in sees(father(town))
    with pytest.raises(CannotShareError):
        record_words(
            student=hamza(town),
            guardians=[father(town), mother],
            words="Both signed.",
            by=town.okafor.actor(),
            now=TUESDAY,
        )


def test_a_restriction_lifted_gives_no_word_back(town: Town, mother: Guardian, clock) -> None:
    says_yes(town, father(town), mother)
    restricted("contact", "mother")(town, mother)
    clock.shift(timedelta(days=1))
    Restriction.objects.update(lifted_at=TUESDAY + timedelta(days=1))
    writes(town, mother, HERS, now=TUESDAY + timedelta(days=1, hours=1))
    assert HERS not in sees(father(town))
    says_yes(town, father(town), now=TUESDAY + timedelta(days=1, hours=2))
    assert names(town, father(town)) == []  # hers is from before
    says_yes(town, mother, now=TUESDAY + timedelta(days=1, hours=2))
    assert names(town, father(town)) == ["Hamza's mother"]


def test_who_moved_out_and_came_back_agrees_anew(town: Town, mother: Guardian, clock) -> None:
    says_yes(town, father(town), mother)
    rows = HouseholdMembership.objects.filter(guardian=mother)
    rows.update(until=TODAY + timedelta(days=1))
    clock.shift(timedelta(days=5))
    HouseholdMembership.objects.create(
        school=town.school,
        household=Household.objects.get(),
        guardian=mother,
        since=TODAY + timedelta(days=4),
    )
    later = TODAY + timedelta(days=5)
    assert partners_of(father(town), hamza(town), on=later) == []
    says_yes(town, father(town), mother, now=TUESDAY + timedelta(days=5))
    assert len(partners_of(father(town), hamza(town), on=later)) == 1


def test_a_restriction_that_was_over_before_they_agreed_stands_in_no_way(
    town: Town, mother: Guardian
) -> None:
    restricted("contact", "mother", until=TODAY - timedelta(days=30))(town, mother)
    says_yes(town, father(town), mother)
    assert names(town, father(town)) == ["Hamza's mother"]


def test_whoever_moves_in_later_is_not_meant(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town))
    moved_out(town, mother)
    uncle = Guardian.objects.create(school=town.school, addressed_as="Hamza's uncle")
    Guardianship.objects.create(school=town.school, guardian=uncle, student=hamza(town))
    home = Household.objects.get()
    HouseholdMembership.objects.create(school=town.school, household=home, guardian=uncle)
    says_yes(town, uncle)
    writes(town, father(town), HIS)
    assert sees(uncle) == set()
    says_yes(town, father(town), now=TUESDAY + timedelta(hours=1))  # now he knows with whom
    writes(town, father(town), "For both of you.", now=TUESDAY + timedelta(hours=2))
    assert sees(uncle) == {"For both of you."}


def test_the_thread_about_another_child_is_not_shared(town: Town, mother: Guardian) -> None:
    ayesha = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    for one in (father(town), mother):
        Guardianship.objects.create(school=town.school, guardian=one, student=ayesha)
    says_yes(town, father(town), mother)
    thread = Thread.objects.create(school=town.school, guardian=mother, student=ayesha)
    write_back(thread=thread, text=HERS, by=mother.actor(), now=TUESDAY)
    assert HERS not in sees(father(town))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_rule_is_the_same_on_postgresql() -> None:
    school = cast.maple_street()
    with school_context(school):
        home = cast.home(school, 1)
        mother = Guardian.objects.create(school=school, addressed_as="Hamza's mother")
        tie = Guardianship.objects.create(school=school, guardian=mother, student=home.student)
        household = Household.objects.create(school=school, label="Yousaf family")
        for one in (home.guardian, mother):
            HouseholdMembership.objects.create(school=school, household=household, guardian=one)
        for one in (home.guardian, mother):
            give_word(guardian=one, student=home.student, by=one.actor(), now=TUESDAY)
        thread = Thread.objects.get(guardian=mother)
        write_back(thread=thread, text=HERS, by=mother.actor(), now=TUESDAY)
        assert sees(home.guardian) == {HERS}
        [partner] = partners_of(home.guardian, home.student, on=TODAY)
        assert (partner.guardian, partner.since) == (mother, TUESDAY)
        Restriction.objects.create(school=school, guardianship=tie, scope="contact", evidence="seen")
        assert sees(home.guardian) == set()
