"""Telegram's Bot API: the methods a school's bot calls, and what families do in their chat with it.

    POST /bot<token>/sendMessage, /sendVoice, /sendPhoto, /sendDocument   JSON, a form, or a form with a file
    POST /bot<token>/setWebhook, /deleteWebhook, /getWebhookInfo, /getMe
    POST /bot<token>/getFile                     where a file lies, for an hour
    POST /bot<token>/answerCallbackQuery         also as the answer to a webhook
    GET  /file/bot<token>/<path>                 the file itself

A bot may write to nobody who has not pressed Start, and to nobody who blocked it. It is told of nothing it sent.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from aiohttp import web

from practice import telegram_events as events
from practice.accounts import TelegramAccount
from practice.enclosures import Enclosure
from practice.errors import Mistake
from practice.phones import Line, Option, Phone
from practice.telegram_requests import Refused, keyboard, read, webhook_wish
from practice.town import Town
from practice.weather import Rude, Weather, in_weather

GATEWAY = "telegram"
SENDS = {"sendmessage": "", "sendvoice": "voice", "sendphoto": "photo", "senddocument": "document"}


class Telegram:
    def __init__(self, town: Town) -> None:
        self.town = town
        self._updates, self._messages = 870_000_000, Counter[str]()
        self.pressed: dict[str, Line] = {}  # buttons that still wait on a phone, by their query's id
        self._methods = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
            "getfile": self._get_file,
            "answercallbackquery": self._answer_query,
        }

    def routes(self) -> list[web.RouteDef]:
        token = r"{token:\d+:[A-Za-z0-9_-]+}"
        return [
            web.route("*", f"/bot{token}/{{method}}", self.call),
            web.get(f"/file/bot{token}/{{kind}}/{{file}}", self.get_file),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Any method. Their names are taken in any mixture of letters, as Telegram does."""
        if request.match_info["method"].lower() in SENDS:
            return await in_weather(self.town.weather[GATEWAY], request, self._call, _refuse)
        return await self._call(request)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            account = self._account(request)
            said, name = await read(request), request.match_info["method"].lower()
            if name in SENDS:
                return _yes(self.take(account, name, said))
            if name not in self._methods:
                raise Refused(404, "Not Found: method not found")
            return _yes(self._methods[name](account, said))
        except Refused as refused:
            self.town.counts[f"{GATEWAY} {refused.status} refused"] += 1
            return _error(refused)

    def _account(self, request: web.Request) -> TelegramAccount:
        account = self.town.account(TelegramAccount, request.match_info["token"])
        if account is None:
            raise Refused(401, "Unauthorized")
        return account

    def take(self, account: TelegramAccount, method: str, said: dict[str, Any]) -> dict[str, Any]:
        """Put a message on its phone. Returns it as the Bot API shows it. Raises Refused."""
        part = SENDS[method]
        text = str(said.get("caption" if part else "text") or "")
        if not part and not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le", "replace")) // 2 > (1024 if part else 4096):
            raise Refused(400, f"Bad Request: {'message caption' if part else 'message'} is too long")
        options = keyboard(said.get("reply_markup"))
        phone = self._phone(account, str(said.get("chat_id") or ""))
        line = Line(
            "telegram", GATEWAY, account.name, text, self.town.now(), True, options=options,
            provider_id=self._next(phone), status="sent", raw={k: v for k, v in said.items() if k != part},
        )  # fmt: skip
        if part:
            self._put_along(account, line, part, said.get(part))
        self.town.took(account, "")
        phone.add(line)
        return events.sent_message(account, phone, line)

    def _phone(self, account: TelegramAccount, chat: str) -> Phone:
        """Whose chat it is, if the bot may write there. Raises Refused."""
        phone = self.town.phones.by_telegram_id(chat)
        code = self.town.weather[GATEWAY].fail_code
        if code:
            raise Refused(*events.refusal_for(code))
        if phone is None or "telegram" not in phone.channels or account.name not in phone.begun:
            raise Refused(400, "Bad Request: chat not found")
        if account.name in phone.stopped:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return phone

    def _put_along(self, account: TelegramAccount, line: Line, part: str, file: Any) -> None:
        """A file that came with the words, kept so that the page can play or show it."""
        if not isinstance(file, web.FileField):
            raise Refused(400, f"Bad Request: there is no {part} in the request")
        kind = {"voice": "audio", "photo": "image"}.get(part, "document")
        kept = self.town.enclosures.keep(
            account.name, Enclosure(kind, file.content_type, file.filename, file.file.read())
        )
        line.enclosed = {"voice": "voice.ogg", "photo": "picture.jpg"}.get(part, file.filename)
        line.sound, line.file = (kept.id, "") if part == "voice" else ("", kept.id)

    def _next(self, phone: Phone) -> str:
        """Messages are counted anew in each chat; the phone is told apart by its chat's id."""
        self._messages[phone.telegram_id] += 1
        return f"{phone.telegram_id}:{self._messages[phone.telegram_id]}"

    def _get_me(self, account: TelegramAccount, _said: dict[str, Any]) -> dict[str, Any]:
        return events.bot(account)

    def _set_webhook(self, account: TelegramAccount, said: dict[str, Any]) -> bool:
        account.callback, account.secret_token, account.allowed_updates = webhook_wish(said)
        return True

    def _delete_webhook(self, account: TelegramAccount, _said: dict[str, Any]) -> bool:
        account.callback = account.secret_token = ""
        return True

    def _webhook_info(self, account: TelegramAccount, _said: dict[str, Any]) -> dict[str, Any]:
        waiting = self.town.postman.waiting
        return {"url": account.callback, "has_custom_certificate": False, "pending_update_count": waiting}

    def _answer_query(self, _account: TelegramAccount, said: dict[str, Any]) -> bool:
        if self.pressed.pop(str(said.get("callback_query_id") or ""), None) is None:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        return True

    def _get_file(self, account: TelegramAccount, said: dict[str, Any]) -> dict[str, Any]:
        found = self.town.enclosures.find(account.name, events.id_in(str(said.get("file_id") or "")))
        if found is None:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        self.town.enclosures.open_for(found.id, seconds=3600)
        return events.file(found)

    async def get_file(self, request: web.Request) -> web.Response:
        account = self.town.account(TelegramAccount, request.match_info["token"])
        file = request.match_info["file"].removeprefix("file_").partition(".")[0]
        found = self.town.enclosures.find(account.name, file) if account else None
        if found is None or not self.town.enclosures.is_open(found.id):
            return _error(Refused(404, "Not Found"))
        return web.Response(body=found.content, content_type="application/octet-stream")

    def say(
        self, account: TelegramAccount, phone: Phone, text: str, option: Option | None, about: Line | None
    ) -> Line:
        """The family writes, or presses a button, which is no message of theirs."""
        if option is None or about is None:
            answered = about.provider_id if about else ""
            said = events.text_message(text, _number(answered))
            return self._says(account, phone, text, said)
        query = events.callback_query(account, phone, about, option)
        line = phone.add(
            Line("telegram", GATEWAY, account.name, option.label, self.town.now(), False, str(query["id"]))
        )
        self.pressed[str(query["id"])] = line
        self._announce(account, phone, "callback_query", query)
        return line

    def start(self, account: TelegramAccount, phone: Phone, along: str = "") -> Line:
        """Start is pressed, also after a link with something behind it; a blocked bot is let in again by it."""
        if account.name in phone.stopped:
            self.block(account, phone, is_blocked=False)
        words = f"/start {along}".strip()
        return self._says(account, phone, words, events.command(words))

    def enclose(self, account: TelegramAccount, phone: Phone, text: str, enclosure: Enclosure) -> Line:
        """A voice note, a picture or a document, with `text` as its caption."""
        line = self._says(account, phone, text, events.with_file(enclosure, text))
        line.enclosed = enclosure.name
        return line

    def block(self, account: TelegramAccount, phone: Phone, *, is_blocked: bool) -> Line:
        """The bot is told by its own membership of the chat."""
        (phone.stopped.add if is_blocked else phone.stopped.discard)(account.name)
        change = events.membership(account, phone, self.town.now(), is_blocked=is_blocked)
        self._announce(account, phone, "my_chat_member", change)
        words = "The bot is blocked." if is_blocked else "The bot is let in again."
        line = Line("telegram", GATEWAY, account.name, words, self.town.now(), False, from_network=True)
        return phone.add(line)

    def _says(self, account: TelegramAccount, phone: Phone, shown: str, said: dict[str, Any]) -> Line:
        if account.name in phone.stopped:
            raise Mistake("The bot is blocked on this phone. Let it in again first.")
        phone.begun.add(account.name)
        at, number = self.town.now(), self._next(phone)
        self._announce(account, phone, "message", events.message(phone, _number(number), at, said))
        return phone.add(Line("telegram", GATEWAY, account.name, shown, at, False, number))

    def _announce(self, account: TelegramAccount, phone: Phone, kind: str, what: dict[str, Any]) -> None:
        if account.allowed_updates and kind not in account.allowed_updates:
            return
        self._updates += 1
        hook = events.hook(account, kind, {"update_id": self._updates, kind: what})
        hook.answered = lambda body: self._heard_back(account, body)
        self.town.announce(hook)

    def _heard_back(self, account: TelegramAccount, body: bytes) -> None:
        """The answer to a webhook may hold one call of a method."""
        try:
            said = json.loads(body) if body else {}
        except ValueError:
            return
        if isinstance(said, dict) and str(said.get("method", "")).lower() == "answercallbackquery":
            self.pressed.pop(str(said.get("callback_query_id") or ""), None)


def _number(message: str) -> int:
    """A message's number within its chat; 0 for none."""
    number = message.rpartition(":")[2]
    return int(number) if number.isdigit() else 0


def _yes(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(refused: Refused) -> web.Response:
    return web.json_response(refused.as_json(), status=refused.status)


def _refuse(rude: Rude, weather: Weather) -> web.Response:
    if rude is Rude.LIMIT:
        pause = weather.retry_after
        return _error(Refused(429, f"Too Many Requests: retry after {pause}", {"retry_after": pause}))
    if rude is Rude.CODE:
        return _error(Refused(*events.refusal_for(weather.code)))
    return _error(Refused(500, "Internal Server Error: sent message not found"))
