"""The office connects ways to reach families, tests them, stops them, and sees what could not leave."""

import re
from importlib import import_module

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.models import User
from porchlight.delivery.actions import switch
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.gateways.registry import get
from porchlight.delivery.models import (
    Account,
    Delivery,
    KillSwitch,
    Lane,
    Parcel,
    Stopped,
)
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.office import PHONE, WAYS, connect, page_of
from porchlight.schools.actors import Role
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in

DEAD = "/maple-street/settings/undelivered/"


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def office(school: School) -> Client:
    return signed_in(school, Role.OFFICE)


def test_a_way_is_connected_and_its_secrets_are_never_shown_again(office: Client) -> None:
    account = connect(office)
    assert dict(account.secrets) == {"password": "a secret password", "signing_key": "a signing key"}
    assert account.settings["username"] == "maple"
    page = page_of(office, account)
    assert "In order" in page
    assert 'value="maple"' in page
    assert "a secret password" not in page
    assert "a signing key" not in page
    assert "It is kept and never shown." in page
    assert re.search(r'value="http://[^"]+/hooks/office_phone/\w{26}/"', page)


def test_a_kept_secret_does_not_go_to_another_address(office: Client) -> None:
    """Who may change settings could else read a secret on a server of their own."""
    account = connect(office)
    elsewhere = {**PHONE, "base_url": "https://phone.example.org/v1", "password": "", "signing_key": ""}
    refused = office.post(f"{WAYS}{account.key}/", elsewhere)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["password"]  # the other only proves what comes in
    account.refresh_from_db()
    assert account.settings["base_url"] == PHONE["base_url"]
    assert office.post(f"{WAYS}{account.key}/", {**elsewhere, "password": "another"}).status_code == 302
    account.refresh_from_db()
    assert dict(account.secrets) == {"password": "another", "signing_key": "a signing key"}


@pytest.mark.parametrize("gateway", ["whatsapp_cloud", "twilio_sms", "office_phone", "email"])
def test_every_gateway_says_which_setting_leads_its_secrets_where(gateway: str) -> None:
    fields = import_module(f"porchlight.delivery.gateways.{gateway}.fields").FIELDS
    assert {field.name for field in fields if field.leads} & {"base_url", "host"}
    assert all(field.secret for field in fields if field.sent)
    assert any(field.sent for field in fields)


def test_a_secret_left_empty_stays_and_a_written_one_is_changed(office: Client) -> None:
    account = connect(office)
    changed = {**PHONE, "password": "", "signing_key": "another key", "label": "The phone in the office"}
    assert office.post(f"{WAYS}{account.key}/", changed).status_code == 302
    account.refresh_from_db()
    assert account.label == "The phone in the office"
    assert dict(account.secrets) == {"password": "a secret password", "signing_key": "another key"}


def test_missing_fields_are_named_and_what_was_written_stays(office: Client) -> None:
    refused = office.post(f"{WAYS}new/office_phone/", {**PHONE, "username": "", "sender": "+447700900009"})
    assert refused.status_code == 422
    errors = refused.context["form"].errors
    assert list(errors) == ["username", "password", "signing_key"]
    assert errors["password"] == ["Write it once more: a secret is never shown again on a page."]
    assert "+447700900009" in refused.content.decode()
    assert "a secret password" not in refused.content.decode()
    assert not Account.objects.exists()


def test_what_a_gateway_finds_wrong_is_said_in_its_words(office: Client) -> None:
    account = connect(office, sender="0770 900003")
    problems = account.carrier.problems(account)
    assert problems
    page = page_of(office, account)
    assert "To put right" in page
    assert all(problem.replace("'", "&#x27;") in page for problem in problems)


def test_the_office_reads_it_all_in_its_own_language(office: Client) -> None:
    account = connect(office, sender="0770 900003")
    User.objects.update(language="es")
    Lane.objects.update(held_at=TUESDAY, held_reason="The phone in the office finds no SIM card. Put one in.")
    page = page_of(office, account)
    assert "El teléfono de la oficina no encuentra tarjeta SIM. Ponga una." in page
    assert "El número que ven las familias se escribe como +44…, sin espacios. Corríjalo." in page
    assert "Mensajes de texto (el teléfono de la escuela)" in page
    assert "País de la tarjeta SIM" in page
    assert "Conectar: WhatsApp (Meta Cloud API)" in office.get(WAYS).content.decode()
    assert (
        "<h1>Conectar: Mensajes de texto (Twilio)</h1>"
        in office.get(f"{WAYS}new/twilio_sms/").content.decode()
    )


@pytest.mark.parametrize("gateway", ["whatsapp_cloud", "twilio_sms", "office_phone"])
def test_every_gateway_has_a_form_made_from_its_own_fields(office: Client, gateway: str) -> None:
    page = office.get(f"{WAYS}new/{gateway}/").content.decode()
    for field in get(gateway).fields:
        assert f'name="{field.name}"' in page
    kinds = {name: kind for kind, name in re.findall(r'type="(\w+)" name="(\w+)"', page)}
    assert {kinds[field.name] for field in get(gateway).fields if field.secret} == {"password"}


def test_a_gateway_that_is_not_switched_on_has_no_page(office: Client) -> None:
    assert office.get(f"{WAYS}new/pigeon/").status_code == 404


def test_a_test_goes_to_ones_own_number_over_this_account(office: Client, school: School) -> None:
    connect(office)
    second = connect(office, label="Second phone", rank="2")
    office.post(f"{WAYS}{second.key}/test-message/", {"to": "07700 900123"})
    sent = Delivery.objects.get()
    assert (sent.to, sent.account, sent.parcel.service_kind) == ("+447700900123", second, "test_message")
    assert "This is a test message from Maple Street School." in sent.body["text"]
    assert "Waiting to go" in page_of(office, second)
    Delivery.objects.update(status=Status.FAILED, stopped=Stopped.DEAD, code="whatever")
    page = page_of(office, second)
    assert "Did not arrive" in page
    assert second.carrier.explain("whatever").replace("'", "&#x27;") in page


@pytest.mark.parametrize("to", ["", "nonsense", "me@example.org"])
def test_a_test_to_nowhere_says_so(office: Client, to: str) -> None:
    account = connect(office)
    answer = office.post(f"{WAYS}{account.key}/test-message/", {"to": to}, follow=True).content.decode()
    assert "Nothing can be sent there" in answer or "Write your own number" in answer
    assert not Delivery.objects.exists()


def test_over_an_account_whose_secrets_do_not_open_no_test_is_promised(office: Client) -> None:
    account = connect(office)
    account.sealed_secrets = account.sealed_secrets[:-8] + "AAAAAAAA"
    account.save()
    answer = office.post(f"{WAYS}{account.key}/test-message/", {"to": "07700 900123"}, follow=True)
    assert "This account cannot send yet." in answer.text
    assert "is on its way" not in answer.text
    assert not Delivery.objects.exists()


def test_ten_tests_an_hour_are_enough(office: Client) -> None:
    account = connect(office)
    for _ in range(11):
        office.post(f"{WAYS}{account.key}/test-message/", {"to": "07700 900123"})
    assert Delivery.objects.count() == 10


def test_a_held_account_says_why_and_is_let_go(office: Client) -> None:
    account = connect(office)
    Lane.objects.filter(account=account).update(held_at=TUESDAY, held_reason="401: the password is wrong.")
    assert "Held: nothing leaves" in office.get(WAYS).content.decode()
    assert "401: the password is wrong." in page_of(office, account)
    office.post(f"{WAYS}{account.key}/release/")
    assert Lane.objects.get(account=account).held_at is None
    assert "Held" not in office.get(WAYS).content.decode()


def test_a_channel_is_stopped_with_a_reason_and_goes_on(office: Client, school: School) -> None:
    connect(office)
    nothing = office.post(f"{WAYS}switch/", {"channel": "sms", "off": "1", "reason": ""}, follow=True)
    assert "Nothing was stopped." in nothing.content.decode()
    assert not KillSwitch.objects.exists()
    office.post(f"{WAYS}switch/", {"channel": "sms", "off": "1", "reason": "Wrong number went out"})
    standing = KillSwitch.objects.get()
    assert (standing.school, standing.channel, standing.lifted_at) == (school, "sms", None)
    page = office.get(WAYS).content.decode()
    assert "Mrs Okafor stopped it: “Wrong number went out”" in page
    office.post(f"{WAYS}switch/", {"channel": "sms"})
    standing.refresh_from_db()
    assert standing.lifted_at is not None


def test_everything_is_stopped_at_once(office: Client, school: School) -> None:
    connect(office)
    office.post(f"{WAYS}switch/", {"off": "1", "reason": "Look first"})
    assert KillSwitch.objects.get().channel == ""
    assert "Nothing leaves the school." in office.get(WAYS).content.decode()
    assert office.post(f"{WAYS}switch/", {"channel": "pigeon", "off": "1"}).status_code == 404


def test_a_switch_of_the_server_is_seen_and_not_lifted_here(office: Client) -> None:
    connect(office)
    switch(off=True, by=None, reason="Moving house", school=None)
    page = office.get(WAYS).content.decode()
    assert "It was stopped: “Moving house”" in page
    assert "Whoever runs this server can let it go on." in page
    assert "Let everything go on" not in page
    office.post(f"{WAYS}switch/", {})
    assert KillSwitch.objects.get().lifted_at is None


def test_a_closed_account_is_gone_from_the_page(office: Client) -> None:
    account = connect(office)
    office.post(f"{WAYS}{account.key}/closing/")
    assert account.key not in office.get(WAYS).content.decode()
    assert office.get(f"{WAYS}{account.key}/").status_code == 404


def dead_letter(
    school: School, account: Account, text: str = "Hamza read aloud.", **parcel: object
) -> Delivery:
    home = cast.home(school, 1)
    made = Parcel.objects.create(school=school, guardian=home.guardian, language="en", text=text, **parcel)
    return Delivery.objects.create(
        school=school,
        parcel=made,
        address=home.address,
        contact_point=home.point,
        account=account,
        channel="sms",
        to=home.address.value,
        status=Status.FAILED,
        stopped=Stopped.DEAD,
        code="500",
        due_at=TUESDAY,
        tries=8,
    )


def test_what_could_not_leave_is_seen_with_the_reason_and_sent_again(office: Client, school: School) -> None:
    account = connect(office)
    dead = dead_letter(school, account)
    page = office.get(DEAD).content.decode()
    assert "Mr Yousaf" in page
    assert "Hamza read aloud." in page
    assert account.carrier.explain("500").replace("'", "&#x27;") in page
    assert "tried 8 times" in page
    office.post(f"{DEAD}{dead.pk}/sending/")
    dead.refresh_from_db()
    assert dead.stopped == Stopped.REPLAYED
    assert Delivery.objects.waiting().get().parcel == dead.parcel
    assert "Everything has left" in office.get(DEAD).content.decode()
    assert office.post(f"{DEAD}{dead.pk}/sending/").status_code == 404


def test_personal_words_are_not_shown_there(office: Client, school: School) -> None:
    dead_letter(school, connect(office), text="Results of the year", tier=2)
    assert "Results of the year" not in office.get(DEAD).content.decode()


def test_how_it_does_is_told_in_counts_with_their_whole(office: Client, school: School) -> None:
    account = connect(office)
    dead_letter(school, account)
    Delivery.objects.update(status=Status.DELIVERED, stopped="")
    assert "Of the last 1: 1 arrived." in page_of(office, account)


def test_another_schools_account_and_letters_are_not_there(office: Client, school: School) -> None:
    other = cast.maple_street("oak-lane")
    theirs = cast.account(other)
    dead = dead_letter(other, theirs)
    assert office.get(f"{WAYS}{theirs.key}/").status_code == 404
    for action in ("test-message", "release", "closing"):
        assert office.post(f"{WAYS}{theirs.key}/{action}/", {"to": "07700 900123"}).status_code == 404
    assert office.post(f"{DEAD}{dead.pk}/sending/").status_code == 404
    assert Account.objects.get(pk=theirs.pk).closed_at is None


def test_teachers_have_no_such_pages(school: School) -> None:
    teacher = signed_in(school, Role.TEACHER)
    assert [teacher.get(page).status_code for page in (WAYS, DEAD, f"{WAYS}new/office_phone/")] == [404] * 3
    assert teacher.post(f"{WAYS}switch/", {"off": "1", "reason": "x"}).status_code == 404
