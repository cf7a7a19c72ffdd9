"""A way to families that stopped working on the server: its page says what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.tests.office import PHONE, WAYS, connect, page_of
from porchlight.delivery.tests.test_office_pages import DEAD, _tuesday, dead_letter, office
from porchlight.schools.actors import Role
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in

__all__ = ["_tuesday", "office"]
OPENS_NO_MORE = "The secrets cannot be opened with the server&#x27;s key. Write them here again."
SWITCHED_OFF = "This way is switched off on this server. Ask who runs it, or close this account."


@pytest.fixture
def only_mail(settings: Any) -> Iterator[None]:
    """From now on the server has one gateway."""
    yield settings
    registry.all_gateways.cache_clear()


def leave_only_mail(settings: Any) -> None:
    settings.PORCHLIGHT_GATEWAYS = ["porchlight.delivery.gateways.email"]
    registry.all_gateways.cache_clear()


def test_secrets_that_open_no_more_are_asked_for_again(office: Client) -> None:
    account = connect(office)
    Account.objects.update(sealed_secrets="1.sealed with a key that is lost")
    page = page_of(office, account)
    assert [words in page for words in (OPENS_NO_MORE, "To put right")] == [True, True]
    incomplete = office.post(f"{WAYS}{account.key}/", {**PHONE, "password": ""})
    assert incomplete.status_code == 422
    office.post(f"{WAYS}{account.key}/", PHONE)
    assert OPENS_NO_MORE not in page_of(office, account)
    assert Account.objects.get().secrets["password"] == "a secret password"


def test_a_gateway_taken_off_the_server_is_named_and_its_account_can_still_be_closed(
    office: Client, only_mail: Any
) -> None:
    account = connect(office)
    leave_only_mail(only_mail)
    listed = office.get(WAYS).content.decode()
    assert f"{WAYS}{account.key}/closing/" in listed
    assert f'href="{WAYS}{account.key}/"' not in listed
    assert [words in listed for words in (SWITCHED_OFF, "office_phone")] == [True, True]
    assert office.get(f"{WAYS}{account.key}/").status_code == 404
    office.post(f"{WAYS}{account.key}/closing/")
    assert Account.objects.get().closed_at is not None


def test_what_it_could_not_send_is_still_told_in_the_gateways_own_words(
    office: Client, school: School, only_mail: Any
) -> None:
    dead_letter(school, connect(office))
    Delivery.objects.update(detail="HTTP 500 from the phone")
    leave_only_mail(only_mail)
    assert "HTTP 500 from the phone" in office.get(DEAD).content.decode()


def test_a_leader_may_put_it_right_as_well(school: School) -> None:
    leader = signed_in(school, Role.LEADER)
    assert leader.get(DEAD).status_code == 200
