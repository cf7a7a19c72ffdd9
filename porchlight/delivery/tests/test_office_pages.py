"""The office connects ways to reach families, tests them, stops them, and sees what could not leave."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import conditional_escape

from porchlight.accounts.models import User
from porchlight.delivery.actions import switch
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.gateways.registry import get
from porchlight.delivery.models import (
    Account,
    Delivery,
    InboundEvent,
    KillSwitch,
    Lane,
    Parcel,
    Stopped,
    WebhookRoute,
)
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffMember, StaffRole

WAYS = "/maple-street/settings/ways/"
DEAD = "/maple-street/settings/undelivered/"
PHONE = {
    "label": "Office phone",
    "sender": "+447700900003",
    "rank": "1",
    "base_url": "https://api.sms-gate.app/3rdparty/v1",
    "username": "maple",
    "password": "a secret password",
    "signing_key": "a signing key",
    "country": "GB",
    "sim": "",
}


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def signed_in(school: School, *roles: Role) -> Client:
    user = User.objects.create_user()
    staff = StaffMember.objects.create(school=school, user=user, name="Mrs Okafor")
    for role in roles:
        StaffRole.objects.create(school=school, staff=staff, role=role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def office(school: School) -> Client:
    return signed_in(school, Role.OFFICE)


def connect(office: Client, **changes: str) -> Account:
    assert office.post(f"{WAYS}new/office_phone/", {**PHONE, **changes}).status_code == 302
    return Account.objects.latest("pk")


def page_of(office: Client, account: Account) -> str:
    return office.get(f"{WAYS}{account.key}/").content.decode()


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
    assert list(refused.context["form"].errors) == ["username"]
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


WHATSAPP = {
    "label": "WhatsApp",
    "sender": "+447700900001",
    "rank": "1",
    "phone_number_id": "1234567890",
    "access_token": "a token",
    "app_secret": "0123456789abcdef" * 2,
    "verify_token": "porch lights of maple street",
    "templates": "",
    "version": "",
    "base_url": "",
}


def test_whatsapp_is_tested_before_any_text_is_approved_by_writing_to_it_first(office: Client) -> None:
    assert office.post(f"{WAYS}new/whatsapp_cloud/", WHATSAPP).status_code == 302
    account = Account.objects.get()
    test = f"{WAYS}{account.key}/test-message/"
    refused = office.post(test, {"to": "07700 900123"}, follow=True).content.decode()
    assert "Write a few words to +447700900001 from your own phone" in refused
    assert not Delivery.objects.exists()
    for number in ("+447700900124", "+447700900123"):
        InboundEvent.objects.create(
            school=account.school,
            account=account,
            kind="heard",
            provider_key=f"wamid.{number}",
            event={"sender": {"number": number, "user_id": "", "mailbox": ""}, "text": "Hello"},
            received_at=TUESDAY - timedelta(hours=23),
        )
    office.post(test, {"to": "07700 900123"})
    sent = Delivery.objects.get()
    assert (sent.to, sent.body["template"]) == ("+447700900123", None)
    assert sent.body["free_until"] == (TUESDAY + timedelta(hours=1)).isoformat()
    with time_machine.travel(TUESDAY + timedelta(hours=1, seconds=1), tick=False):
        again = office.post(test, {"to": "07700 900123"}, follow=True).content.decode()
        assert "from your own phone" in again
        assert Delivery.objects.count() == 1


def test_texts_to_approve_stand_on_a_page_in_the_languages_families_read(
    office: Client, school: School
) -> None:
    office.post(f"{WAYS}new/whatsapp_cloud/", WHATSAPP)
    account = Account.objects.get()
    for number, (reads, script) in enumerate((("ur", ""), ("ur", ""), ("ur", "Latn"), ("so", "")), start=1):
        cast.home(school, number, channel="whatsapp", reads=reads, script=script)
    cast.home(school, 5, channel="sms", reads="pl")
    account.settings["templates"] = "porchlight_general ur"
    account.settings["held_templates"] = "porchlight_notice:ur"
    account.save()
    assert f"{WAYS}{account.key}/texts/" in page_of(office, account)
    page = office.get(f"{WAYS}{account.key}/texts/")
    languages = page.context["languages"]
    assert [(one.name, one.readers) for one in languages] == [
        ("Urdu", 2),
        ("Roman Urdu", 1),
        ("Somali", 1),
        ("English", 0),
    ]
    assert [(row.draft.name, row.draft.category, row.tag.words) for row in languages[0].texts] == [
        ("porchlight_notice", "UTILITY", "Held by WhatsApp"),
        ("porchlight_general", "UTILITY", "Approved"),
        ("porchlight_code", "AUTHENTICATION", "Not approved yet"),
    ]
    assert [row.draft.name for row in languages[1].texts] == [
        "porchlight_notice_latn",
        "porchlight_general_latn",
    ]
    words = page.content.decode()
    assert "WhatsApp has no texts in this language." in words
    assert languages[0].texts[0].draft.body.splitlines()[0].replace("'", "&#x27;") in words
    assert "{{1}} Ms Amal" in words


def test_the_list_of_approved_texts_is_written_by_the_office_as_well(office: Client) -> None:
    office.post(f"{WAYS}new/whatsapp_cloud/", {**WHATSAPP, "templates": "porchlight_general en\r\n"})
    account = Account.objects.get()
    assert account.settings["templates"].split() == ["porchlight_general", "en"]
    assert re.search(r"<textarea[^>]*>\s*porchlight_general en", page_of(office, account))
    office.post(f"{WAYS}{account.key}/test-message/", {"to": "07700 900123"})
    assert Delivery.objects.get().body["template"]["name"] == "porchlight_general"


def test_other_ways_have_no_page_of_approved_texts(office: Client) -> None:
    account = connect(office)
    assert f"{WAYS}{account.key}/texts/" not in page_of(office, account)
    assert office.get(f"{WAYS}{account.key}/texts/").status_code == 404


@pytest.mark.parametrize("gateway", ["whatsapp_cloud", "twilio_sms", "office_phone", "email"])
def test_each_way_says_what_to_do_so_that_answers_come_back(
    office: Client, school: School, gateway: str
) -> None:
    carrier = get(gateway)
    account = cast.account(school, gateway)
    page = page_of(office, account)
    assert carrier.steps
    assert all(conditional_escape(step) in page for step in carrier.steps)
    ending = re.escape(conditional_escape(carrier.hook_ending))
    assert re.search(rf'value="http://[^"]+/hooks/{gateway}/\w{{26}}/{ending}"', page)


def test_twilios_address_is_given_with_more_tries(office: Client, school: School) -> None:
    page = page_of(office, cast.account(school, "twilio_sms"))
    assert "/#rc=5&amp;rp=5xx,ct,rt" in page


def test_a_phone_that_could_not_be_told_its_address_says_why(office: Client) -> None:
    account = connect(office)
    route = WebhookRoute.objects.get(account=account)
    assert "The carrier is being told this address now." in page_of(office, account)
    WebhookRoute.objects.update(
        connect_problem="The phone's service did not answer in time. Try it again in a minute."
    )
    page = page_of(office, account)
    assert "did not answer in time" in page
    assert "It is tried again every few minutes." in page
    WebhookRoute.objects.filter(pk=route.pk).update(connect_problem="", connected_at=TUESDAY, connect_at=None)
    assert "The carrier was told this address:" in page_of(office, account)


@pytest.mark.parametrize("to", ["", "nonsense", "me@example.org"])
def test_a_test_to_nowhere_says_so(office: Client, to: str) -> None:
    account = connect(office)
    answer = office.post(f"{WAYS}{account.key}/test-message/", {"to": to}, follow=True).content.decode()
    assert "Nothing can be sent there" in answer or "Write your own number" in answer
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
