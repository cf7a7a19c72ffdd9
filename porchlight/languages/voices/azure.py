"""Azure Speech, text to speech: POST /cognitiveservices/v1 with SSML; the answer is the sound itself.

Refusals are statuses: 400 (the SSML, or a voice it does not have), 401, 403, 415, 429, 502, 503. It wants a User-Agent.
Source: learn.microsoft.com, "Text to speech REST API".
"""

from __future__ import annotations

from typing import ClassVar
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Meaning, SettingField
from porchlight.languages.voices.contract import Request, is_wav, locale_of

PACE = "-10%"


class AzureVoice:
    """A school's Speech resource at Azure."""

    name: ClassVar[str] = "azure"
    label: ClassVar[str] = "Azure"
    most: ClassVar[int] = 20_000
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "key", _("Subscription key"), _("From the Azure portal, under Keys and Endpoint."), True
        ),
        SettingField(
            "base_url",
            _("Its address"),
            _("As the Azure portal names it: https://REGION.tts.speech.microsoft.com"),
            leads=True,
        ),
    )

    def request(self, text: str, voice: str, access: Access) -> Request:
        spoken = f"<prosody rate={quoteattr(PACE)}>{escape(text)}</prosody>"
        ssml = (
            f"<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang={quoteattr(locale_of(voice))}>"
            f"<voice name={quoteattr(voice)}>{spoken}</voice></speak>"
        )
        headers = {
            "Ocp-Apim-Subscription-Key": access.secrets["key"],
            "Content-Type": "application/ssml+xml",
            "X-Microsoft-OutputFormat": "riff-16khz-16bit-mono-pcm",
            "User-Agent": "Porchlight",
        }
        base = access.settings.get("base_url", "")
        return Request(f"{base.rstrip('/')}/cognitiveservices/v1", headers, ssml.encode())

    def read(self, body: bytes) -> bytes:
        if not is_wav(body):
            raise ValueError("no sound")
        return body

    def refusal(self, status: int, body: bytes) -> tuple[str, Meaning]:
        if status == 400:
            return "http_400", meanings.NO_SUCH_VOICE
        return f"http_{status}", meanings.by_status(status)


voice = AzureVoice()
