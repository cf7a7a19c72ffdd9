"""Google Cloud Text-to-Speech, v1: POST /v1/text:synthesize {"input", "voice", "audioConfig"}.

The answer is {"audioContent": "…"}, Base64; LINEAR16 comes with the head of a WAV file. A refusal is {"error": {"code",
"message", "status", "details"}}. Source: cloud.google.com/text-to-speech/docs/reference/rest/v1/text/synthesize, and
the quota page for the 5,000 bytes of one request.
"""

from __future__ import annotations

import base64
import json
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import google, meanings
from porchlight.languages.engines.contract import Access, Meaning, SettingField
from porchlight.languages.voices.contract import RATE, Request, is_wav, locale_of

HOST = "https://texttospeech.googleapis.com"
PACE = 0.9  # of its own


class GoogleVoice:
    """A school's project at Google Cloud."""

    name: ClassVar[str] = "google"
    label: ClassVar[str] = "Google"
    most: ClassVar[int] = 5_000
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "api_key", _("API key"), _("From Google Cloud, allowed for Cloud Text-to-Speech alone."), True
        ),
        SettingField(
            "base_url", _("Its address"), _("Leave this empty for Google’s own."), required=False, leads=True
        ),
    )

    def request(self, text: str, voice: str, access: Access) -> Request:
        body = {
            "input": {"text": text},
            "voice": {"languageCode": locale_of(voice), "name": voice},
            "audioConfig": {"audioEncoding": "LINEAR16", "sampleRateHertz": RATE, "speakingRate": PACE},
        }
        base = access.settings.get("base_url") or HOST
        headers = {
            "X-Goog-Api-Key": access.secrets["api_key"],
            "Content-Type": "application/json; charset=utf-8",
        }
        return Request(
            f"{base.rstrip('/')}/v1/text:synthesize", headers, json.dumps(body, ensure_ascii=False).encode()
        )

    def read(self, body: bytes) -> bytes:
        match json.loads(body):
            case {"audioContent": str(content)}:
                sound = base64.b64decode(content, validate=True)
                if is_wav(sound):
                    return sound
        raise ValueError("no sound")

    def refusal(self, status: int, body: bytes) -> tuple[str, Meaning]:
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        code, meaning = google.engine.refusal(status, answer)
        return code, meanings.NO_SUCH_VOICE if code == "http_400" else meaning


voice = GoogleVoice()
