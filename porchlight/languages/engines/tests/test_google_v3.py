"""A service account: signed in once, anew when its token is over; a wrong key file is for staff to mend."""

from __future__ import annotations

import json

import jwt
import pytest
import requests

import practice
from porchlight.languages.engines import tokens
from porchlight.languages.engines.contract import Access, Advice, CannotTranslate
from porchlight.languages.engines.registry import ENGINES
from porchlight.languages.engines.wire import translate
from practice.translation_google import GRANT, SCOPE


def test_a_service_account_signs_in_once_and_anew_when_its_token_is_over() -> None:
    with practice.town_in_thread(smtp_port=None) as town:
        key = requests.get(f"{town.url}/control/translation/key-file/", timeout=9).text
        access, engine = Access({"base_url": town.url}, {"key_file": key}), ENGINES["google_v3"]
        asked = engine.sign_in(access)  # type: ignore[attr-defined]  # one that signs in
        claims = jwt.decode(asked.body["assertion"], options={"verify_signature": False})
        assert (asked.url, asked.is_form, asked.body["grant_type"]) == (f"{town.url}/token", True, GRANT)
        assert (claims["scope"], claims["aud"], claims["exp"] - claims["iat"]) == (
            SCOPE,
            f"{town.url}/token",
            3600,
        )
        assert translate(engine, ["Come."], "en", "es", access) == ["emoC."]
        given = dict(tokens._kept)
        assert translate(engine, ["Go."], "en", "es", access) == ["oG."]
        assert dict(tokens._kept) == given
        (mark,) = [one for one, (_token, _until) in given.items() if one == tokens._mark(access)]
        tokens._kept[mark] = ("revoked", given[mark][1])
        with pytest.raises(CannotTranslate) as refused:
            translate(engine, ["Come."], "en", "es", access)
        assert (refused.value.meaning.advice, refused.value.code) == (Advice.AGAIN, tokens.SIGNED_OUT)
        assert translate(engine, ["Come."], "en", "es", access) == ["emoC."]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "authorized_user"},
        {"private_key": "no key"},
        {"client_email": "somebody@else"},
        {"project_id": "../x"},
        {"token_uri": "https://metadata.internal/token"},
    ],
)
def test_a_wrong_key_file_is_for_staff_to_mend(change: dict[str, str]) -> None:
    with practice.town_in_thread(smtp_port=None) as town:
        key = requests.get(f"{town.url}/control/translation/key-file/", timeout=9).json() | change
        access = Access({"base_url": town.url}, {"key_file": json.dumps(key)})
        with pytest.raises(CannotTranslate) as refused:
            translate(ENGINES["google_v3"], ["Come."], "en", "es", access)
        assert refused.value.meaning.advice is Advice.STAFF_MUST_ACT


@pytest.mark.parametrize("place", ["/control/translation/key-file/", "/token/", "/token?x=/token"])
def test_a_key_file_does_not_say_where_our_requests_go(place: str) -> None:
    with practice.town_in_thread(smtp_port=None) as town:
        key = requests.get(f"{town.url}/control/translation/key-file/", timeout=9).json()
        access = Access({}, {"key_file": json.dumps(key | {"token_uri": f"{town.url}{place}"})})
        with pytest.raises(ValueError, match="elsewhere"):
            ENGINES["google_v3"].sign_in(access)  # type: ignore[attr-defined]  # one that signs in
