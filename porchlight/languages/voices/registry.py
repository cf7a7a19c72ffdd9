"""The companies whose voices there are. None reads anything before a school has an account there and names a voice."""

from __future__ import annotations

from porchlight.languages.voices import azure, google
from porchlight.languages.voices.contract import CloudVoice

COMPANIES: dict[str, CloudVoice] = {one.name: one for one in (google.voice, azure.voice)}
