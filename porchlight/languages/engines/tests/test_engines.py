"""Every engine keeps the same promises: its published wire format, names untouched, each refusal with what to do."""

from __future__ import annotations

import json

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

import practice
from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Advice, CannotTranslate, mask
from porchlight.languages.engines.markup import marked, unmarked
from porchlight.languages.engines.registry import ENGINES
from porchlight.languages.engines.tests.published import REFUSALS, SENT, SPOKEN
from porchlight.languages.engines.wire import translate
from porchlight.toolbox.outgoing import is_safe
from practice.translation import KEY


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
