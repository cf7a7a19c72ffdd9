"""The practice school's accounts, with the pretend gateways' public secrets; and the town that plays them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.opening import open_account
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.schools.actors import system
from porchlight.schools.models import School

TOWN = "http://127.0.0.1:{port}"
MAIL_LOGIN = "maple:practice-mail-login"


def public_secret(seed: str, length: int = 32) -> str:
    """A secret that is none: the same on every machine, for loopback alone."""
    return hashlib.sha256(f"practice {seed}".encode()).hexdigest()[:length]


def open_accounts(school: School, *, town_port: int, mail_port: int) -> None:
    """One account at each gateway, pointing at the town on this machine."""
    town, by = TOWN.format(port=town_port), system(school.pk)
    if Account.objects.in_school(school).exists():
        return
    open_account(
        school=school,
        gateway="whatsapp_cloud",
        label="WhatsApp",
        by=by,
        sender="+441632960001",
        settings={"phone_number_id": "106540352242922", "base_url": town},
        secrets={
            "access_token": "practice-token-maple-street",
            "app_secret": public_secret("app"),
            "verify_token": "practice-verify-maple-street",
        },
        rate_per_second=40,
    )
    sid = "AC" + public_secret("sid")
    twilio = open_account(
        school=school,
        gateway="twilio_sms",
        label="Text messages",
        by=by,
        sender="+441632960002",
        settings={"account_sid": sid, "base_url": town},
        secrets={"auth_token": public_secret("token")},
        rate_per_second=40,
        rank=2,
    )
    twilio.settings = {**twilio.settings, "callback_url": callback(twilio)}
    twilio.save(update_fields=["settings"])
    open_account(
        school=school,
        gateway="office_phone",
        label="The office's own phone",
        by=by,
        sender="+447700900003",
        settings={"base_url": town, "username": "maple", "country": "GB"},
        secrets={"password": "practice-password-maple", "signing_key": public_secret("phone")},
        rate_per_second=2,
    )
    open_account(
        school=school,
        gateway="email",
        label="E-mail",
        by=by,
        sender="hello@maple-street.example.org",
        settings={
            "host": "127.0.0.1",
            "port": str(mail_port),
            "security": "plain",
            "provider": "postmark",
            "reply_mailbox": "reply@reply.maple-street.example.org",
        },
        secrets={"webhook_login": MAIL_LOGIN},
        rate_per_second=40,
    )


def callback(account: Account) -> str:
    """The public address its webhooks arrive at."""
    return settings.BASE_URL + WebhookRoute.objects.get(account=account).path


def town_config(school: School) -> Mapping[str, Any]:
    """What the practice town must know: these accounts, and every family's phone."""
    accounts = {account.gateway: account for account in Account.objects.in_school(school)}
    whatsapp, twilio = accounts["whatsapp_cloud"], accounts["twilio_sms"]
    phone, mail = accounts["office_phone"], accounts["email"]
    with_login = callback(mail).replace("://", f"://{MAIL_LOGIN}@", 1)
    return {
        "accounts": [
            {
                "gateway": "whatsapp",
                "name": "maple-street",
                "callback": callback(whatsapp),
                "phone_number_id": whatsapp.settings["phone_number_id"],
                "display_number": whatsapp.sender.lstrip("+"),
                "any_template": True,
                **whatsapp.secrets,
            },
            {
                "gateway": "twilio",
                "name": "maple-street-texts",
                "callback": callback(twilio),
                "number": twilio.sender,
                "account_sid": twilio.settings["account_sid"],
                **twilio.secrets,
            },
            {
                "gateway": "office_phone",
                "name": "maple",
                "callback": callback(phone),
                "number": phone.sender,
                **phone.secrets,
            },
            {
                "gateway": "mail",
                "name": "maple-mail",
                "callback": with_login,
                "provider": "postmark",
                "domain": "reply.maple-street.example.org",
            },
        ],
        "phones": phones(school),
    }


def phones(school: School) -> list[dict[str, Any]]:
    """A pretend phone for each adult with an address; a shared number is one phone."""
    rows = (
        ContactPoint.objects.in_school(school)
        .filter(ended_at=None)
        .exclude(guardian=None)
        .select_related("guardian", "address")
        .order_by("guardian_id", "rank")
    )
    by_value: dict[str, dict[str, Any]] = {}
    by_guardian: dict[int, dict[str, Any]] = {}
    for point in rows:
        address, guardian = point.address, point.guardian
        if guardian is None:
            continue
        key = address.value or address.user_id
        phone = by_value.get(key) or by_guardian.get(guardian.pk)
        if phone is None:
            phone = {"id": guardian.key, "owner": guardian.greeting, "language": guardian.reading, "channels": []}
        by_value[key] = by_guardian[guardian.pk] = phone
        _fit(phone, address)
    return [phone for phone in {id(one): one for one in by_value.values()}.values() if phone["channels"]]


def _fit(phone: dict[str, Any], address: Address) -> None:
    phone["channels"] = list(dict.fromkeys([*phone["channels"], address.channel]))
    if address.channel == Channel.EMAIL:
        phone["mailbox"] = address.value
    elif address.value:
        phone["number"] = address.value
    else:
        phone.update(user_id=address.user_id, hides_number=True)
