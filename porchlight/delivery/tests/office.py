"""The office at its pages of ways to reach families: signed in, with a phone connected."""

from __future__ import annotations

from django.test import Client

from porchlight.delivery.models import Account

WAYS = "/maple-street/settings/ways/"
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


def connect(office: Client, **changes: str) -> Account:
    assert office.post(f"{WAYS}new/office_phone/", {**PHONE, **changes}).status_code == 302
    return Account.objects.latest("pk")


def page_of(office: Client, account: Account) -> str:
    return office.get(f"{WAYS}{account.key}/").content.decode()
