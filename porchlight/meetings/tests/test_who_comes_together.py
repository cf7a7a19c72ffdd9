"""Adults of one home come together; parents who live apart are two parties of one family, and know nothing of it."""

from __future__ import annotations

import pytest

from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.tests import cast
from porchlight.families.models import Guardianship, Restriction
from porchlight.families.models.homes import HouseholdMembership
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import Party, PartyMember, Round, Wish
from porchlight.meetings.rounds.hosts import propose_hosts
from porchlight.meetings.rounds.parties import form_parties, guests_of, with_nobody
from porchlight.meetings.tests.a_round import (
    adult,
    host_of,
    made_round,
    one_home,
    party_of,
    sibling,
    teaches,
    wished,
)
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass

TODAY = NOW.date()


def who(round_: Round) -> list[list[str]]:
    """The parties' adults."""
    rows = PartyMember.objects.filter(round=round_).order_by("party", "guardian__name")
    found: dict[int, list[str]] = {}
    for row in rows.select_related("guardian"):
        found.setdefault(row.party_id, []).append(row.guardian.name)
    return sorted(found.values())


def families(round_: Round) -> int:
    return Party.objects.filter(round=round_).values("family").distinct().count()


@on_both_databases
def test_a_couple_of_one_home_is_one_party_with_one_wish_for_each_child(town: Town) -> None:
    father = town.yousaf.guardian
    mother = adult(town, "Mother", town.yousaf.student)
    one_home(town, father, mother)
    class_2b = SchoolClass.objects.create(school=town.school, name="2B")
    teaches(town, "Mr Bell", lead=True, school_class=class_2b)
    sibling(town, "Sana Yousaf", class_2b, father, mother)
    round_ = made_round(town, town.class_4a, class_2b)
    form_parties(round_, now=NOW)
    form_parties(round_, now=NOW)
    assert who(round_) == [["Guardian 1", "Mother"]]
    assert wished(party_of(round_, mother)) == [
        ("Hamza", "round", ("Ms Amal",)),
        ("Sana", "round", ("Mr Bell",)),
    ]


def test_parents_apart_are_two_parties_of_one_family_and_neither_sees_the_other(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    town.home(2)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    Round.objects.update(asked_at=NOW)
    hers, his = party_of(round_, mother), party_of(round_, town.yousaf.guardian)
    assert who(round_) == [["Guardian 1"], ["Guardian 2"], ["Mother"]]
    assert hers.family == his.family
    assert families(round_) == 2
    assert list(Party.objects.visible_to(mother.actor())) == [hers]
    assert {wish.party for wish in Wish.objects.visible_to(mother.actor())} == {hers}
    assert set(PartyMember.objects.visible_to(mother.actor()).values_list("guardian", flat=True)) == {
        mother.pk
    }


def test_a_family_reaches_through_several_children_and_homes(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    sana = sibling(town, "Sana", town.class_4a, mother)
    adult(town, "Another father", sana)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert len(who(round_)) == 3
    assert families(round_) == 1


def test_whom_we_may_not_tell_is_not_asked(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    adult(town, "Not told", town.yousaf.student)
    Guardianship.objects.filter(guardian__name="Not told").update(may_receive=False)
    town.yousaf.restrict()
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert who(round_) == [["Mother"]]
    [wish] = party_of(round_, mother).wishes.all()
    assert guests_of(round_, [wish], on=TODAY) == {wish.key: [mother.pk]}


def test_who_may_no_longer_be_told_is_let_go_and_one_of_a_couple_stays(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    one_home(town, town.yousaf.guardian, mother)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    town.yousaf.restrict()
    form_parties(round_, now=NOW)
    assert who(round_) == [["Mother"]]


def test_beside_a_restriction_everybody_comes_alone(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    one_home(town, town.yousaf.guardian, mother)
    tie = Guardianship.objects.get(guardian=mother)
    Restriction.objects.create(school=town.school, guardianship=tie, scope="collect", evidence="seen")
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert who(round_) == [["Guardian 1"], ["Mother"]]


def test_who_moves_out_leaves_the_party_and_what_was_said_stays_with_the_other(town: Town) -> None:
    father = town.yousaf.guardian
    mother = adult(town, "Mother", town.yousaf.student)
    one_home(town, father, mother)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    Party.objects.update(answered_at=NOW)
    HouseholdMembership.objects.filter(guardian=mother).delete()
    form_parties(round_, now=NOW)
    assert who(round_) == [["Guardian 1"], ["Mother"]]
    assert party_of(round_, father).answered_at == NOW
    assert party_of(round_, mother).answered_at is None
    assert wished(party_of(round_, mother)) == [("Hamza", "round", ("Ms Amal",))]


def test_an_aunt_with_a_lent_right_is_asked_only_where_there_is_nobody_else(town: Town) -> None:
    aunt = adult(town, "Aunt", town.yousaf.student)
    tie = Guardianship.objects.get(guardian=aunt)
    tie.lent_by = town.yousaf.tie
    tie.save()
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert who(round_) == [["Guardian 1"]]
    town.yousaf.guardian.left_at = NOW
    town.yousaf.guardian.save()
    form_parties(round_, now=NOW)
    assert with_nobody(round_, on=NOW.date()) == ["Hamza"]  # who lent it is not here any more
    Guardianship.objects.filter(pk=tie.pk).update(lent_by=None)
    form_parties(round_, now=NOW)
    assert who(round_) == [["Aunt"]]


def test_a_child_who_comes_later_joins(town: Town) -> None:
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    sibling(town, "Sana Yousaf", town.class_4a, town.yousaf.guardian)
    other = town.home(2)
    form_parties(round_, now=NOW)
    assert [child for child, _by, _whom in wished(party_of(round_, town.yousaf.guardian))] == [
        "Hamza",
        "Sana",
    ]
    assert wished(party_of(round_, other.guardian)) == [("Child2", "round", ("Ms Amal",))]


def test_a_colleague_does_not_sit_across_from_herself(town: Town) -> None:
    mother = adult(town, "Ms Amal at home", town.yousaf.student, user=town.amal.user)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, mother)) == []
    teaches(town, "Mr Bell")
    propose_hosts(round_, now=NOW)
    form_parties(round_, now=NOW)
    assert wished(party_of(round_, mother)) == [("Hamza", "round", ("Mr Bell",))]
    assert wished(party_of(round_, town.yousaf.guardian)) == [("Hamza", "round", ("Mr Bell",))]
    assert list(Party.objects.visible_to(town.amal.actor())) == []  # she knows them as a parent alone


@pytest.mark.parametrize(("knows", "wanted"), [(True, "ur"), (False, "")])
def test_an_interpreter_is_there_for_the_silent_where_somebody_interprets(
    town: Town, knows: bool, wanted: str
) -> None:
    interpreter = staff(town.school, "Mrs Khan", Role.INTERPRETER)
    if knows:
        KnownLanguage.objects.create(school=town.school, staff=interpreter, language="ur")
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert host_of(round_, interpreter).interprets
    assert party_of(round_, town.yousaf.guardian).language == wanted


def test_a_teacher_who_speaks_their_language_needs_none(town: Town) -> None:
    interpreter = staff(town.school, "Mrs Khan", Role.INTERPRETER)
    for person in (interpreter, town.amal):
        KnownLanguage.objects.create(school=town.school, staff=person, language="ur")
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert party_of(round_, town.yousaf.guardian).language == ""


def test_another_school_has_no_part_in_it(town: Town) -> None:
    elsewhere = cast.maple_street("elsewhere")
    cast.home(elsewhere, 9)
    round_ = made_round(town)
    form_parties(round_, now=NOW)
    assert who(round_) == [["Guardian 1"]]
