"""Carries words to a company's voice and brings back the sound. Somebody waits for it: the patience is short."""

from __future__ import annotations

from porchlight.languages.engines import meanings, wire
from porchlight.languages.engines.contract import Access, CannotTranslate
from porchlight.languages.voices.contract import CannotSpeak, CloudVoice

PATIENCE = (3.0, 8.0)  # seconds to connect, and without a byte
LARGEST = 48 << 20  # bytes: Base64 of twenty minutes


def read_out(company: CloudVoice, text: str, voice: str, access: Access) -> bytes:
    """The words as WAV. Raises CannotSpeak, whatever the network does."""
    if len(text.encode()) > company.most:
        raise CannotSpeak(meanings.NOT_THESE_WORDS, "too_long")
    try:
        asked = company.request(text, voice, access)
    except KeyError as missing:
        raise CannotSpeak(meanings.WRONG_KEY, f"no_{missing.args[0]}") from None
    try:
        status, body, _pause = wire.carried(
            asked.url, asked.body, asked.headers, cap=LARGEST, patience=PATIENCE
        )
    except CannotTranslate as problem:
        raise CannotSpeak(problem.meaning, problem.code) from None
    if status != 200:
        code, meaning = company.refusal(status, body)
        raise CannotSpeak(meaning, code)
    try:
        return company.read(body)
    except ValueError:
        raise CannotSpeak(meanings.ASKED_WRONGLY, "answer") from None
