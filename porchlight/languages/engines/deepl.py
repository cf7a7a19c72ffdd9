"""DeepL: POST /v2/translate {"text": [...], "source_lang", "target_lang", "tag_handling": "xml", "ignore_tags": ["x"]}.

The answer is {"translations": [{"detected_source_language", "text"}, …]}; a refusal {"message": …} or no body at all,
told by its status. Keys that end in ":fx" belong to a host of their own. Source: developers.deepl.com.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Meaning, Request, SettingField
from porchlight.languages.engines.markup import marked
from porchlight.languages.engines.parts import sentences
from porchlight.toolbox import scripts

PAID, FREE = "https://api.deepl.com", "https://api-free.deepl.com"
TARGETS = {"en": "EN-GB", "pt": "PT-PT", "zh": "ZH-HANS", "zh-Hans": "ZH-HANS", "zh-Hant": "ZH-HANT"}
STATUSES: Mapping[int, Meaning] = {
    403: meanings.WRONG_KEY,
    404: meanings.WRONG_PLACE,
    413: meanings.NOT_THESE_WORDS,
    429: meanings.BUSY,
    456: meanings.USED_UP,
    529: meanings.BUSY,
}


class DeepL:
    """A school's contract with DeepL."""

    name: ClassVar[str] = "deepl"
    label: ClassVar[str] = "DeepL"
    most: ClassVar[int] = 50
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "auth_key", _("Authentication key"), _("From your DeepL account, under API keys."), True
        ),
        SettingField(
            "base_url", _("Its address"), _("Leave this empty for DeepL’s own."), required=False, leads=True
        ),
    )

    def code(self, tag: str, *, is_target: bool) -> str:
        tag = scripts.normal(tag)
        if is_target and (tag in TARGETS or tag in {"en-US", "en-GB", "pt-BR", "pt-PT"}):
            return TARGETS.get(tag, tag.upper())
        plain = scripts.base(tag)
        return "" if plain != "zh" and scripts.script(tag) != scripts.script(plain) else plain.upper()

    def request(self, sentences: Sequence[str], source: str, target: str, access: Access) -> Request:
        key = access.secrets["auth_key"]
        base = access.settings.get("base_url") or (FREE if key.endswith(":fx") else PAID)
        body = {
            "text": [marked(one, "<x>", "</x>") for one in sentences],
            "source_lang": source,
            "target_lang": target,
            "tag_handling": "xml",
            "ignore_tags": ["x"],
            "split_sentences": "0",
        }
        return Request(f"{base.rstrip('/')}/v2/translate", {"Authorization": f"DeepL-Auth-Key {key}"}, body)

    def read(self, answer: object) -> list[str]:
        match answer:
            case {"translations": list(rows)}:
                return sentences(rows, "text")
        raise ValueError("no translations")

    def refusal(self, status: int, answer: object) -> tuple[str, Meaning]:
        said = answer.get("message") if isinstance(answer, dict) else None
        if status == 400 and isinstance(said, str) and "_lang" in said:
            return "lang", meanings.NOT_THIS_PAIR
        return f"http_{status}", STATUSES.get(status) or meanings.by_status(status)


engine = DeepL()
