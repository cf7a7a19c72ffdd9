"""The office at its pages of ways to reach families: signed in, with a phone connected."""

from __future__ import annotations

from django.test import Client

from porchlight.accounts.models import User
from porchlight.delivery.models import Account
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffMember, StaffRole

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


def signed_in(school: School, *roles: Role) -> Client:
    user = User.objects.create_user()
    staff = StaffMember.objects.create(school=school, user=user, name="Mrs Okafor")
    for role in roles:
        StaffRole.objects.create(school=school, staff=staff, role=role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def connect(office: Client, **changes: str) -> Account:
    assert office.post(f"{WAYS}new/office_phone/", {**PHONE, **changes}).status_code == 302
    return Account.objects.latest("pk")


def page_of(office: Client, account: Account) -> str:
    return office.get(f"{WAYS}{account.key}/").content.decode()
