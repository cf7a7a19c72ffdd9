"""LibreTranslate, a free engine that a school can run itself; also spoken by several local engines.

POST /translate {"q": [...], "source", "target", "format": "html", "api_key"} → {"translatedText": [...]}, or
{"error": "a sentence"} with its status. Source: the API's own description at /spec of every installation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Meaning, Request, SettingField
from porchlight.languages.engines.markup import marked, unmarked
from porchlight.languages.engines.parts import code_of

CODES = {"zh": "zh-Hans", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "fil": "tl", "pt-BR": "pt-BR"}
# It has no codes, only sentences; what each begins or ends with.
SENTENCES: tuple[tuple[str, Meaning], ...] = (
    ("is not supported", meanings.NOT_THIS_PAIR),
    ("Invalid API key", meanings.WRONG_KEY),
    ("to get an API key", meanings.WRONG_KEY),
    ("Slowdown", meanings.BUSY),
    ("Too many request limits violations", meanings.USED_UP),
    ("exceeds text limit", meanings.NOT_THESE_WORDS),
    ("exceeds character limit", meanings.NOT_THESE_WORDS),
    ("Cannot translate text", meanings.NOT_THESE_WORDS),
)


class LibreTranslate:
    """One installation, the school's own or somebody's."""

    name: ClassVar[str] = "libretranslate"
    label: ClassVar[str] = "LibreTranslate"
    most: ClassVar[int] = 25
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "base_url",
            _("Its address"),
            _("Of your own installation, such as https://translate.example.org"),
            leads=True,
        ),
        SettingField(
            "api_key", _("API key"), _("Empty where your own installation wants none."), True, required=False
        ),
    )

    def code(self, tag: str, *, is_target: bool) -> str:
        return code_of(tag, CODES)

    def request(self, sentences: Sequence[str], source: str, target: str, access: Access) -> Request:
        body = {
            "q": [marked(one, '<span translate="no">', "</span>") for one in sentences],
            "source": source,
            "target": target,
            "format": "html",
        }
        if access.secrets.get("api_key"):
            body["api_key"] = access.secrets["api_key"]
        return Request(f"{access.settings['base_url'].rstrip('/')}/translate", {}, body)

    def read(self, answer: object) -> list[str]:
        match answer:
            case {"translatedText": list(texts)} if all(isinstance(one, str) for one in texts):
                return [unmarked(one) for one in texts]
        raise ValueError("no translatedText")

    def refusal(self, status: int, answer: object) -> tuple[str, Meaning]:
        said = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(said, str):
            for words, meaning in SENTENCES:
                if words in said:
                    return words, meaning
        return f"http_{status}", meanings.by_status(status)


engine = LibreTranslate()
