"""Google Cloud Translation, Basic (v2): POST /language/translate/v2 {"q": [...], "source", "target", "format": "html"}.

The answer is {"data": {"translations": [{"translatedText"}, …]}}; a refusal {"error": {"code", "message", "errors":
[{"reason", "domain", "message"}], "status"}}. The key travels in a header, never in the address.
Source: cloud.google.com/translate/docs/reference/rest/v2/translate and the quota page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Meaning, Request, SettingField
from porchlight.languages.engines.markup import marked
from porchlight.languages.engines.parts import code_of, sentences

HOST = "https://translation.googleapis.com"
CODES = {
    "zh": "zh-CN",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
    "he": "iw",
    "fil": "tl",
    "pt-PT": "pt-PT",
    "pa-Arab": "pa-Arab",
}
REASONS: Mapping[str, Meaning] = {
    "dailyLimitExceeded": meanings.USED_UP,
    "quotaExceeded": meanings.USED_UP,
    "userRateLimitExceeded": meanings.BUSY,
    "rateLimitExceeded": meanings.BUSY,
    "backendError": meanings.BUSY,
    "keyInvalid": meanings.WRONG_KEY,
    "API_KEY_INVALID": meanings.WRONG_KEY,
    "accessNotConfigured": meanings.WRONG_KEY,
    "SERVICE_DISABLED": meanings.WRONG_KEY,
    "API_KEY_SERVICE_BLOCKED": meanings.WRONG_KEY,
    "billingNotActive": meanings.WRONG_KEY,
    "forbidden": meanings.WRONG_KEY,
    "BAD_LANGUAGE_PAIR": meanings.NOT_THIS_PAIR,
    "RATE_LIMIT_EXCEEDED": meanings.BUSY,
}


class Google:
    """A school's project at Google Cloud."""

    name: ClassVar[str] = "google"
    label: ClassVar[str] = "Google"
    most: ClassVar[int] = 100
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "api_key", _("API key"), _("From Google Cloud, allowed for Cloud Translation alone."), True
        ),
        SettingField(
            "base_url", _("Its address"), _("Leave this empty for Google’s own."), required=False, leads=True
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
        base = access.settings.get("base_url") or HOST
        headers = {"X-Goog-Api-Key": access.secrets["api_key"]}
        return Request(f"{base.rstrip('/')}/language/translate/v2", headers, body)

    def read(self, answer: object) -> list[str]:
        match answer:
            case {"data": {"translations": list(rows)}}:
                return sentences(rows, "translatedText")
        raise ValueError("no translations")

    def refusal(self, status: int, answer: object) -> tuple[str, Meaning]:
        match answer:
            case {"error": dict(error)}:
                if "Bad language pair" in str(error.get("message", "")):
                    return "BAD_LANGUAGE_PAIR", meanings.NOT_THIS_PAIR
                for reason in _reasons(error):
                    if reason in REASONS:
                        return reason, REASONS[reason]
        return f"http_{status}", meanings.by_status(status)


def _reasons(error: dict[Any, Any]) -> list[str]:
    """Its words for what went wrong: newer answers name them in `details`, older ones in `errors`."""
    found = []
    for place in ("details", "errors"):
        rows = error.get(place)
        found += (
            [str(row.get("reason", "")) for row in rows if isinstance(row, dict)]
            if isinstance(rows, list)
            else []
        )
    return found


engine = Google()
