"""Who a notice reaches, and that a restriction is never reached."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porchlight.conversations.audience import Audience, AudienceKind, Exclusion, resolve
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.schools.models import SchoolClass

TODAY = TUESDAY.date()
CLASS_4A = AudienceKind.CLASSES


def of_class(town: Town) -> Audience:
    return Audience(CLASS_4A, (town.class_4a.key,))


def names(resolved) -> list[str]:
    return sorted(str(recipient.guardian) for recipient in resolved.recipients)


def test_a_class_reaches_each_adult_once_with_all_their_children(town: Town) -> None:
    second = town.home(2)
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=second.student)
    resolved = resolve(of_class(town), actor=town.amal.actor(), school=town.school, on=TODAY)
    assert names(resolved) == ["Guardian 2", "Mr Yousaf"]
    father = next(one for one in resolved.recipients if str(one.guardian) == "Mr Yousaf")
    assert [child.short_name for child in father.students] == ["Hamza", "Child2"]
    assert (resolved.students, resolved.homes, resolved.excluded) == (2, 2, {})


def test_adults_of_one_home_are_one_home(town: Town) -> None:
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    home = Household.objects.create(school=town.school, label="Yousaf family")
    for guardian in (mother, town.yousaf.guardian):
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=guardian)
    resolved = resolve(of_class(town), actor=town.amal.actor(), school=town.school, on=TODAY)
    assert len(resolved.recipients) == 2
    assert resolved.homes == 1


def test_a_child_of_two_homes_is_told_to_both_but_a_chosen_home_alone_to_itself(town: Town) -> None:
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    hers = Household.objects.create(school=town.school, label="her home")
    HouseholdMembership.objects.create(school=town.school, household=hers, guardian=mother)
    office = town.okafor.actor()
    both = resolve(of_class(town), actor=office, school=town.school, on=TODAY)
    one = resolve(Audience(AudienceKind.HOUSEHOLDS, (hers.key,)), actor=office, school=town.school, on=TODAY)
    assert names(both) == ["Hamza's mother", "Mr Yousaf"]
    assert names(one) == ["Hamza's mother"]


def test_a_teacher_may_not_write_to_the_whole_school(town: Town) -> None:
    with pytest.raises(PermissionDenied, match="Only the office and leaders"):
        resolve(Audience(AudienceKind.SCHOOL), actor=town.amal.actor(), school=town.school, on=TODAY)


def test_a_teacher_reaches_nobody_in_a_class_they_do_not_teach(town: Town) -> None:
    other = SchoolClass.objects.create(school=town.school, name="5B")
    resolved = resolve(
        Audience(CLASS_4A, (other.key,)), actor=town.amal.actor(), school=town.school, on=TODAY
    )
    assert resolved.is_empty


def test_a_child_whose_only_adult_is_restricted_is_named(town: Town) -> None:
    town.yousaf.restrict()
    resolved = resolve(of_class(town), actor=town.amal.actor(), school=town.school, on=TODAY)
    assert resolved.is_empty
    assert resolved.excluded == {Exclusion.RESTRICTED: 1}
    assert [child.short_name for child in resolved.without_adult] == ["Hamza"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ties=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=15, unique=True),
    barred=st.sets(st.integers(0, 14), max_size=15),
    ended=st.sets(st.integers(0, 14), max_size=6),
)
def test_no_audience_ever_reaches_across_a_restriction(town: Town, ties, barred, ended) -> None:
    """Any web of adults and children, any restrictions: the audience is exactly the allowed ties, no more, no less."""
    from datetime import timedelta

    from django.db import transaction

    from porchlight.families.models import Enrolment

    with transaction.atomic():
        adults = [Guardian.objects.create(school=town.school, name=f"A{n}") for n in range(5)]
        children = [Student.objects.create(school=town.school, name=f"C{n}") for n in range(5)]
        for child in children:
            Enrolment.objects.create(school=town.school, student=child, school_class=town.class_4a)
        allowed = set()
        for position, (a, c) in enumerate(ties):
            tie = Guardianship.objects.create(
                school=town.school,
                guardian=adults[a],
                student=children[c],
                until=TODAY - timedelta(days=1) if position in ended else None,
            )
            if position in barred:
                Restriction.objects.create(
                    school=town.school, guardianship=tie, scope="contact", evidence="seen"
                )
            elif position not in ended:
                allowed.add((adults[a].pk, children[c].pk))
        for audience in (of_class(town), Audience(AudienceKind.SCHOOL)):
            resolved = resolve(audience, actor=town.okafor.actor(), school=town.school, on=TODAY)
            reached = {(r.guardian.pk, s.pk) for r in resolved.recipients for s in r.students}
            assert reached == allowed | {(town.yousaf.guardian.pk, town.yousaf.student.pk)}
        transaction.set_rollback(True)
