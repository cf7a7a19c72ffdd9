"""The practice school's accounts, with the pretend gateways' public secrets; and the town that plays them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from porchlight.delivery.gateways.telegram.proof import word_of
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.opening import open_account
from porchlight.demo.templates import approved_lines, as_the_town_knows
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.schools.actors import system
from porchlight.schools.models import School, StaffMember

TOWN = "http://127.0.0.1:{port}"
WHATSAPP_SECRETS = {
    "access_token": "practice-token-maple-street",
    "verify_token": "practice-verify-maple-street",
}
HAVE_TELEGRAM = {"Bilal Khan"}  # and have not begun: a bot writes to nobody first
MAIL_LOGIN = "maple:practice-mail-login"
MAIL_SETTINGS = {
    "host": "127.0.0.1",
    "security": "plain",
    "provider": "postmark",
    "reply_mailbox": "reply@reply.maple-street.example.org",
}


def public_secret(seed: str, length: int = 32) -> str:
    """A secret that is none: the same on every machine, for loopback alone."""
    return hashlib.sha256(f"practice {seed}".encode()).hexdigest()[:length]


def wished(*, town: str, mail_port: int) -> list[dict[str, Any]]:
    """One account at each gateway, pointing at the town on this machine."""
    return [
        {
            "gateway": "whatsapp_cloud",
            "label": "WhatsApp",
            "sender": "+441632960001",
            "settings": {
                "phone_number_id": "106540352242922",
                "base_url": town,
                "templates": approved_lines(),
            },
            "secrets": WHATSAPP_SECRETS | {"app_secret": public_secret("app")},
        },
        {
            "gateway": "twilio_sms",
            "label": "Text messages",
            "sender": "+441632960002",
            "settings": {"account_sid": "AC" + public_secret("sid"), "base_url": town},
            "secrets": {"auth_token": public_secret("token")},
            "rank": 2,
        },
        {
            "gateway": "office_phone",
            "label": "The office's own phone",
            "sender": "+447700900003",
            "settings": {"base_url": town, "username": "maple", "country": "GB"},
            "secrets": {"password": "practice-password-maple", "signing_key": public_secret("phone")},
        },
        _bot(town),
        {
            "gateway": "email",
            "label": "E-mail",
            "sender": "hello@maple-street.example.org",
            "settings": MAIL_SETTINGS | {"port": str(mail_port)},
            "secrets": {"webhook_login": MAIL_LOGIN},
        },
    ]


def _bot(town: str) -> dict[str, Any]:
    return {
        "gateway": "telegram",
        "label": "Telegram",
        "sender": "@maple_street_bot",
        "settings": {"base_url": town},
        "secrets": {"bot_token": f"7123456789:{public_secret('bot', 35)}"},
    }


def open_accounts(school: School, *, town_port: int, mail_port: int) -> None:
    """Open what is not open yet."""
    if Account.objects.in_school(school).exists():
        return
    for values in wished(town=TOWN.format(port=town_port), mail_port=mail_port):
        account = open_account(school=school, by=system(school.pk), rate_per_second=40, **values)
        if account.gateway == "twilio_sms":
            account.settings = {**account.settings, "callback_url": callback(account)}
            account.save(update_fields=["settings"])


def callback(account: Account) -> str:
    """The public address its webhooks arrive at."""
    return settings.BASE_URL + WebhookRoute.objects.get(account=account).path


def town_config(school: School) -> Mapping[str, Any]:
    """What the practice town must know: these accounts, every family's phone, colleagues' mailboxes and identities."""
    carried = Account.objects.in_school(school).on_a_wire().exclude(channel=Channel.PUSH)
    accounts = [practised(account) for account in carried]  # a push service knows no accounts
    return {
        "accounts": accounts,
        "phones": [*phones(school), *mailboxes(school)],
        "identity": {"town": identities(school)},
    }


def practised(account: Account) -> dict[str, Any]:
    """One of our accounts, as the town's own configuration writes it."""
    place = {"callback": callback(account), "number": account.sender, **account.secrets}
    match account.gateway:
        case "whatsapp_cloud":
            del place["number"]
            number = account.sender.lstrip("+")
            known = {
                "display_number": number,
                "phone_number_id": account.settings["phone_number_id"],
                "templates": as_the_town_knows(),
            }
            return {"gateway": "whatsapp", "name": "maple-street", **known, **place}
        case "twilio_sms":
            sid = account.settings["account_sid"]
            return {"gateway": "twilio", "name": "maple-street-texts", "account_sid": sid, **place}
        case "twilio_voice":
            sid = account.settings["account_sid"]
            return {"gateway": "twilio_voice", "name": "maple-street-calls", "account_sid": sid, **place}
        case "office_phone":
            return {"gateway": "office_phone", "name": "maple", **place}
        case "telegram":
            del place["number"]
            shown = {
                "username": account.sender.lstrip("@"),
                "secret_token": word_of(account.secrets["bot_token"]),
            }
            return {"gateway": "telegram", "name": "maple-bot", **shown, **place}
    return {
        "gateway": "mail",
        "name": "maple-mail",
        "callback": callback(account).replace("://", f"://{MAIL_LOGIN}@", 1),
        "provider": "postmark",
        "domain": "reply.maple-street.example.org",
    }


def phones(school: School) -> list[dict[str, Any]]:
    """A pretend phone for each adult with an address; a shared number is one phone."""
    rows = (
        ContactPoint.objects.in_school(school)
        .filter(ended_at=None)
        .exclude(guardian=None)
        .exclude(address__channel=Channel.PUSH)  # a browser turns itself on, once the town runs
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
            phone = {
                "id": guardian.key,
                "owner": guardian.greeting,
                "language": guardian.reading,
                "channels": [],
            }
        by_value[key] = by_guardian[guardian.pk] = phone
        _fit(phone, address)
        if guardian.name in HAVE_TELEGRAM:
            phone["channels"] = list(dict.fromkeys([*phone["channels"], Channel.TELEGRAM]))
    return [phone for phone in {id(one): one for one in by_value.values()}.values() if phone["channels"]]


def mailboxes(school: School) -> list[dict[str, Any]]:
    """Where colleagues read their sign-in codes, their alerts and the tests they send themselves."""
    return [
        {
            "id": staff.key,
            "owner": f"{staff.name}, at school",
            "language": school.language,
            "channels": [Channel.EMAIL],
            "mailbox": staff.email,
        }
        for staff in StaffMember.objects.in_school(school).working().exclude(email="").order_by("name")
    ]


def identities(school: School) -> dict[str, Any]:
    """For whom the town's identity provider vouches, and where it sends them back to."""
    colleagues = StaffMember.objects.in_school(school).working().order_by("name")
    return {
        "callbacks": [f"{settings.BASE_URL}/accounts/with/town/back/"],
        "people": [{"sub": one.key, "name": one.name, "email": one.email} for one in colleagues],
    }


def _fit(phone: dict[str, Any], address: Address) -> None:
    phone["channels"] = list(dict.fromkeys([*phone["channels"], address.channel]))
    if address.channel == Channel.EMAIL:
        phone["mailbox"] = address.value
    elif address.value:
        phone["number"] = address.value
    else:
        phone.update(user_id=address.user_id, hides_number=True)
