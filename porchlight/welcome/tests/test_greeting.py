"""Salaam, hello, hola: a family starts from its phone. Known by their card or not at all, and no child is named."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porchlight.activity.models import Entry
from porchlight.conversations.models import Message, TriageItem
from porchlight.conversations.porch import lights
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.lights import Light
from porchlight.families.models import (
    Consent,
    ContactPoint,
    Guardian,
    Guardianship,
)
from porchlight.languages.phrases import books, languages
from porchlight.schools.actors import Role
from porchlight.welcome.cards import LEAST, make_cards
from porchlight.welcome.offered import offered
from porchlight.welcome.tests.greeting_kit import (
    STRANGER,
    card,
    no_way_is_known,
    nothing_of_a_child_leaked,
    says,
    told,
)

GREETINGS = [
    ("Hello", "en"),
    ("hi!", "en"),
    ("السلام علیکم", "ur"),
    ("سلام", "ur"),
    ("Salaam", "ur-Latn"),
    ("Assalam o alaikum", "ur-Latn"),
    ("¡Hola!", "es"),
    ("老师好", "zh-Hans"),
    ("buenos dias", "es"),
    ("مرحبا", "ar"),
    ("Kia ora", "mi"),
    ("selamat pagi", "ms"),
    ("காலை வணக்கம்", "ta"),
    ("ستړي مه شئ", "ps"),
    ("Tēnā koe", "mi"),
]


@pytest.mark.parametrize(("text", "language"), [row for row in GREETINGS if row[1] in books()])
def test_a_number_we_do_not_know_is_greeted_in_its_language_and_asked(
    town: Town, text: str, language: str
) -> None:
    outcome = says(town, text)
    assert told() == [("hello_who", language)]
    assert outcome.triage is not None
    assert outcome.triage.resolved_at is None
    assert nothing_of_a_child_leaked(town)
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()
    assert not Message.objects.exists()


def test_every_shipped_language_is_greeted_in_this_test() -> None:
    assert {language for _text, language in GREETINGS} >= set(languages())


def test_greeted_again_it_is_answered_once_and_lies_with_a_person(town: Town) -> None:
    says(town, "salaam")
    says(town, "Salaam?")
    says(town, "hello", later=timedelta(minutes=30))
    assert told() == [("hello_who", "ur-Latn")]
    assert TriageItem.objects.waiting().count() == 3


@on_both_databases
def test_the_card_says_whose_phone_it_is(town: Town) -> None:
    no_way_is_known(town)
    assert lights(town.school, [town.yousaf.guardian], TUESDAY)[town.yousaf.guardian.pk] is Light.UNLIT
    says(town, "Salaam")
    outcome = says(town, f"Salaam {card(town)}", later=timedelta(minutes=1))
    message = outcome.message
    assert message is not None
    assert (message.thread.guardian, message.kind) == (town.yousaf.guardian, "hello")
    assert message.settled_at is not None  # nobody owes an answer to a greeting
    point = ContactPoint.objects.get(address__value=STRANGER)
    assert (point.guardian, point.consented, point.rank) == (town.yousaf.guardian, True, 1)
    line = Consent.objects.get(contact_point=point)
    assert (line.given, line.source) == (True, "wrote with the number on their card")
    assert told() == [("hello_who", "ur-Latn"), ("hello_back", "ur")]
    assert not TriageItem.objects.waiting().exists()
    assert lights(town.school, [town.yousaf.guardian], TUESDAY)[town.yousaf.guardian.pk] is Light.LIT
    assert nothing_of_a_child_leaked(town)
    assert Entry.objects.filter(verb="guardian.joined_by_card").count() == 1


@pytest.mark.parametrize(
    "write", ["۴۸۲۱ ۷۳۹۰ ۶۵۱۲", "482173906512", "Hello, 4821-7390-6512.", "سلام 4821 7390 6512"]
)
def test_the_number_may_be_typed_in_any_digits(
    town: Town, write: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_way_is_known(town)
    monkeypatch.setattr("secrets.randbelow", lambda _most: 482_173_906_512 - LEAST)
    card(town)
    assert says(town, write).message is not None


def test_a_card_works_once_and_a_newer_one_ends_it(town: Town) -> None:
    no_way_is_known(town)
    old, new = card(town), card(town)
    assert says(town, old).triage is not None
    assert says(town, new).message is not None
    assert says(town, new, sender="+447700900778").triage is not None
    assert not ContactPoint.objects.filter(address__value="+447700900778").exists()


def test_after_ninety_days_it_is_paper(town: Town) -> None:
    no_way_is_known(town)
    assert says(town, card(town), later=timedelta(days=91)).triage is not None


def test_a_card_of_another_school_opens_nothing_here(town: Town) -> None:
    there = cast.maple_street("elm-road")
    away = cast.home(there, 1)
    office = staff(there, "Mr Elm", Role.OFFICE).actor()
    code = make_cards([away.guardian], school=there, by=office, now=TUESDAY)[away.guardian.pk]
    assert says(town, code).triage is not None
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()


def test_guessing_ends_after_five_tries(town: Town) -> None:
    no_way_is_known(town)
    good = card(town)
    for number in range(5):
        assert says(town, f"1000 0000 000{number}", later=timedelta(minutes=2 * number)).triage is not None
    assert says(town, good, later=timedelta(hours=1)).triage is not None  # even the right one: a person looks
    assert says(town, good, sender="+447700900779").message is not None


@pytest.mark.parametrize("who", ["their own", "the other parent's"])
def test_where_a_restriction_stands_a_person_looks(town: Town, who: str) -> None:
    code = card(town)
    no_way_is_known(town)
    if who == "their own":
        town.yousaf.restrict("records")
    else:
        other = Guardian.objects.create(school=town.school, addressed_as="Somebody kept away")
        tie = Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
        cast.Home(other, town.yousaf.student, tie, town.yousaf.address, town.yousaf.point).restrict()
    outcome = says(town, f"Salaam {code}")
    assert outcome.triage is not None
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()
    assert told() == [("met_by_a_person", "ur-Latn")]
    assert nothing_of_a_child_leaked(town)


def test_a_known_number_of_somebody_else_is_not_taken_for_theirs(town: Town) -> None:
    no_way_is_known(town)
    other = town.home(2)
    outcome = says(town, card(town), sender=other.address.value)
    assert outcome.triage is not None
    assert not ContactPoint.objects.filter(guardian=town.yousaf.guardian, ended_at=None).exists()


def test_words_after_our_question_lie_with_a_person(town: Town) -> None:
    says(town, "Hola")
    outcome = says(town, "Soy la madre de Hamza, 4A", later=timedelta(minutes=2))
    assert outcome.triage is not None
    assert outcome.triage.text == "Soy la madre de Hamza, 4A"
    assert told() == [("hello_who", "es")]  # which said that a person reads it
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()


def test_a_stranger_chooses_a_language_and_keeps_it_with_the_card(town: Town) -> None:
    no_way_is_known(town)
    says(town, "hello")
    says(town, str(offered(town.school).index("es") + 1), later=timedelta(minutes=1))
    assert told() == [("hello_who", "en"), ("hello_language", "es"), ("hello_who", "es")]
    says(town, card(town), later=timedelta(minutes=2))
    assert Guardian.objects.get(pk=town.yousaf.guardian.pk).reading == "es"
    assert told()[-1] == ("hello_back", "es")


def test_at_night_the_emergency_numbers_are_said_as_well(town: Town) -> None:
    says(town, "Salaam", later=timedelta(hours=8))
    assert [kind for kind, _language in told()] == ["hello_who", "out_of_hours"]


def test_more_than_a_greeting_from_a_stranger_is_heard_as_ever(town: Town) -> None:
    assert says(town, "Hello, my son is ill today").triage is not None
    assert not Parcel.objects.exists()


def test_what_a_stranger_cries_after_a_greeting_calls_people_at_once(town: Town) -> None:
    says(town, "hello")
    says(town, "My son has not come home", later=timedelta(minutes=1))
    assert "may_be_missing" in set(TriageItem.objects.waiting().values_list("reason", flat=True))


def test_more_beside_the_number_on_a_card_waits_for_an_answer(town: Town) -> None:
    no_way_is_known(town)
    message = says(town, f"Hamza is ill {card(town)}").message
    assert message is not None
    assert message.settled_at is None
    assert list(Message.objects.waiting()) == [message]


@pytest.mark.parametrize("again", [False, True])
def test_what_was_said_to_a_phone_is_asked_once_a_message(town: Town, again: bool) -> None:
    """Whether its card is good or not, and whether it was greeted before."""
    no_way_is_known(town)
    number = card(town)
    says(town, "Salaam")
    with CaptureQueriesContext(connection) as asked:
        says(town, "1234 5678 9012" if again else f"Salaam {number}", later=timedelta(minutes=5))
    about = [one for one in asked.captured_queries if '"service_kind" ' in one["sql"]]
    assert len(about) == 1
