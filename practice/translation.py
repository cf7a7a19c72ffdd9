"""A translation engine on loopback, on the wire formats of five: LibreTranslate, DeepL, Google (v2, v3) and Azure (v3).

POST /translate                     LibreTranslate; with ?api-version=3.0, Azure
GET  /languages                     LibreTranslate: what it speaks
POST /v2/translate                  DeepL
POST /language/translate/v2         Google
POST /v3/projects/…:translateText   Google, Advanced (with POST /token: `translation_google.py`)

POST /control/translation/          {"from": "en", "to": "ur", "sentences": {"…": "…"}}: what it knows by heart
GET  /control/translation/          what it was asked, word for word: what left the school

A sentence it does not know comes out letter by letter in the other language's alphabet: nobody takes it for a
translation, yet its numbers, tags and full stops are where they were.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from practice.town import Town
from practice.translation_google import LOCATIONS, PROJECT, Tokens, key_file, status_error, wrong_body
from practice.weather import Rude, Weather, in_weather

NAME = "translation"
KEY = "practice-translation-key"  # public: every engine of the town takes it, and nothing else
LANGUAGES = ("en", "ur", "es", "ar", "fr", "pl", "ps", "bn", "so", "zh-Hans", "fa", "tr", "vi")
ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابکدیفگہاجکلمنوپقرستوووکیز", strict=True))
TAG = re.compile(r"<(span|x)\b[^>]*>.*?</\1>|<[^>]+>", re.S)
MOST_KEPT = 2_000  # of what it was asked


@dataclass
class Knows:
    """What it has by heart, and what it was asked."""

    sentences: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def forget(self) -> None:
        self.asked.clear()


type Words = Callable[[int, str], Any]


class Translation:
    """All doors of one engine."""

    def __init__(self, town: Town) -> None:
        self.town, self.knows, self.tokens = town, Knows(), Tokens()
        town.weather[NAME] = Weather()
        town.forgetting.append(self._forget)

    def _forget(self) -> None:
        self.knows.forget()
        self.town.weather[NAME] = Weather()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/translate", self.plain),
            web.get("/languages", self.languages),
            web.post("/v2/translate", self.deepl),
            web.post("/language/translate/v2", self.google),
            web.post("/token", self.token),
            web.post("/v3/projects/{project}/locations/{location}:translateText", self.google_advanced),
            web.get("/control/translation/key-file/", self.key_file),
            web.post("/control/translation/", self.learn),
            web.get("/control/translation/", self.was_asked),
        ]

    async def learn(self, request: web.Request) -> web.Response:
        said = await request.json()
        known = self.knows.sentences.setdefault((said["from"], said["to"]), {})
        known.update(said["sentences"])
        return web.json_response({"known": len(known)})

    async def was_asked(self, _request: web.Request) -> web.Response:
        return web.json_response(self.knows.asked)

    async def languages(self, _request: web.Request) -> web.Response:
        return web.json_response(
            [
                {"code": code, "name": code, "targets": [other for other in LANGUAGES if other != code]}
                for code in LANGUAGES
            ]
        )

    async def plain(self, request: web.Request) -> web.StreamResponse:
        """Two engines have this address: Azure says its version in the question."""
        if "api-version" in request.query:
            return await self._weathered(request, self._azure, azure_error)
        return await self._weathered(request, self._libre, libre_error)

    async def deepl(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self._deepl, deepl_error)

    async def google(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self._google, google_error)

    async def google_advanced(self, request: web.Request) -> web.StreamResponse:
        return await self._weathered(request, self._google_advanced, status_error)

    async def token(self, request: web.Request) -> web.Response:
        status, answer = self.tokens.answer(await request.text(), _town(request))
        return web.json_response(answer, status=status)

    async def key_file(self, request: web.Request) -> web.Response:
        return web.json_response(key_file(_town(request)))

    async def _weathered(self, request: web.Request, handle: Any, word: Words) -> web.StreamResponse:
        def refuse(rude: Rude, weather: Weather) -> web.StreamResponse:
            status = {Rude.ERROR: 500, Rude.LIMIT: 429}.get(rude) or int(weather.code or 500)
            answer = refused(word, status)
            if rude is Rude.LIMIT:
                answer.headers["Retry-After"] = str(weather.retry_after)
            return answer

        return await in_weather(self.town.weather[NAME], request, handle, refuse)

    async def _libre(self, request: web.Request) -> web.Response:
        body = await _json(request)
        many = body.get("q")
        if not many:
            return refused(libre_error, 400, "Invalid request: missing q parameter")
        if body.get("api_key", KEY) != KEY:
            return refused(libre_error, 403, "Invalid API key")
        for code in (body.get("source"), body.get("target")):
            if code not in LANGUAGES and code != "auto":
                return refused(libre_error, 400, f"{code} is not supported")
        texts = many if isinstance(many, list) else [many]
        made = self._made("libretranslate", texts, body["source"], body["target"])
        return web.json_response({"translatedText": made if isinstance(many, list) else made[0]})

    async def _deepl(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"DeepL-Auth-Key {KEY}":
            return refused(deepl_error, 403)
        body = await _json(request)
        target = str(body.get("target_lang", "")).partition("-")[0].lower()
        if target not in LANGUAGES:
            return refused(deepl_error, 400, "Value for 'target_lang' not supported.")
        if not isinstance(body.get("text"), list):
            return refused(deepl_error, 400, "Parameter 'text' not specified.")
        source = str(body.get("source_lang", "EN"))
        made = self._made("deepl", body["text"], source.lower(), target)
        rows = [{"detected_source_language": source, "text": one} for one in made]
        return web.json_response({"translations": rows})

    async def _google(self, request: web.Request) -> web.Response:
        if request.headers.get("X-Goog-Api-Key") != KEY:
            return refused(google_error, 400, "API key not valid. Please pass a valid API key.")
        body = await _json(request)
        if body.get("target") not in LANGUAGES:
            return refused(google_error, 400, f"Bad language pair: {body.get('source')}|{body.get('target')}")
        made = self._made("google", body["q"], body["source"], body["target"])
        return web.json_response({"data": {"translations": [{"translatedText": one} for one in made]}})

    async def _google_advanced(self, request: web.Request) -> web.Response:
        if not self.tokens.knows(request.headers.get("Authorization", "")):
            return refused(status_error, 401)
        if request.match_info["project"] != PROJECT:
            return refused(status_error, 403, "Permission denied on the project.")
        if request.match_info["location"] not in LOCATIONS:
            return refused(status_error, 400, "Invalid location name.")
        body = await _json(request)
        if wrong := wrong_body(body):
            return refused(status_error, 400, wrong)
        source, target = body.get("sourceLanguageCode", ""), body["targetLanguageCode"]
        if target not in LANGUAGES:
            return refused(status_error, 400, "Target language is invalid.")
        made = self._made("google_v3", body["contents"], source, target)
        return web.json_response({"translations": [{"translatedText": one} for one in made]})

    async def _azure(self, request: web.Request) -> web.Response:
        if request.headers.get("Ocp-Apim-Subscription-Key") != KEY:
            return refused(azure_error, 401)
        source, target = request.query.get("from", ""), request.query.get("to", "")
        if target not in LANGUAGES:
            return refused(azure_error, 400, "The target language is not valid.")
        rows = await _json(request)
        made = self._made("azure", [row["Text"] for row in rows], source, target)
        return web.json_response([{"translations": [{"text": one, "to": target}]} for one in made])

    def _made(self, engine: str, texts: Sequence[str], source: str, target: str) -> list[str]:
        for text in texts:
            self.knows.asked.append({"engine": engine, "text": text, "from": source, "to": target})
        del self.knows.asked[:-MOST_KEPT]
        self.town.counts[f"{NAME} sentences"] += len(texts)
        known = self.knows.sentences.get((source, target), {})
        return [translated(text, target, known) for text in texts]


def translated(text: str, target: str, known: Mapping[str, str]) -> str:
    """Markup in, markup out. Sentences known by heart name their untouchable parts `{0}`, `{1}`, as they come."""
    tags = [found[0] for found in TAG.finditer(text)]
    numbered = iter(range(len(tags)))
    plain = html.unescape(TAG.sub(lambda _found: f"{{{next(numbered)}}}", text))
    if plain in known:
        return re.sub(r"\{(\d+)\}", lambda found: tags[int(found[1])], html.escape(known[plain], quote=False))
    written, last = "", 0
    for found in TAG.finditer(text):
        written += _in_letters(text[last : found.start()], target) + found[0]
        last = found.end()
    return written + _in_letters(text[last:], target)


def _in_letters(text: str, target: str) -> str:
    """Letter by letter; Latin languages get theirs backwards, word by word."""
    if target in {"ur", "ar", "fa", "ps"}:
        plain = "".join(ARABIC.get(letter, letter) for letter in html.unescape(text).lower())
    else:
        plain = re.sub(r"[^\W\d_]+", lambda word: word[0][::-1], html.unescape(text))
    return html.escape(plain, quote=False)


def _town(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"


async def _json(request: web.Request) -> Any:
    try:
        return json.loads(await request.read())
    except ValueError:
        raise web.HTTPBadRequest(text="no JSON") from None


def refused(word: Words, status: int, said: str = "") -> web.Response:
    """A refusal as this engine words it; DeepL often sends none at all."""
    body = word(status, said)
    return web.Response(status=status) if body is None else web.json_response(body, status=status)


def libre_error(status: int, said: str) -> Any:
    usual = {
        429: "Slowdown: 30 per 1 minute",
        403: "Invalid API key",
        500: "Cannot translate text: out of memory",
    }
    return {"error": said or usual.get(status, "Internal Server Error")}


def deepl_error(status: int, said: str) -> Any:
    usual = {429: "Too many requests", 456: "Quota Exceeded", 500: "Internal server error"}
    return None if status == 403 else {"message": said or usual.get(status, "Bad request")}


def google_error(status: int, said: str) -> Any:
    reason = {429: "rateLimitExceeded", 403: "dailyLimitExceeded", 500: "backendError"}.get(status, "invalid")
    message = said or {403: "Daily Limit Exceeded", 429: "Quota exceeded"}.get(status, "Backend Error")
    error: dict[str, Any] = {
        "code": status,
        "message": message,
        "errors": [{"message": message, "domain": "global", "reason": reason}],
    }
    if "API key" in message:
        error["status"] = "INVALID_ARGUMENT"
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
        ]
    return {"error": error}


def azure_error(status: int, said: str) -> Any:
    code = {400: 400036, 401: 401000, 403: 403001, 429: 429000, 500: 500000, 503: 503000}.get(
        status, status * 1000
    )
    usual = {401: "The request is not authorized because credentials are missing or invalid."}
    return {"error": {"code": code, "message": said or usual.get(status, "The request failed.")}}
