"""Every engine keeps the same promises: its published wire format, names untouched, each refusal with what to do."""

from __future__ import annotations

import json

import jwt
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

import practice
from porchlight.languages.engines import meanings, tokens
from porchlight.languages.engines.contract import Access, Advice, CannotTranslate, mask
from porchlight.languages.engines.markup import marked, unmarked
from porchlight.languages.engines.registry import ENGINES
from porchlight.languages.engines.wire import is_safe, translate
from practice.translation import KEY
from practice.translation_google import GRANT, SCOPE, key_file

SENT = f"{mask(0)} & {mask(1)} come at 9:30."

# Request and answer as each company's own reference shows them; the sentences are ours.
SPOKEN = {
    "libretranslate": (
        Access({"base_url": "https://lt.example.org/"}, {"api_key": "k"}),
        "https://lt.example.org/translate",
        {},
        {
            "q": ['<span translate="no">N0</span> &amp; <span translate="no">N1</span> come at 9:30.'],
            "source": "en",
            "target": "ur",
            "format": "html",
            "api_key": "k",
        },
        {
            "translatedText": [
                '<span translate="no">N1</span> اور <span translate="no"> N0 </span> 9:30 پر آئیں۔'
            ]
        },
    ),
    "deepl": (
        Access({}, {"auth_key": "279a2e9d:fx"}),
        "https://api-free.deepl.com/v2/translate",
        {"Authorization": "DeepL-Auth-Key 279a2e9d:fx"},
        {
            "text": ["<x>N0</x> &amp; <x>N1</x> come at 9:30."],
            "source_lang": "EN",
            "target_lang": "UR",
            "tag_handling": "xml",
            "ignore_tags": ["x"],
            "split_sentences": "0",
        },
        {
            "translations": [
                {"detected_source_language": "EN", "text": "<x>N1</x> اور <x>N0</x> 9:30 پر آئیں۔"}
            ]
        },
    ),
    "google": (
        Access({}, {"api_key": "k"}),
        "https://translation.googleapis.com/language/translate/v2",
        {"X-Goog-Api-Key": "k"},
        {
            "q": ['<span translate="no">N0</span> &amp; <span translate="no">N1</span> come at 9:30.'],
            "source": "en",
            "target": "ur",
            "format": "html",
        },
        {
            "data": {
                "translations": [
                    {
                        "translatedText": '<span translate="no">N1</span> اور <span translate="no">N0</span> 9:30 پر آئیں۔'
                    }
                ]
            }
        },
    ),
    "google_v3": (
        Access(
            {"location": "europe-west1"},
            {"key_file": json.dumps(key_file("https://g.example")), "access_token": "t"},
        ),
        "https://translation.googleapis.com/v3/projects/porch-1234/locations/europe-west1:translateText",
        {"Authorization": "Bearer t", "X-Goog-User-Project": "porch-1234"},
        {
            "contents": ['<span translate="no">N0</span> &amp; <span translate="no">N1</span> come at 9:30.'],
            "mimeType": "text/html",
            "sourceLanguageCode": "en",
            "targetLanguageCode": "ur",
        },
        {
            "translations": [
                {
                    "translatedText": '<span translate="no">N1</span> اور <span translate="no">N0</span> 9:30 پر آئیں۔',
                    "detectedLanguageCode": "en",
                }
            ]
        },
    ),
    "azure": (
        Access({"region": "uksouth"}, {"key": "k"}),
        "https://api.cognitive.microsofttranslator.com/translate?api-version=3.0&from=en&to=ur&textType=html",
        {"Ocp-Apim-Subscription-Key": "k", "Ocp-Apim-Subscription-Region": "uksouth"},
        [
            {
                "Text": '<span class="notranslate">N0</span> &amp; <span class="notranslate">N1</span> come at 9:30.'
            }
        ],
        [
            {
                "translations": [
                    {
                        "text": '<span class="notranslate">N1</span> اور <span class="notranslate">N0</span> 9:30 پر آئیں۔',
                        "to": "ur",
                    }
                ]
            }
        ],
    ),
}

# (engine, status, body) → what to do. Bodies as the companies publish them.
REFUSALS = [
    ("libretranslate", 400, {"error": "xx is not supported"}, Advice.NOT_THIS),
    ("libretranslate", 403, {"error": "Invalid API key"}, Advice.STAFF_MUST_ACT),
    (
        "libretranslate",
        400,
        {"error": "Visit https://portal.example.org to get an API key"},
        Advice.STAFF_MUST_ACT,
    ),
    ("libretranslate", 429, {"error": "Slowdown: 30 per 1 minute"}, Advice.AGAIN),
    ("libretranslate", 403, {"error": "Too many request limits violations"}, Advice.LATER),
    (
        "libretranslate",
        400,
        {"error": "Invalid request: request (9) exceeds text limit (5)"},
        Advice.NOT_THIS,
    ),
    ("libretranslate", 502, None, Advice.AGAIN),
    ("deepl", 403, None, Advice.STAFF_MUST_ACT),
    ("deepl", 400, {"message": "Value for 'target_lang' not supported."}, Advice.NOT_THIS),
    ("deepl", 456, {"message": "Quota Exceeded"}, Advice.LATER),
    ("deepl", 429, {"message": "Too many requests"}, Advice.AGAIN),
    ("deepl", 529, None, Advice.AGAIN),
    ("deepl", 400, {"message": "Bad request"}, Advice.OUR_FAULT),
    (
        "google",
        403,
        {
            "error": {
                "code": 403,
                "message": "Daily Limit Exceeded",
                "errors": [{"reason": "dailyLimitExceeded"}],
            }
        },
        Advice.LATER,
    ),
    (
        "google",
        403,
        {"error": {"code": 403, "message": "", "errors": [{"reason": "userRateLimitExceeded"}]}},
        Advice.AGAIN,
    ),
    (
        "google",
        400,
        {
            "error": {
                "code": 400,
                "message": "API key not valid. Please pass a valid API key.",
                "errors": [{"reason": "badRequest"}],
                "status": "INVALID_ARGUMENT",
                "details": [
                    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
                ],
            }
        },
        Advice.STAFF_MUST_ACT,
    ),
    ("google", 400, {"error": {"code": 400, "message": "Bad language pair: en|xx"}}, Advice.NOT_THIS),
    ("google", 503, "no object", Advice.AGAIN),
    ("google_v3", 400, {"error": "invalid_grant", "error_description": "Invalid JWT"}, Advice.STAFF_MUST_ACT),
    ("google_v3", 401, {"error": {"code": 401, "status": "UNAUTHENTICATED", "message": "x"}}, Advice.AGAIN),
    ("google_v3", 403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}}, Advice.STAFF_MUST_ACT),
    (
        "google_v3",
        403,
        {"error": {"code": 403, "status": "PERMISSION_DENIED", "details": [{"reason": "SERVICE_DISABLED"}]}},
        Advice.STAFF_MUST_ACT,
    ),
    (
        "google_v3",
        400,
        {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Target language is invalid."}},
        Advice.NOT_THIS,
    ),
    (
        "google_v3",
        429,
        {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Daily Limit Exceeded"}},
        Advice.LATER,
    ),
    ("google_v3", 503, {"error": {"code": 503, "status": "UNAVAILABLE"}}, Advice.AGAIN),
    ("azure", 401, {"error": {"code": 401000, "message": "credentials are missing"}}, Advice.STAFF_MUST_ACT),
    ("azure", 403, {"error": {"code": 403001, "message": "exceeded its free quota"}}, Advice.LATER),
    (
        "azure",
        400,
        {"error": {"code": 400036, "message": "The target language is not valid."}},
        Advice.NOT_THIS,
    ),
    ("azure", 429, {"error": {"code": 429999, "message": "unknown to us"}}, Advice.AGAIN),
    ("azure", 302, None, Advice.STAFF_MUST_ACT),
]


@pytest.mark.parametrize("name", ENGINES)
def test_it_asks_and_reads_as_its_company_publishes(name: str) -> None:
    access, url, headers, body, answer = SPOKEN[name]
    engine = ENGINES[name]
    request = engine.request(
        [SENT], engine.code("en", is_target=False), engine.code("ur", is_target=True), access
    )
    assert (request.url, dict(request.headers), request.body) == (url, headers, body)
    assert engine.read(json.loads(json.dumps(answer))) == [f"{mask(1)} اور {mask(0)} 9:30 پر آئیں۔"]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    "answer", [None, [], {}, "x", {"translatedText": "x"}, [{}], {"data": {}}, {"translations": [1]}]
)
def test_whatever_else_comes_is_no_translation(name: str, answer: object) -> None:
    engine = ENGINES[name]
    if answer == [] and name == "azure":
        assert engine.read(answer) == []
        return
    with pytest.raises(ValueError):
        engine.read(answer)


@pytest.mark.parametrize(("name", "status", "answer", "advice"), REFUSALS)
def test_a_refusal_says_what_to_do(name: str, status: int, answer: object, advice: Advice) -> None:
    code, meaning = ENGINES[name].refusal(status, answer)
    assert (meaning.advice, bool(code), bool(meaning.words)) == (advice, True, True)


@pytest.mark.parametrize(
    ("name", "tag", "target", "source"),
    [
        ("libretranslate", "en-GB", "en", "en"),
        ("libretranslate", "zh-TW", "zh-Hant", "zh-Hant"),
        ("libretranslate", "ur-Latn", "", ""),
        ("deepl", "en", "EN-GB", "EN"),
        ("deepl", "pt-BR", "PT-BR", "PT"),
        ("deepl", "zh-Hant", "ZH-HANT", "ZH"),
        ("deepl", "ur-Latn", "", ""),
        ("google", "zh-Hant", "zh-TW", "zh-TW"),
        ("google", "he", "iw", "iw"),
        ("google", "hi-Latn", "", ""),
        ("google_v3", "zh-Hant", "zh-TW", "zh-TW"),
        ("google_v3", "ur-Latn", "", ""),
        ("azure", "zh-CN", "zh-Hans", "zh-Hans"),
        ("azure", "pt-PT", "pt-pt", "pt-pt"),
        ("azure", "ur-Latn", "", ""),
    ],
)
def test_each_has_its_own_names_for_languages(name: str, tag: str, target: str, source: str) -> None:
    engine = ENGINES[name]
    assert (engine.code(tag, is_target=True), engine.code(tag, is_target=False)) == (target, source)


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Co", "Cc"], exclude_characters="\u200b"), max_size=40
)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_markup_gives_back_what_was_put_in(parts: list[str]) -> None:
    sentence = "".join(f"{part}{mask(place)}" for place, part in enumerate(parts)).strip()
    assert unmarked(marked(sentence, '<span translate="no">', "</span>")) == sentence
    assert unmarked(marked(sentence, "<x>", "</x>")) == sentence


def test_only_safe_addresses() -> None:
    assert is_safe("https://lt.example.org")
    assert is_safe("http://127.0.0.1:5000")
    assert not any(
        map(is_safe, ["http://lt.example.org", "https://a:b@c.org", "ftp://x", "", "https://[", "file:///x"])
    )


def test_all_speak_with_the_practice_engine_and_bear_its_weather() -> None:
    secrets = {"api_key": KEY, "auth_key": KEY, "key": KEY}
    with practice.town_in_thread(smtp_port=None) as town:
        secrets["key_file"] = requests.get(f"{town.url}/control/translation/key-file/", timeout=9).text
        access = Access({"base_url": town.url}, secrets)
        for engine in ENGINES.values():
            (said,) = translate(engine, [f"{mask(0)} comes at 9."], "en", "es", access)
            assert said == f"{mask(0)} semoc ta 9."
            with pytest.raises(CannotTranslate) as refused:
                translate(engine, ["Come."], "en", "mi", access)
            assert refused.value.meaning is meanings.NOT_THIS_PAIR
            with pytest.raises(CannotTranslate) as refused:
                translate(
                    engine,
                    ["Come."],
                    "en",
                    "es",
                    Access({"base_url": town.url}, dict.fromkeys(secrets, "wrong")),
                )
            assert refused.value.meaning.advice is Advice.STAFF_MUST_ACT
            for weather, advice in [({"rude": "429", "retry_after": 7}, Advice.AGAIN), ({"rude": "reset"}, Advice.AGAIN),
                                    ({"rude": "moved"}, Advice.STAFF_MUST_ACT), ({"rude": "untrue"}, Advice.OUR_FAULT)]:  # fmt: skip
                town.set_weather("translation", times=1, **weather)
                with pytest.raises(CannotTranslate) as refused:
                    translate(engine, ["Come."], "en", "es", access)
                assert refused.value.meaning.advice is advice, (engine.name, weather)
                assert refused.value.retry_after == (7 if "retry_after" in weather else None)


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
    ],
)
def test_a_wrong_key_file_is_for_staff_to_mend(change: dict[str, str]) -> None:
    with practice.town_in_thread(smtp_port=None) as town:
        key = requests.get(f"{town.url}/control/translation/key-file/", timeout=9).json() | change
        access = Access({"base_url": town.url}, {"key_file": json.dumps(key)})
        with pytest.raises(CannotTranslate) as refused:
            translate(ENGINES["google_v3"], ["Come."], "en", "es", access)
        assert refused.value.meaning.advice is Advice.STAFF_MUST_ACT
