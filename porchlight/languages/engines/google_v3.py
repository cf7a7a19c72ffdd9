"""Google Cloud Translation, Advanced (v3): POST /v3/projects/{project}/locations/{location}:translateText.

{"contents": [...], "mimeType": "text/html", "sourceLanguageCode", "targetLanguageCode"} is answered by {"translations":
[{"translatedText"}, …]}; a refusal is a google.rpc.Status with ErrorInfo in its details. A service account signs in
(`service_accounts.py`). No glossary of Google's is used: the school's own words are looked after here.
Source: cloud.google.com/translate/docs/reference/rest/v3/projects.locations/translateText.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines import google, meanings
from porchlight.languages.engines.contract import BEARER, Access, Meaning, Request, SettingField
from porchlight.languages.engines.markup import marked
from porchlight.languages.engines.parts import code_of, sentences
from porchlight.languages.engines.service_accounts import key_of, statement
from porchlight.languages.engines.tokens import SIGNED_OUT

SCOPE = "https://www.googleapis.com/auth/cloud-translation"
PLACE = re.compile(
    r"[a-z0-9][a-z0-9:.-]{0,62}"
)  # a project's or a location's name, as it stands in an address
STATUSES: Mapping[str, Meaning] = {
    "PERMISSION_DENIED": meanings.WRONG_KEY,
    "UNAUTHENTICATED": meanings.BUSY,  # the token is over: asked again, it is another
    "RESOURCE_EXHAUSTED": meanings.BUSY,
    "UNAVAILABLE": meanings.BUSY,
    "NOT_FOUND": meanings.WRONG_KEY,
}
_REFUSED = ("invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope")
GRANTS: Mapping[str, Meaning] = dict.fromkeys(_REFUSED, meanings.WRONG_KEY)


class GoogleAdvanced:
    """A school's project at Google Cloud, by a service account."""

    name: ClassVar[str] = "google_v3"
    label: ClassVar[str] = "Google (service account)"
    most: ClassVar[int] = 100
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "key_file", _("Key file"),
            _("The whole JSON file of a service account that may use Cloud Translation and nothing else."),
            True, longest=6000,
        ),
        SettingField(
            "location", _("Location"), _("Where Google translates, such as global or europe-west1."),
            required=False, default="global",
        ),
        SettingField(
            "base_url", _("Its address"), _("Leave this empty for Google’s own."), required=False, leads=True
        ),
    )  # fmt: skip

    def code(self, tag: str, *, is_target: bool) -> str:
        return code_of(tag, google.CODES)

    def sign_in(self, access: Access) -> Request:
        key = key_of(access.secrets["key_file"])
        return statement(key, scope=SCOPE, own=access.settings.get("base_url") or "")

    def token(self, answer: object) -> tuple[str, int]:
        match answer:
            case {"access_token": str(token), "expires_in": int(seconds)}:
                return token, seconds
        raise ValueError("no token")

    def request(self, sentences: Sequence[str], source: str, target: str, access: Access) -> Request:
        base = (access.settings.get("base_url") or google.HOST).rstrip("/")
        project, location = (
            key_of(access.secrets["key_file"])["project_id"],
            access.settings.get("location") or "global",
        )
        if not PLACE.fullmatch(project) or not PLACE.fullmatch(location):
            raise KeyError("location")
        body = {
            "contents": [marked(one, '<span translate="no">', "</span>") for one in sentences],
            "mimeType": "text/html",
            "sourceLanguageCode": source,
            "targetLanguageCode": target,
        }
        headers = {"Authorization": f"Bearer {access.secrets[BEARER]}", "X-Goog-User-Project": project}
        return Request(f"{base}/v3/projects/{project}/locations/{location}:translateText", headers, body)

    def read(self, answer: object) -> list[str]:
        match answer:
            case {"translations": list(rows)}:
                return sentences(rows, "translatedText")
        raise ValueError("no translations")

    def refusal(self, status: int, answer: object) -> tuple[str, Meaning]:
        match answer:
            case {"error": str(code)}:  # of the token's address
                return code[:60], GRANTS.get(code, meanings.by_status(status))
            case {"error": dict(error)}:
                return _of_status(status, error)
        return f"http_{status}", meanings.by_status(status)


def _of_status(status: int, error: dict[Any, Any]) -> tuple[str, Meaning]:
    """google.rpc.Status: the reason in its details says more than the status."""
    said, name = str(error.get("message", "")), str(error.get("status", ""))
    if name == "INVALID_ARGUMENT" and "language" in said.lower():
        return "BAD_LANGUAGE_PAIR", meanings.NOT_THIS_PAIR
    rows = error.get("details")
    for row in rows if isinstance(rows, list) else []:
        reason = str(row.get("reason", "")) if isinstance(row, dict) else ""
        if reason in google.REASONS:
            return reason, google.REASONS[reason]
    if name == "UNAUTHENTICATED":
        return SIGNED_OUT, STATUSES[name]
    if "Daily" in said and name == "RESOURCE_EXHAUSTED":
        return "dailyLimitExceeded", meanings.USED_UP
    return (name, STATUSES[name]) if name in STATUSES else (f"http_{status}", meanings.by_status(status))


engine = GoogleAdvanced()
