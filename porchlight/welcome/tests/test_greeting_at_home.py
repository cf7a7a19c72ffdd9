"""A home we know greets us: it opts in, chooses its language by a digit, and keeps nobody waiting."""

from datetime import timedelta

import pytest

from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.addressing import opt_out
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Consent,
    ContactPoint,
    Guardian,
    Guardianship,
    Student,
)
from porchlight.schools.models import School
from porchlight.welcome.offered import offered
from porchlight.welcome.tests.conftest import shares_the_phone
from porchlight.welcome.tests.greeting_kit import STRANGER, card, says, told


@pytest.mark.parametrize("answer", ["digit", "Roman Urdu"])
def test_a_known_home_greets_opts_in_and_chooses_by_a_digit_or_a_name(town: Town, answer: str) -> None:
    ContactPoint.objects.filter(pk=town.yousaf.point.pk).update(consented=False)
    number = town.yousaf.address.value
    says(town, "سلام", sender=number)
    assert told(number) == [("hello_back", "ur")]
    assert Consent.objects.get(contact_point=town.yousaf.point).source == "greeted the school"
    choice = str(offered(town.school).index("ur-Latn") + 1) if answer == "digit" else "ur-Latn"
    outcome = says(town, choice, sender=number, later=timedelta(minutes=1))
    assert outcome.message is not None
    assert outcome.message.settled_at is not None
    assert Guardian.objects.get(pk=town.yousaf.guardian.pk).reading == "ur-Latn"
    assert told(number)[-1] == ("hello_language", "ur-Latn")
    again = says(town, "1", sender=number, later=timedelta(minutes=2))  # chosen: a digit is only a digit now
    assert again.message is not None
    assert again.message.settled_at is None


def test_a_greeting_about_two_children_stands_with_both_and_asks_nothing(town: Town) -> None:
    sister = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    outcome = says(town, "Salam", sender=town.yousaf.address.value)
    assert outcome.asked_which_child is None
    assert Message.objects.filter(kind="hello", settled_at=TUESDAY).count() == 2


def test_who_said_stop_is_not_opened_again_by_a_greeting(town: Town) -> None:
    opt_out(town.yousaf.address, source="reply STOP", words="stop", now=TUESDAY)
    outcome = says(town, "Salaam", sender=town.yousaf.address.value)
    assert outcome.message is not None
    assert outcome.message.kind == ""
    assert told(town.yousaf.address.value) == []
    assert not ContactPoint.objects.get(pk=town.yousaf.point.pk).consented


def test_a_phone_that_two_share_and_no_home_is_for_a_person(town: Town) -> None:
    shares_the_phone(town)
    assert says(town, "Salaam", sender=town.yousaf.address.value).triage is not None


def test_languages_offered_are_those_homes_read_and_the_schools(town: Town) -> None:
    for number in (2, 3):
        town.home(number, speaks="pl", reads="pl")
    tags = offered(School.objects.get(pk=town.school.pk))
    assert tags[:2] == ["pl", "ur"]
    assert {"en", "es", "ur-Latn"} <= set(tags)
    assert len(tags) <= 9


def test_a_card_sent_from_a_known_phone_is_used_up_and_changes_nothing(town: Town) -> None:
    code = card(town)
    assert says(town, code, sender=town.yousaf.address.value).message is not None
    assert ContactPoint.objects.filter(guardian=town.yousaf.guardian).count() == 1
    assert says(town, code).triage is not None


def test_somebody_elses_card_from_a_known_phone_is_for_a_person(town: Town) -> None:
    other = town.home(2)
    outcome = says(town, card(town, other.guardian), sender=town.yousaf.address.value)
    assert outcome.triage is not None
    assert outcome.triage.reason == "shared_number"


def test_a_colleagues_phone_is_no_stranger(town: Town) -> None:
    cast.reachable(town.reyes, STRANGER)
    assert says(town, "hello").triage is not None
    assert says(town, card(town)).triage is not None
    assert not Parcel.objects.exists()


def test_a_question_put_since_has_the_digit(town: Town) -> None:
    from porchlight.conversations.audience import Audience, AudienceKind
    from porchlight.conversations.models import Answer
    from porchlight.conversations.notices import Draft, Question, release, write

    says(town, "salaam", sender=town.yousaf.address.value)
    draft = Draft(
        "May he come?",
        "en",
        Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
        question=Question("yes_no"),
    )
    later = TUESDAY + timedelta(minutes=5)
    notice = write(draft, school=town.school, by=town.amal.actor(), now=later)
    release(notice, by=town.amal.actor(), now=later)
    says(town, "1", sender=town.yousaf.address.value, later=timedelta(minutes=6))
    assert Answer.objects.get().keys == ["yes"]
    assert Guardian.objects.get(pk=town.yousaf.guardian.pk).reading == "ur"


def test_which_child_asked_since_has_the_digit(town: Town) -> None:
    sister = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    number = town.yousaf.address.value
    says(town, "salaam", sender=number)
    Message.objects.update(said_at=TUESDAY - timedelta(days=3))  # nothing was said lately that would tell
    assert says(town, "When is sports day?", sender=number, later=timedelta(minutes=1)).asked_which_child
    placed = says(town, "2", sender=number, later=timedelta(minutes=2)).message
    assert placed is not None
    assert placed.text == "When is sports day?"
