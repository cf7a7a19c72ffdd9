"""The office connects a way: what to have approved, how answers come back, a test before anything is approved."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import conditional_escape

from porchlight.delivery.gateways.registry import get
from porchlight.delivery.models import Account, Delivery, InboundEvent, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.office import WAYS, connect, page_of
from porchlight.schools.actors import Role
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in

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


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def office(school: School) -> Client:
    return signed_in(school, Role.OFFICE)


def test_whatsapp_is_tested_before_any_text_is_approved_by_writing_to_it_first(office: Client) -> None:
    assert office.post(f"{WAYS}new/whatsapp_cloud/", WHATSAPP).status_code == 302
    account = Account.objects.get()
    test = f"{WAYS}{account.key}/test-message/"
    refused = office.post(test, {"to": "07700 900123"}, follow=True).content.decode()
    assert "Write a few words to \u206607700 900001\u2069 from your own phone" in refused
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
