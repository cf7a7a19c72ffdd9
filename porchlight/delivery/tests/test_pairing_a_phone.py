"""The office's phone is set up on the phone itself: a QR code brings a page there, once, within ten minutes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.models import User
from porchlight.activity.models import Entry
from porchlight.delivery.looking import EVERY, look_due
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.pairing import PAIRED, SHOWN_FOR, paired_lately
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import network
from porchlight.delivery.tests.office import WAYS, connect, page_of
from porchlight.schools.actors import Actor, Kind, Role, system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tests.colleagues import signed_in

pytestmark = pytest.mark.usefixtures("clock")
VALUES = {
    "sender": "+447700900003",
    "username": "maple",
    "password": "from the app",
    "signing_key": "from the app too",
}


def link(office: Client, account: Account | None = None) -> str:
    there = f"{WAYS}{account.key}/pairing/" if account else f"{WAYS}pairing/"
    page = office.post(there).content.decode()
    assert "<svg" in page
    found = re.search(r"/maple-street/pair/\w{26}/", page)
    assert found
    return found[0]


def test_the_phone_is_connected_with_what_was_copied_on_it(school: School) -> None:
    there = link(signed_in(school, Role.OFFICE))
    the_phone = Client()
    assert "Signing key" in the_phone.get(there).content.decode()
    assert not Account.objects.exists()
    assert "Kept." in the_phone.post(there, VALUES).content.decode()
    account = Account.objects.get()
    assert (account.gateway, account.sender, account.settings["username"]) == (
        "office_phone",
        "+447700900003",
        "maple",
    )
    assert account.secrets == {"password": "from the app", "signing_key": "from the app too"}
    assert account.carrier.problems(account) == []
    assert the_phone.post(there, VALUES).status_code == 404  # once
    assert the_phone.get(there).status_code == 404


def test_what_is_wrong_is_said_and_the_link_lives_on(school: School) -> None:
    there = link(signed_in(school, Role.OFFICE))
    answer = Client().post(there, {**VALUES, "username": ""})
    assert answer.status_code == 422
    assert 'value="from the app"' in answer.content.decode()  # pasted once is enough
    assert not Account.objects.exists()
    assert Client().post(there, VALUES).status_code == 200


def test_an_account_that_is_there_keeps_what_it_had(school: School) -> None:
    office = signed_in(school, Role.OFFICE)
    account = connect(office, sim="2", per_day="100")
    Client().post(link(office, account), {**VALUES, "username": "new"})
    account.refresh_from_db()
    assert (account.settings["username"], account.settings["sim"], account.settings["per_day"]) == (
        "new",
        "2",
        "100",
    )


def test_a_link_dies_with_its_ten_minutes_with_the_next_one_and_with_what_its_colleague_may(
    school: School, clock
) -> None:
    office = signed_in(school, Role.OFFICE)
    first, second = link(office), link(office)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    clock.now += timedelta(minutes=11)
    for answer in (Client().get(second), Client().post(second, VALUES)):
        assert answer.status_code == 404
        assert "Ask for a new QR code at the office’s computer" in answer.content.decode()
    never = Client().get(re.sub(r"\w{26}", "a" * 26, second))
    assert (never.status_code, "QR code" in never.content.decode()) == (404, False)
    third = link(office)
    maker = StaffMember.objects.get()
    for ends, begins in (
        (lambda: maker.roles.update(role=Role.TEACHER), lambda: maker.roles.update(role=Role.OFFICE)),
        (lambda: User.objects.update(is_active=False), lambda: User.objects.update(is_active=True)),
        (lambda: StaffMember.objects.update(left_at=clock.now), lambda: None),
    ):
        assert Client().get(third).status_code == 200
        ends()
        assert (Client().get(third).status_code, Client().post(third, VALUES).status_code) == (404, 404)
        begins()
    assert not Account.objects.exists()


def test_for_a_week_the_office_and_leaders_see_whose_link_set_a_phone_up(school: School, clock) -> None:
    office = signed_in(school, Role.OFFICE)
    account = connect(office)
    assert not paired_lately(system(school.pk), now=clock.now)
    Client().post(link(office, account), VALUES)
    leader = signed_in(school, Role.LEADER)
    assert "with the QR code of <bdi>Mrs Okafor</bdi>" in " ".join(page_of(leader, account).split())
    teacher, elsewhere = Actor(Kind.STAFF, school.pk, 1, frozenset({Role.TEACHER})), system(school.pk + 1)
    assert [one.account for one in paired_lately(system(school.pk), now=clock.now)] == [account]
    assert paired_lately(teacher, now=clock.now) == paired_lately(elsewhere, now=clock.now) == []
    week_over = Entry.objects.get(verb=PAIRED).at + SHOWN_FOR
    for now, shown in ((week_over - timedelta(minutes=1), 1), (week_over, 0)):
        assert len(paired_lately(system(school.pk), now=now)) == shown


def test_its_page_shows_what_the_app_tells_and_what_somebody_noted_of_the_credit(
    school, town, settings
) -> None:
    settings.BASE_URL = "https://school.example.org"
    there = town.register_account(gateway="office_phone", name="school")
    account = cast.account(
        school,
        sender=there.number,
        settings={"base_url": town.url, "username": there.username, "credit_code": "*100#"},
        secrets={"password": there.password, "signing_key": there.signing_key},
    )
    office = signed_in(school, Role.OFFICE)
    assert "It was not asked yet how it is." in page_of(office, account)
    with network() as run:
        assert (look_due(run, cast.TUESDAY), look_due(run, cast.TUESDAY)) == (1, 0)
    assert WebhookRoute.objects.get().look_at == cast.TUESDAY + EVERY
    page = page_of(office, account)
    assert "Its service last saw it:" in page
    assert "Battery level in percent: <b>9 percent</b>" in page
    assert "*100#" in page
    office.post(f"{WAYS}{account.key}/credit/", {"credit": "4.20 left until Friday"})
    page = page_of(office, account)
    assert 'value="4.20 left until Friday"' in page
    assert "0 messages have left since." in " ".join(page.split())


def test_a_phone_that_is_off_says_nothing_and_breaks_nothing(school, town) -> None:
    account = cast.account(
        school, settings={"base_url": "http://127.0.0.1:1", "username": "maple"}, secrets={"password": "x"}
    )
    with network() as run:
        look_due(run, cast.TUESDAY)
    assert WebhookRoute.objects.get(account=account).looked == {"at": cast.TUESDAY.isoformat()}
