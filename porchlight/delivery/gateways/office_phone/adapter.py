"""Sends through the phone in the office and checks what it tells us, in SMSGate's wire format."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import BinaryIO, ClassVar

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import (
    Accepted,
    AccountSettings,
    Advice,
    Fetched,
    InboundEvent,
    Media,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.fetching import download, refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.office_phone import checks, connecting, looking, reading
from porchlight.delivery.gateways.office_phone.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.office_phone.fields import BASE_URL, FIELDS, STEPS
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.wire import Answer, address, post

MAX_AGE = 5 * 60  # seconds a signed webhook stays good; the phone signs anew at each of its retries
LIFE_ON_THE_PHONE = 24 * 60 * 60  # seconds: yesterday's text is not sent when a phone is switched on again
LONGEST_ID = 36  # characters; the phone's database holds no more
MAX_TEXT = 1530  # ten parts: what handsets still put together to one message


class OfficePhone(Plain):
    """An Android phone with the SMSGate app, and CallGate beside it for calls."""

    name: ClassVar[str] = "office_phone"
    label: ClassVar[str] = _("Text messages (the school's own phone)")
    channel: ClassVar[str] = "sms"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=True,  # it is the message's id on the phone
        reports_delivered=True,
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=True,
        missed_calls=True,
        missed_calls_need="with the CallGate app on the same phone",
        brings_files=True,
        max_text=MAX_TEXT,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one text on the phone's queue. Our reference is its id there, so a second try is refused as a
        duplicate (409), which says that the first arrived."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if len(outgoing.text) > MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        if not 0 < len(outgoing.reference) <= LONGEST_ID:
            return Refused(Advice.OUR_FAULT, "reference")
        settings = account.settings
        body: dict[str, object] = {
            "id": outgoing.reference,
            "phoneNumbers": [outgoing.to],
            "textMessage": {"text": outgoing.text},
            "withDeliveryReport": True,
            "ttl": LIFE_ON_THE_PHONE,
        }
        if (sim := settings.get("sim", "").strip()) in ("1", "2", "3"):
            body["simNumber"] = int(sim)
        url, headers = _road(
            settings.get("base_url", "").strip() or BASE_URL,
            settings.get("username", ""),
            account.secrets.get("password", ""),
        )
        answer = await post(http, url, body=json.dumps(body).encode(), headers=headers)
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get one part of a picture message from the phone's inbox."""
        base = account.settings.get("base_url", "").strip() or BASE_URL
        if not reading.PART.fullmatch(media.url):
            return refused("media_gone")
        _, headers = _road(base, account.settings.get("username", ""), account.secrets.get("password", ""))
        url = address(base, f"/{media.url}")
        found = await download(
            http, url, into=into, most=most, headers=CIMultiDict({"Authorization": headers["Authorization"]})
        )
        return refused("media_elsewhere") if isinstance(found, Answer) else found

    async def connect(self, http: Http, account: AccountSettings, webhook_url: str) -> list[str]:
        """Tell the phone where to report. Returns what is wrong, in sentences."""
        if found := checks.problems(account):
            return found
        url, headers = _road(
            account.settings.get("base_url", "").strip() or BASE_URL,
            account.settings.get("username", ""),
            account.secrets.get("password", ""),
        )
        return await connecting.connect(http, url.with_name("webhooks"), headers, webhook_url)

    async def look(self, http: Http, account: AccountSettings) -> dict[str, object]:
        """How the phone is, as far as its app tells."""
        url, headers = _road(
            account.settings.get("base_url", "").strip() or BASE_URL,
            account.settings.get("username", ""),
            account.secrets.get("password", ""),
        )
        return await looking.look(http, url, headers)

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """X-Signature = hex HMAC-SHA256(signing key, body + X-Timestamp), and the timestamp is fresh."""
        key = account.secrets.get("signing_key", "")
        stamp = request.headers.get("x-timestamp", "")
        given = request.headers.get("x-signature", "")
        expected = hmac.new(key.encode(), request.body + stamp.encode(), hashlib.sha256).hexdigest()
        same = hmac.compare_digest(expected.encode(), given.encode())
        return bool(key) and request.method == "POST" and same and _is_fresh(stamp)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Texts, picture messages, statuses and calls; the rest is Ignored."""
        return reading.read(request.body, account.settings.get("country", "").strip() or "GB")


@lru_cache(maxsize=256)
def _road(base: str, username: str, password: str) -> tuple[URL, CIMultiDict[str]]:
    """Where an account's texts go and with which headers: once per account, not per text."""
    proof = base64.b64encode(f"{username}:{password}".encode("utf-8", "replace")).decode()
    headers = {"Authorization": f"Basic {proof}", "Content-Type": "application/json"}
    return address(base, "/messages"), CIMultiDict(headers)


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    if answer.status == 409:  # it has this id already: an earlier try did arrive
        return Accepted(provider_id=outgoing.reference)
    try:
        said = tolerant.json_of(answer.body)
    except tolerant.Unreadable:
        said = {}
    if answer.status >= 300:
        return refused_answer(answer, said, outgoing.to, outgoing.text)
    taken_as = tolerant.text(said, "id")
    if not taken_as:
        return Unclear("the phone's service said yes without a message id")
    return Accepted(taken_as, STATES.get(tolerant.text(said, "state")))


STATES = {"Sent": Status.SENT, "Delivered": Status.DELIVERED}


def _is_fresh(stamp: str) -> bool:
    """Gateways' clocks are real clocks: the demo's moved clock has no say here."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    return abs(time.time() - int(stamp)) <= MAX_AGE


gateway = OfficePhone()
