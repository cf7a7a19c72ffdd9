"""Azure Translator, version 3: POST /translate?api-version=3.0&from=en&to=ur&textType=html with [{"Text": …}, …].

The answer is [{"translations": [{"text", "to"}]}, …]; a refusal {"error": {"code": 401000, "message": …}}, the first
three digits of the code being the status. Source: learn.microsoft.com, Translator v3.0 reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Meaning, Request, SettingField
from porchlight.languages.engines.markup import marked
from porchlight.languages.engines.parts import code_of, sentences

HOST = "https://api.cognitive.microsofttranslator.com"
CODES = {
    "zh": "zh-Hans",
    "zh-Hans": "zh-Hans",
    "zh-Hant": "zh-Hant",
    "pt-PT": "pt-pt",
    "pt-BR": "pt",
    "sr": "sr-Cyrl",
}
REFUSALS: Mapping[int, Meaning] = {
    400035: meanings.NOT_THIS_PAIR,  # the source language is not valid
    400036: meanings.NOT_THIS_PAIR,  # the target language is not valid
    400023: meanings.NOT_THIS_PAIR,  # this pair of languages is not supported
    400077: meanings.NOT_THESE_WORDS,  # longer than may be
    400050: meanings.NOT_THESE_WORDS,
    401000: meanings.WRONG_KEY,
    401015: meanings.WRONG_KEY,
    403000: meanings.WRONG_KEY,
    403001: meanings.USED_UP,  # the free quota is used up
    429000: meanings.BUSY,
    429001: meanings.BUSY,
    429002: meanings.BUSY,
    500000: meanings.BUSY,
    503000: meanings.BUSY,
}


class Azure:
    """A school's resource at Azure."""

    name: ClassVar[str] = "azure"
    label: ClassVar[str] = "Azure"
    most: ClassVar[int] = 100
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "key", _("Subscription key"), _("From the Azure portal, under Keys and Endpoint."), True
        ),
        SettingField(
            "region",
            _("Region"),
            _("As the Azure portal names it; empty for a global resource."),
            required=False,
        ),
        SettingField(
            "base_url", _("Its address"), _("Leave this empty for Azure’s own."), required=False, leads=True
        ),
    )

    def code(self, tag: str, *, is_target: bool) -> str:
        return code_of(tag, CODES)

    def request(self, sentences: Sequence[str], source: str, target: str, access: Access) -> Request:
        base = access.settings.get("base_url") or HOST
        asked = urlencode({"api-version": "3.0", "from": source, "to": target, "textType": "html"})
        headers = {"Ocp-Apim-Subscription-Key": access.secrets["key"]}
        if access.settings.get("region"):
            headers["Ocp-Apim-Subscription-Region"] = access.settings["region"]
        body = [{"Text": marked(one, '<span class="notranslate">', "</span>")} for one in sentences]
        return Request(f"{base.rstrip('/')}/translate?{asked}", headers, body)

    def read(self, answer: object) -> list[str]:
        if not isinstance(answer, list):
            raise ValueError("no list")
        return sentences((_first(row) for row in answer), "text")

    def refusal(self, status: int, answer: object) -> tuple[str, Meaning]:
        match answer:
            case {"error": {"code": int(code)}}:
                return str(code), REFUSALS.get(code) or meanings.by_status(code // 1000)
        return f"http_{status}", meanings.by_status(status)


def _first(row: object) -> object:
    match row:
        case {"translations": [first, *_]}:
            return first
    return None


engine = Azure()
