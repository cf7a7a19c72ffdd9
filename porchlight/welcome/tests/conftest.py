"""Maple Street School at its doors, on a Tuesday afternoon."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian

__all__ = ["_gateways", "town"]
BASE = "/maple-street"
NUMBER = "+447700900001"  # Mr Yousaf's


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def same_but_for_chance(response: HttpResponse) -> str:
    """A page without the token that is new on every page, and without its own address."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return page.replace(response.wsgi_request.get_full_path(), "")


def ask(client: Client, written: str = NUMBER, **extra: str) -> HttpResponse:
    return client.post(f"{BASE}/sign-in/", {"written": written}, **extra)


def code_sent() -> str:
    """The six digits of the last service message."""
    text = Delivery.objects.latest("pk").body["text"]
    return re.search(r"\b(\d{6})\b", text)[1]


def enter(client: Client, code: str, **data: str) -> HttpResponse:
    return client.post(f"{BASE}/sign-in/code/", {"code": code, **data})


def come_in(client: Client, **data: str) -> HttpResponse:
    ask(client)
    return enter(client, code_sent(), **data)


def shares_the_phone(town: Town, name: str = "Hamza's mother") -> Guardian:
    """A second adult on Mr Yousaf's number."""
    from porchlight.families.models import ContactPoint, Guardianship

    mother = Guardian.objects.create(school=town.school, addressed_as=name)
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=mother, rank=2, consented=True
    )
    return mother
