"""Sends through the phone in the office and checks what it tells us, in SMSGate's wire format."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import time
from typing import ClassVar
from urllib.parse import urlsplit

import aiohttp
import phonenumbers

from porchlight.delivery.gateways.contract import (
    Abilities,
    Accepted,
    AccountSettings,
    Advice,
    Greeting,
    InboundEvent,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
    SettingField,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.office_phone import errors, reading

MAX_AGE = 5 * 60  # seconds a signed webhook stays good; the phone signs anew at each of its retries
LIFE_ON_THE_PHONE = 24 * 60 * 60  # seconds: yesterday's text is not sent when a phone is switched on again
LONGEST_ID = 36  # characters; the phone's database holds no more
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


class OfficePhone:
    """An Android phone with the SMSGate app, and CallGate beside it for calls."""

    name: ClassVar[str] = "office_phone"
    label: ClassVar[str] = "The school's own phone"
    channel: ClassVar[str] = "sms"
    abilities: ClassVar[Abilities] = Abilities(
        echoes_reference=True,
        reports_delivered=True,
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=True,
        missed_calls=True,
        max_text=1530,  # ten parts: what a handset still shows as one message
    )
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "base_url",
            "Address of the phone's service",
            "In the SMSGate app: Home. Cloud server: https://api.sms-gate.app/3rdparty/v1. "
            "Phone in the school's own network: http://, its number in the network, and :8080.",
            default="https://api.sms-gate.app/3rdparty/v1",
        ),
        SettingField("username", "User name", "Shown in the SMSGate app under Home."),
        SettingField("password", "Password", "Shown in the SMSGate app under Home.", secret=True),
        SettingField(
            "signing_key",
            "Signing key",
            "In the SMSGate app: Settings, Webhooks, Signing key. It proves that a message comes from this "
            "phone. If you also use CallGate, type the same key there.",
            secret=True,
        ),
        SettingField(
            "country",
            "Country of the SIM card",
            "Two letters, such as GB. Numbers without a country code are read as numbers of this country.",
            default="GB",
        ),
        SettingField(
            "sim",
            "SIM card",
            "1, 2 or 3, when the phone holds more than one. Empty: the one the phone prefers.",
            required=False,
        ),
    )

    async def send(
        self, http: aiohttp.ClientSession, account: AccountSettings, outgoing: Outgoing
    ) -> Outcome:
        """Put one text on the phone's queue. Our reference is its id there, so a second try is refused as a
        duplicate (409) and counts as accepted."""
        if len(outgoing.reference) > LONGEST_ID:
            return Refused(Advice.OUR_FAULT, "reference", f"Longer than {LONGEST_ID} characters.")
        settings = account.settings
        body: dict[str, object] = {
            "id": outgoing.reference,
            "phoneNumbers": [outgoing.to],
            "textMessage": {"text": outgoing.text},
            "withDeliveryReport": True,
            "ttl": LIFE_ON_THE_PHONE,
        }
        if sim := settings.get("sim", "").strip():
            body["simNumber"] = int(sim) if sim.isascii() and sim.isdigit() else 0
        password = account.secrets.get("password", "")
        auth = aiohttp.encode_basic_auth(settings.get("username", ""), password, encoding="utf-8")
        url = settings.get("base_url", "").rstrip("/") + "/messages"
        try:
            async with http.post(
                url, json=body, headers={"Authorization": auth}, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                return await _outcome(response, outgoing.reference)
        except (aiohttp.InvalidURL, ValueError) as fault:
            return Refused(Advice.STAFF_MUST_ACT, "base_url", type(fault).__name__)
        except aiohttp.ClientConnectorCertificateError:
            return Refused(
                Advice.STAFF_MUST_ACT, "certificate", "The certificate of the service is not good."
            )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as fault:
            return Refused(Advice.RETRY, "unreachable", type(fault).__name__)
        except (TimeoutError, aiohttp.ClientError, OSError) as fault:
            return Unclear(type(fault).__name__)

    def greet(self, account: AccountSettings, request: RawRequest) -> Greeting | None:
        """The phone has no handshake: every GET is refused."""
        return None

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """X-Signature = hex HMAC-SHA256(signing key, body + X-Timestamp), and the timestamp is fresh."""
        key = account.secrets.get("signing_key", "")
        stamp = request.headers.get("x-timestamp", "")
        given = request.headers.get("x-signature", "")
        expected = hmac.new(key.encode(), request.body + stamp.encode(), hashlib.sha256).hexdigest()
        same = hmac.compare_digest(expected.encode(), given.strip().lower().encode())
        return bool(key) and request.method == "POST" and same and _is_fresh(stamp)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Texts, picture messages, statuses and calls; the rest is Ignored."""
        return reading.read(request.body, account.settings.get("country", "") or "GB")

    def problems(self, account: AccountSettings) -> list[str]:
        """What keeps this phone from working, with the remedy."""
        settings, found = account.settings, []
        found += _address_problems(settings.get("base_url", ""))
        for field in self.fields:
            kept = account.secrets if field.secret else settings
            if field.required and field.name != "base_url" and not kept.get(field.name, "").strip():
                found.append(f"{field.label} is empty. {field.help}")
        country = settings.get("country", "").strip()
        if country and country not in phonenumbers.SUPPORTED_REGIONS:
            found.append(f"“{country}” is no country we know. Write two capital letters, such as GB.")
        if settings.get("sim", "").strip() not in ("", "1", "2", "3"):
            found.append("SIM card must be 1, 2 or 3, or empty for the one the phone prefers.")
        if not reading.e164(account.sender, country):
            found.append(
                "The number families see is missing. Write the phone's number with its country code."
            )
        return found


async def _outcome(response: aiohttp.ClientResponse, reference: str) -> Outcome:
    said = await response.content.read(16_384)
    if response.status == 409:  # it has this id already: an earlier try did arrive
        return Accepted(provider_id=reference)
    try:
        answer = json.loads(said)
    except ValueError:
        answer = {}
    answer = answer if isinstance(answer, dict) else {}
    if response.status in (200, 201, 202):
        state = Status.SENT if answer.get("state") == "Sent" else None
        return Accepted(provider_id=str(answer.get("id") or reference), status=state)
    message = str(answer.get("message") or said.decode("utf-8", "replace"))
    return errors.of_http(response.status, message, _retry_after(response.headers.get("Retry-After", "")))


def _retry_after(value: str) -> float | None:
    return float(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def _is_fresh(stamp: str) -> bool:
    """Gateways' clocks are real clocks: the demo's moved clock has no say here."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    return abs(time.time() - int(stamp)) <= MAX_AGE


def _address_problems(url: str) -> list[str]:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return [
            "Address of the phone's service is missing. Copy it from the SMSGate app, with https:// in front."
        ]
    if parts.scheme == "http" and not _is_near(parts.hostname):
        return [
            "The address begins with http://, so texts and password would travel unprotected. Use https://, "
            "or the phone's number in the school's own network."
        ]
    return []


def _is_near(host: str) -> bool:
    """This machine or the school's own network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".lan", ".internal"))


gateway = OfficePhone()
