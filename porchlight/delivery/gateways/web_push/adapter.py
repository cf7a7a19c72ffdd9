"""Browsers' push services as a gateway: what they can do, how a note leaves, what their answer means."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from django.utils.translation import gettext_noop as _
from multidict import CIMultiDict

from porchlight.delivery.gateways.contract import (
    Accepted,
    AccountSettings,
    Advice,
    InboundEvent,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.web_push import checks, line, vapid
from porchlight.delivery.gateways.web_push.encryption import encrypted
from porchlight.delivery.gateways.web_push.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.web_push.fields import FIELDS, STEPS
from porchlight.delivery.gateways.web_push.subscription import NotASubscription, Subscription
from porchlight.delivery.gateways.wire import Answer, post
from porchlight.toolbox.reach import NotPublic
from porchlight.toolbox.scripts import direction

MAX_TEXT = 300  # letters: “News from …” and the school's name, in any script
WAITS = 24 * 3600  # seconds that a push service keeps it for a phone that is off
TOPIC = "news"  # a note that still waits there is replaced by the newer one: both say the same


class WebPush(Plain):
    """The push service of each family's own browser. Says that something waits; what it is stands on their page."""

    name: ClassVar[str] = "web_push"
    label: ClassVar[str] = _("Notes on families’ own screens (web push)")
    channel: ClassVar[str] = "push"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=False,
        reports_delivered=False,
        reports_read=False,  # the family's page says when it was opened
        reports_failed=False,  # the answer says it all
        options=0,
        free_text_window_hours=None,
        receives=False,
        proof="nothing comes in",
        max_text=MAX_TEXT,
        says_only_that_news_waits=True,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    problems = staticmethod(checks.problems)

    def own_secrets(self) -> dict[str, str]:
        """The school's key pair, made once."""
        return {vapid.SECRET: vapid.new_key()}

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one note on the wire. Never raises for what the network or a push service does."""
        if not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if len(outgoing.text) > MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        try:
            key = vapid.key_in(account.secrets)
            to = Subscription.on_line(outgoing.to)
            url, is_town = line.place_of(account.settings, to.endpoint)
            body = encrypted(_words(outgoing), to)
        except vapid.NoKey:
            return Refused(Advice.STAFF_MUST_ACT, "no_key")
        except NotASubscription:
            return Refused(Advice.BAD_ADDRESS, "no_subscription")
        except NotPublic:
            return Refused(Advice.BAD_ADDRESS, "not_public")
        contact = account.settings.get("contact", "").strip()
        if not checks.is_mailbox(contact):
            return Refused(Advice.STAFF_MUST_ACT, "no_contact")
        proof = vapid.authorization(key, endpoint=url, contact=contact, now=datetime.now(UTC))
        answer = await post(http if is_town else line.line(), url, body=body, headers=_headers(proof))
        if not isinstance(answer, Answer):
            return answer
        if answer.status >= 300:
            return refused_answer(answer, outgoing.to, to.endpoint, outgoing.text)
        return Accepted(answer.headers.get("Location", "")[-200:])

    async def close(self) -> None:
        """Part from the push services; a worker calls it before its event loop ends."""
        await line.close()

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """Push services never come back: whoever says to be one is not."""
        return False

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """There is nothing to read."""
        return []


def _words(outgoing: Outgoing) -> bytes:
    """What the browser's worker shows, and what a tap opens. No name of anybody, and no word of the message."""
    said = {
        "title": outgoing.text,
        "lang": outgoing.language,
        "dir": direction(outgoing.language),
        "url": outgoing.page,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _headers(proof: str) -> CIMultiDict[str]:
    return CIMultiDict(
        {
            "Authorization": proof,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(WAITS),
            "Urgency": "normal",
            "Topic": TOPIC,
        }
    )


gateway = WebPush()
