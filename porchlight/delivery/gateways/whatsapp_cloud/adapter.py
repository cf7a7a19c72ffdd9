"""WhatsApp Cloud API as a gateway: what it can do, how a delivery leaves, what the answer means."""

from __future__ import annotations

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
    Greeting,
    InboundEvent,
    Media,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
    Unclear,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.plain import Plain
from porchlight.delivery.gateways.whatsapp_cloud import (
    checks,
    fetching,
    reading,
    signature,
    uploading,
    writing,
)
from porchlight.delivery.gateways.whatsapp_cloud.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.whatsapp_cloud.fields import BASE_URL, FIELDS, STEPS, VERSION
from porchlight.delivery.gateways.wire import Answer, address, post


class WhatsAppCloud(Plain):
    """A school's own WhatsApp number, hosted by Meta."""

    name: ClassVar[str] = "whatsapp_cloud"
    label: ClassVar[str] = _("WhatsApp (Meta Cloud API)")
    channel: ClassVar[str] = "whatsapp"
    abilities: ClassVar[Abilities] = Abilities(
        says_when_it_leaves=True,
        echoes_reference=True,  # biz_opaque_callback_data comes back in every status
        reports_delivered=True,
        reports_read=True,
        options=10,
        free_text_window_hours=24,
        receives=True,
        missed_calls=True,
        missed_calls_need="where calls to this number are switched on with Meta",
        brings_files=True,
        sends_sound=True,
        sends_files=True,
        sends_films=True,
        max_caption=writing.MAX_CAPTION,
        identities_without_number=True,
        max_text=writing.MAX_TEXT,
    )
    codes: ClassVar[Mapping[str, Meaning]] = ERRORS
    fields: ClassVar[Sequence[SettingField]] = FIELDS
    steps: ClassVar[Sequence[str]] = STEPS
    is_genuine = staticmethod(signature.is_genuine)
    problems = staticmethod(checks.problems)

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one delivery on the wire. Never raises for what the network or Meta does."""
        if outgoing.template is None and not outgoing.text.strip():
            return Refused(Advice.OUR_FAULT, "no_words")
        if outgoing.template is None and len(outgoing.text) > writing.MAX_TEXT:
            return Refused(Advice.OUR_FAULT, "text_too_long")
        settings = account.settings
        url, headers = _road(
            settings.get("base_url") or BASE_URL,
            settings.get("version") or VERSION,
            settings.get("phone_number_id", ""),
            account.secrets.get("access_token", ""),
        )
        media_id = ""
        file = outgoing.sound or outgoing.along
        if file is not None:
            token = account.secrets.get("access_token", "")
            uploaded = await uploading.upload(http, url.parent / "media", token, file)
            if isinstance(uploaded, Refused):
                return uploaded
            media_id = uploaded
        answer = await post(http, url, body=writing.body_of(outgoing, media_id), headers=headers)
        return _outcome(answer, outgoing) if isinstance(answer, Answer) else answer

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get a voice note, a picture or a document, by its id."""
        return await fetching.fetch(
            http,
            media,
            base=account.settings.get("base_url") or BASE_URL,
            version=account.settings.get("version") or VERSION,
            token=account.secrets.get("access_token", ""),
            into=into,
            most=most,
        )

    def greet(self, account: AccountSettings, request: RawRequest) -> Greeting | None:
        """Answer Meta's set-up GET; None refuses."""
        return signature.greet(account, request)

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine webhook holds."""
        return reading.read(account, request)


@lru_cache(maxsize=256)
def _road(base: str, version: str, phone_number_id: str, token: str) -> tuple[URL, CIMultiDict[str]]:
    """Where an account's messages go and with which headers: worked out once per account, not per message."""
    url = address(base, f"/{version}/{phone_number_id}/messages")
    return url, CIMultiDict({"Authorization": f"Bearer {token}", "Content-Type": "application/json"})


def _outcome(answer: Answer, outgoing: Outgoing) -> Outcome:
    said = tolerant.answer_of(answer.body)
    if answer.status == 200 and isinstance(said, dict) and (provider_id := _taken_as(said)):
        return Accepted(provider_id)
    error = tolerant.at(said, "error")
    if answer.status >= 300 or error:
        return refused_answer(answer, error, outgoing.to, outgoing.text, *_private(outgoing))
    for message in tolerant.objects(tolerant.at(said, "messages")):
        if provider_id := tolerant.text(message, "id"):
            return Accepted(provider_id)
    return Unclear("Meta said yes without a message id")


def _taken_as(said: dict[str, object]) -> str:
    """The id in Meta's usual yes; empty for whatever looks in the least unusual, which is then read with care."""
    messages = said.get("messages")
    if not isinstance(messages, list) or len(messages) != 1 or "error" in said:
        return ""
    return tolerant.text(messages[0], "id")


def _private(outgoing: Outgoing) -> tuple[str, ...]:
    return (*outgoing.template.parameters, outgoing.template.code) if outgoing.template else ()


gateway = WhatsAppCloud()
