"""A card may be found, and numbers may be guessed: what either opens, and what the school says to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.limits import Rate
from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.mending import confirm
from porchlight.conversations.models import TriageItem, TriageReason
from porchlight.conversations.placing_by_hand import place_in_thread
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.changing.actions import confirm as confirm_change
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, AddressState, ContactChange, ContactPoint
from porchlight.welcome import cards, greeting
from porchlight.welcome.sign_in import people_at
from porchlight.welcome.tests.conftest import BASE, ask, code_sent, enter
from porchlight.welcome.tests.greeting_kit import STRANGER, card, no_way_is_known, says, told


def codes_to(number: str) -> int:
    return Delivery.objects.filter(to=number, parcel__service_kind="sign_in_code").count()


def joined(town: Town) -> ContactPoint:
    """Somebody wrote with Mr Yousaf's card, and we knew no other way to him."""
    no_way_is_known(town)
    assert says(town, card(town)).message is not None
    return ContactPoint.objects.get(address__value=STRANGER)


@pytest.mark.parametrize("known", ["agreed", "never asked", "said stop", "in doubt", "bad"])
def test_of_whom_another_way_is_known_a_person_looks(town: Town, known: str) -> None:
    code = card(town)  # printed before the number was known, or before it worked again
    point, address = ContactPoint.objects.filter(pk=town.yousaf.point.pk), Address.objects.all()
    changes: dict[str, Callable[[], object]] = {
        "never asked": lambda: point.update(consented=False),
        "said stop": lambda: address.update(opted_out_at=TUESDAY),
        "in doubt": lambda: address.update(state=AddressState.NOTICE_ONLY),
        "bad": lambda: address.update(state=AddressState.BAD),
    }
    if known in changes:
        changes[known]()
    outcome = says(town, code)
    assert outcome.triage is not None
    assert outcome.triage.resolved_at is None
    assert told() == [("met_by_a_person", "en")]
    assert told(town.yousaf.address.value) == []
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()


def test_of_two_who_send_one_card_at_the_same_moment_one_joins(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_way_is_known(town)
    code, may_join = card(town), greeting.may_join

    def meanwhile_used(*asked: Any, **more: Any) -> bool:
        assert cards.use_up(cards.code_in(code), school=town.school, now=TUESDAY)
        return may_join(*asked, **more)

    monkeypatch.setattr(greeting, "may_join", meanwhile_used)
    assert says(town, code).triage is not None
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()


def test_a_second_card_from_a_second_phone_is_for_a_person(town: Town) -> None:
    joined(town)
    assert says(town, card(town), sender="+447700900778").triage is not None
    assert not ContactPoint.objects.filter(address__value="+447700900778").exists()


@on_both_databases
def test_a_phone_known_by_a_card_alone_gets_no_code_for_three_days(town: Town) -> None:
    joined(town)
    with time_machine.travel(TUESDAY + timedelta(hours=71), tick=False):
        assert ask(Client(), STRANGER).headers["Location"] == f"{BASE}/sign-in/code/"  # as for anybody
        assert codes_to(STRANGER) == 0
    with time_machine.travel(TUESDAY + timedelta(hours=72), tick=False):
        family = Client()
        ask(family, STRANGER)
        assert codes_to(STRANGER) == 1
        assert enter(family, code_sent()).headers["Location"] == f"{BASE}/"


def test_a_code_sent_before_opens_nothing_to_whom_a_card_alone_names(town: Town) -> None:
    point = joined(town)
    assert people_at(town.school, point.address_id, now=TUESDAY + timedelta(hours=71)) == []
    assert people_at(town.school, point.address_id, now=TUESDAY + timedelta(hours=72)) == [
        town.yousaf.guardian
    ]


def test_what_the_office_confirms_counts_at_once(town: Town) -> None:
    point = joined(town)
    confirm(point.address, by=town.okafor.actor(), now=TUESDAY)
    assert people_at(town.school, point.address_id, now=TUESDAY) == [town.yousaf.guardian]


def test_what_the_office_confirmed_of_somebody_before_vouches_for_nobody_new(town: Town) -> None:
    address = Address.objects.create(school=town.school, channel="sms", value=STRANGER)
    with time_machine.travel(TUESDAY - timedelta(hours=1), tick=False):
        confirm(address, by=town.okafor.actor(), now=TUESDAY - timedelta(hours=1))
    assert people_at(town.school, joined(town).address_id, now=TUESDAY) == []


def test_a_number_that_a_person_placed_counts_once_they_have_said_how_they_know(town: Town) -> None:
    outcome = says(town, card(town))  # another way is known: it lies in the tray
    assert outcome.triage is not None
    place_in_thread(
        outcome.triage, tie=town.yousaf.tie, by=town.okafor.actor(), now=TUESDAY, keep_address=True
    )
    assert not ContactPoint.objects.filter(address__value=STRANGER).exists()
    confirm_change(
        ContactChange.objects.get(), how="in_person", words="his card", by=town.okafor.actor(), now=TUESDAY
    )
    point = ContactPoint.objects.get(address__value=STRANGER)
    assert people_at(town.school, point.address_id, now=TUESDAY) == [town.yousaf.guardian]


def test_who_goes_on_guessing_hears_nothing_more(town: Town) -> None:
    for number in range(8):
        says(town, f"1000 0000 000{number}", later=timedelta(minutes=2 * number))
    assert told() == [("hello_who", "en")] * 5
    assert TriageItem.objects.waiting().count() == 8  # a person reads them all the same


def test_strangers_together_get_so_many_answers_a_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greeting, "TO_STRANGERS", Rate(3, timedelta(days=1)))
    numbers = [f"+44770090080{number}" for number in range(5)]
    outcomes = [says(town, "hello" if one != numbers[1] else "1000 0000 0001", sender=one) for one in numbers]
    assert [len(told(one)) for one in numbers] == [1, 1, 1, 0, 0]
    assert all(one.triage is not None and one.triage.resolved_at is None for one in outcomes)
    says(town, "hello", sender=numbers[4], later=timedelta(days=1))
    assert len(told(numbers[4])) == 1


def test_beyond_the_days_answers_a_chosen_language_waits_for_a_person(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greeting, "TO_STRANGERS", Rate(1, timedelta(days=1)))
    says(town, "hello")
    outcome = says(town, "1", later=timedelta(minutes=1))
    assert outcome.triage is not None
    assert outcome.triage.resolved_at is None
    assert len(told()) == 1


def test_one_stranger_cannot_use_up_the_answers_of_all(town: Town) -> None:
    says(town, "hello")
    for minute in range(1, 30):
        says(town, str(1 + minute % 2), later=timedelta(minutes=minute))
    assert len([kind for kind, _language in told() if kind == "hello_language"]) == 9
    says(town, "hello", sender="+447700900801")
    assert told("+447700900801") == [("hello_who", "en")]


def test_of_two_on_a_phone_one_of_whom_is_kept_from_a_child_nobody_comes_in(town: Town) -> None:
    point = joined(town)
    other = town.home(2)
    ContactPoint.objects.create(
        school=town.school, address=point.address, guardian=other.guardian, consented=True, rank=2
    )
    assert people_at(town.school, point.address_id, now=TUESDAY) == [other.guardian]
    town.yousaf.restrict()
    assert people_at(town.school, point.address_id, now=TUESDAY) == []


def test_a_card_works_when_strangers_have_had_their_answers(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greeting, "TO_STRANGERS", Rate(0, timedelta(days=1)))
    joined(town)
    assert told() == [("hello_back", "ur")]


def test_when_the_school_was_guessed_at_enough_it_stands_once_in_the_record_and_the_tray(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "FOR_ONE_SCHOOL", Rate(3, timedelta(days=1)))
    noted = Entry.objects.filter(verb="school.card_tries_used_up")
    for number in range(3):
        says(town, f"1000 0000 000{number}", sender=f"+44770090080{number}")
    assert not noted.exists()
    for number in range(3, 6):
        says(town, f"1000 0000 000{number}", sender=f"+44770090080{number}")
    assert noted.get().facts == {"tries": 3}
    item = TriageItem.objects.get(reason=TriageReason.CARDS_GUESSED)
    assert (item.sender, item.channel, item.resolved_at) == ("+447700900803", "sms", None)
    office = browser_of(town.okafor)
    tray = office.get("/maple-street/triage/?child=Hamza").content.decode()
    assert "Somebody may be guessing the numbers on cards" in tray
    assert "no card works for a day" in tray
    one = tray[tray.index("Somebody may be guessing") :].split("</section>")[0]
    assert ("Put it with" in one, "Or say what you did" in one) == (False, True)
    no_way_is_known(town)
    assert says(town, card(town), sender="+447700900779").triage is not None  # even a right one, for today


@pytest.mark.parametrize("written", ["+447700900777", "+44 7700 900 777", "07700 900777", "482 173 906"])
def test_a_telephone_number_is_no_card(written: str) -> None:
    assert cards.code_in(f"ring me: {written}") == ""
