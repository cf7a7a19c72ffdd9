"""Trouble on the road: the office sees it once, in plain words, with the page that mends it; homes never hear of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Trouble
from porchlight.conversations.tests.conftest import staff
from porchlight.conversations.troubles import to_mend, told
from porchlight.delivery.addressing import demote, mark_bad
from porchlight.delivery.gateways.contract import Sender, TemplateChanged
from porchlight.delivery.inbox import listeners
from porchlight.delivery.inbox.senders import address_of
from porchlight.delivery.inbox.templates import template_changed
from porchlight.delivery.models import Account, Parcel
from porchlight.delivery.opening import change_account, close_account, release_lane
from porchlight.delivery.outbox.holding import hold
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.families.models import Address
from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

pytestmark = on_both_databases
REFUSED = "At this address there is no SMSGate. Copy the address from the app again."


@pytest.fixture
def school(request: pytest.FixtureRequest, db: None) -> Iterator[School]:
    """Maple Street, with its wall open; on one database and on the other."""
    school = cast.maple_street()
    with school_context(school):
        yield school


@pytest.fixture
def phone(school: School) -> Account:
    return cast.account(school)


@pytest.fixture
def office(school: School) -> Actor:
    return staff(school, "Mrs Okafor", Role.OFFICE).actor()


def titles(school: School, actor: Actor) -> list[str]:
    return [str(one.title) for one in to_mend(school, actor).shown]


def fail(address: Address, account: Account) -> None:
    """What the road does when an address turns out to be gone."""
    assert mark_bad(address, reason="unknown_number")
    listeners.tell_trouble(
        listeners.Trouble(account.school, "address_bad", "No such number.", account, address)
    )


def test_a_held_account_stands_in_the_offices_tray_until_it_is_let_go(school, phone, office):
    hold(phone.pk, school.pk, REFUSED, cast.TUESDAY)
    [one] = to_mend(school, office).shown
    assert (one.title, one.why) == ("Nothing leaves on “Office phone” until you act.", REFUSED)
    assert one.action.url == f"/maple-street/settings/ways/{phone.key}/"
    release_lane(phone, by=office)
    assert titles(school, office) == []


@pytest.mark.parametrize("mend", [change_account, close_account])
def test_a_held_account_that_is_changed_or_closed_is_no_trouble_any_more(school, phone, office, mend):
    hold(phone.pk, school.pk, REFUSED, cast.TUESDAY)
    assert titles(school, office)
    mend(phone, by=office)
    assert titles(school, office) == []


def test_the_same_trouble_told_ten_times_is_one_and_comes_back_when_it_comes_back(school, phone, office):
    home = cast.home(school)
    fail(home.address, phone)
    trouble = listeners.Trouble(school, "address_bad", "No such number.", phone, home.address)
    for hour in range(10):
        told(trouble, now=cast.TUESDAY + timedelta(hours=hour))
    assert len(titles(school, office)) == to_mend(school, office).count == 1
    Address.objects.filter(pk=home.address.pk).update(state="good")
    assert titles(school, office) == []
    home.address.refresh_from_db()
    fail(home.address, phone)
    assert titles(school, office) == ["Nothing gets to this number."]
    assert Trouble.objects.count() == 1


def test_two_numbers_in_trouble_are_two_and_the_latest_stands_first(school, phone, office):
    homes = [cast.home(school, number) for number in (1, 2)]
    for hour, home in enumerate(homes):
        mark_bad(home.address, reason="x")
        trouble = listeners.Trouble(school, "address_bad", "No such number.", phone, home.address)
        told(trouble, now=cast.TUESDAY + timedelta(hours=hour))
    assert [one.who for one in to_mend(school, office).shown] == [["Guardian 2"], ["Mr Yousaf"]]


def test_a_number_nobody_uses_any_more_is_nobodys_trouble(school, phone, office):
    left, ended = cast.home(school, 1), cast.home(school, 2)
    for home in (left, ended):
        fail(home.address, phone)
    assert len(titles(school, office)) == 2
    left.guardian.left_at = cast.TUESDAY
    left.guardian.save()
    ended.point.ended_at = cast.TUESDAY
    ended.point.save()
    assert titles(school, office) == []


def test_a_number_that_first_is_doubted_and_then_is_gone_stands_once(school, phone, office):
    home = cast.home(school)
    demote(home.address, reason="x")
    told(listeners.Trouble(school, "address_demoted", "?", phone, home.address), now=cast.TUESDAY)
    assert titles(school, office) == ["This number may be in other hands."]
    fail(home.address, phone)
    assert titles(school, office) == ["Nothing gets to this number."]


def test_a_number_that_comes_with_another_identity_is_told_to_the_office(school, office):
    account = cast.account(school, "whatsapp_cloud", sender="+441632960001")
    home = cast.home(school, channel="whatsapp")
    home.address.user_id = "447700900001"
    home.address.save()
    assert address_of(account, Sender(number=home.address.value, user_id="another")) is None
    assert titles(school, office) == ["This number may be in other hands."]


def test_a_stopped_text_is_told_by_its_whole_name_until_it_is_approved(school, office):
    account = cast.account(school, "whatsapp_cloud", sender="+441632960001")

    def happens(language: str, status: str) -> None:
        account.refresh_from_db()
        change = TemplateChanged(
            key=f"{language}{status}",
            raw={},
            name="porchlight_notice",
            language=language,
            category="",
            status=status,
        )
        template_changed(account, change, now=cast.TUESDAY)

    happens("ur_PK", "PAUSED")
    happens("ur", "PAUSED")
    assert titles(school, office) == [
        f"WhatsApp has stopped the text porchlight_notice · {language}" for language in ("ur", "ur_PK")
    ]
    assert to_mend(school, office).shown[0].action.url == f"/maple-street/settings/ways/{account.key}/texts/"
    happens("ur", "APPROVED")
    [row] = Trouble.objects.standing()
    assert row.text == "porchlight_notice:ur_PK"
    happens("ur_PK", "APPROVED")
    assert titles(school, office) == []


def test_only_the_office_and_the_leader_hear_of_it_and_no_home_is_told(school, phone, office):
    home = cast.home(school)
    fail(home.address, phone)
    leader = staff(school, "Mr Abara", Role.LEADER).actor()
    teacher = staff(school, "Ms Amal", Role.TEACHER).actor()
    lead = staff(school, "Ms Reyes", Role.SAFEGUARDING).actor()
    assert titles(school, leader) == titles(school, office) != []
    assert titles(school, teacher) == titles(school, lead) == titles(school, home.guardian.actor()) == []
    assert not Parcel.objects.exists()


def test_another_schools_trouble_is_never_ours(school, phone, office):
    elsewhere = Actor(office.kind, school.pk + 1, office.post_id, office.roles)
    fail(cast.home(school).address, phone)
    assert Trouble.objects.visible_to(elsewhere).standing().count() == 0
    assert Trouble.objects.visible_to(system(school.pk)).standing().count() == 1


def test_the_tray_says_what_to_do_in_the_offices_language(school, phone):
    person = staff(school, "Mrs Okafor", Role.OFFICE)
    hold(phone.pk, school.pk, REFUSED, cast.TUESDAY)
    fail(cast.home(school).address, phone)
    client = browser_of(person)
    page = client.get("/maple-street/triage/").content.decode()
    assert "Nothing leaves on “Office phone” until you act." in page
    assert "Ask them kindly for the right one" in page
    assert "Nothing waits here" not in page
    person.user.language = "es"
    person.user.save()
    page = client.get("/maple-street/triage/").content.decode()
    assert "Por «Office phone» no sale nada hasta que usted actúe." in page
    assert "A este número no llega nada." in page
    assert REFUSED not in page


def test_an_account_whose_gateway_is_switched_off_here_leads_to_the_list(school, phone, office):
    Account.objects.filter(pk=phone.pk).update(gateway="carrier_pigeon")
    hold(phone.pk, school.pk, "No gateway “carrier_pigeon” here.", cast.TUESDAY)
    [one] = to_mend(school, office).shown
    assert one.action.url == "/maple-street/settings/ways/"
