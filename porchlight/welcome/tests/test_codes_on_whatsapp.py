"""A sign-in code on WhatsApp goes in the text WhatsApp wants for codes; where there is none, another way is taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address
from porchlight.welcome.tests.conftest import BASE, NUMBER, ask, enter

NOTICES = "porchlight_notice ur\nporchlight_general ur\nporchlight_general en"


@pytest.fixture
def whatsapp(town: Town) -> Account:
    """Mr Yousaf's number is on WhatsApp first, and takes texts as well."""
    cast.reach(town.school, town.yousaf.guardian, NUMBER, channel="whatsapp", rank=1)
    town.yousaf.point.rank = 2
    town.yousaf.point.save()
    return cast.account(
        town.school, "whatsapp_cloud", settings={"phone_number_id": "1", "templates": NOTICES}
    )


def approve(account: Account, *lines: str) -> None:
    account.settings = {**account.settings, "templates": "\n".join([NOTICES, *lines])}
    account.save()


def sent() -> Delivery:
    return Delivery.objects.select_related("account").get()


def test_the_code_stands_apart_in_a_text_of_its_own_kind(whatsapp: Account) -> None:
    approve(whatsapp, "porchlight_code ur")
    father = Client()
    ask(father)
    template = sent().body["template"]
    assert (sent().account, template["name"], template["language"], template["parameters"]) == (
        whatsapp,
        "porchlight_code",
        "ur",
        [],
    )
    assert enter(father, template["code"]).headers["Location"] == f"{BASE}/"


def test_in_the_schools_language_rather_than_not_at_all(whatsapp: Account) -> None:
    approve(whatsapp, "porchlight_code en")
    ask(Client())
    assert (sent().account, sent().body["template"]["language"]) == (whatsapp, "en")


def test_a_code_never_goes_in_a_text_for_notices(town: Town, whatsapp: Account) -> None:
    ask(Client())
    assert (sent().account, sent().channel) == (town.phone, "sms")


def test_a_text_whatsapp_has_paused_carries_no_code(town: Town, whatsapp: Account) -> None:
    approve(whatsapp, "porchlight_code ur")
    whatsapp.settings = {**whatsapp.settings, "held_templates": "porchlight_code:ur"}
    whatsapp.save()
    ask(Client())
    assert sent().account == town.phone


def test_while_a_family_is_writing_to_us_the_code_may_be_said_in_words(whatsapp: Account) -> None:
    Address.objects.filter(channel="whatsapp").update(window_until=TUESDAY + timedelta(hours=3))
    ask(Client())
    assert (sent().account, sent().body["template"]) == (whatsapp, None)
