"""The contract table of a Telegram bot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Media,
    Option,
    Outgoing,
    RawRequest,
    Refused,
    Unclear,
)
from porchlight.delivery.gateways.sound import Along, Sound
from porchlight.delivery.gateways.telegram.adapter import gateway
from porchlight.delivery.gateways.telegram.proof import HEADER, word_of
from porchlight.delivery.gateways.telegram.tests.webhook_cases import HEARS
from porchlight.delivery.gateways.tests.loopback import Loopback, Received
from porchlight.delivery.gateways.tests.table import (
    Account,
    Answers,
    Brings,
    InTown,
    Sends,
    Table,
    as_json,
    with_header,
)

TOKEN = "7123456789:AAHpractice-token_of-nobody0123456789"
OTHER_TOKEN = "7999999999:AAHpractice-token_of-another012345678"
FATHER = "712345678"


def account(base_url: str, token: str = TOKEN) -> Account:
    return Account({"base_url": base_url}, {"bot_token": token}, "@maple_street_bot")


def sign(account: Account, request: RawRequest) -> RawRequest:
    return with_header(request, HEADER, word_of(account.secrets.get("bot_token", "")))


def outgoing(**changes: Any) -> Outgoing:
    given = {
        "reference": "k7mxq2",
        "to": FATHER,
        "text": "Closed tomorrow",
        "language": "en",
        "to_is_user_id": True,
    }
    return Outgoing(**{**given, **changes})


def seen(request: Received) -> dict[str, Any]:
    kind, _, boundary = request.headers["Content-Type"].partition("; boundary=")
    body: Any = _parts(request.body, boundary) if boundary else json.loads(request.body)
    return {"path": request.path, "type": kind, "body": body}


def _parts(body: bytes, boundary: str) -> dict[str, str]:
    """A multipart form by name: values as they are, a file as its name, type and content."""
    found = {}
    for part in body.split(f"--{boundary}".encode())[1:-1]:
        head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        name = lines[0].partition('name="')[2].partition('"')[0]
        file = lines[0].partition('filename="')[2].partition('"')[0]
        said = value.removesuffix(b"\r\n").decode()
        found[name] = f"{file} {lines[1].partition(': ')[2]} {said}" if file else said
    return found


def sends(name: str, what: Outgoing, **body: Any) -> Sends:
    said = {"chat_id": FATHER, "text": what.text, "link_preview_options": {"is_disabled": True}, **body}
    return Sends(name, what, {"path": f"/bot{TOKEN}/sendMessage", "type": "application/json", "body": said})


def with_file(name: str, method: str, what: Outgoing, **body: str) -> Sends:
    said = {"chat_id": FATHER, **body}
    return Sends(name, what, {"path": f"/bot{TOKEN}/{method}", "type": "multipart/form-data", "body": said})


def button(label: str, key: str) -> dict[str, str]:
    return {"text": label, "callback_data": f"k7mxq2:{key}"}


NOTE = Sound("audio/ogg", "note.ogg", lambda: b"OggS")
PHOTO = Along("image/jpeg", "mill.jpg", lambda: b"JPEG")
LETTER = Along("application/pdf", "letter.pdf", lambda: b"%PDF")
YES_NO = (Option("1", "Yes"), Option("2", "No"))
SENDS = [
    sends("a text", outgoing()),
    sends("a text whose signs are no markup", outgoing(text="*کل* _بند_ <b>ہے</b> 🙂")),
    sends(
        "short answers stand beside one another",
        outgoing(options=YES_NO),
        reply_markup={"inline_keyboard": [[button("Yes", "1"), button("No", "2")]]},
    ),
    sends(
        "longer ones below one another",
        outgoing(options=(Option("1", "Wednesday at five"), Option("2", "No"))),
        reply_markup={"inline_keyboard": [[button("Wednesday at five", "1")], [button("No", "2")]]},
    ),
    sends("keys that fit behind no button", outgoing(options=(Option("x" * 60, "Yes"), Option("2", "No")))),
    sends("a label of nothing", outgoing(options=(Option("1", " "), Option("2", "No")))),
    sends(
        "more answers than anybody reads",
        outgoing(options=tuple(Option(str(n), f"Day {n}") for n in range(25))),
    ),
    with_file("a spoken answer", "sendVoice", outgoing(sound=NOTE), voice="note.ogg audio/ogg OggS"),
    with_file(
        "a photo with the words and the buttons under it",
        "sendPhoto",
        outgoing(along=PHOTO, options=YES_NO),
        caption="Closed tomorrow",
        photo="mill.jpg image/jpeg JPEG",
        reply_markup='{"inline_keyboard":[[{"text":"Yes","callback_data":"k7mxq2:1"},'
        '{"text":"No","callback_data":"k7mxq2:2"}]]}',
    ),
    with_file(
        "a letter",
        "sendDocument",
        outgoing(along=LETTER),
        caption="Closed tomorrow",
        document="letter.pdf application/pdf %PDF",
    ),
]


def yes(message: int = 42) -> bytes:
    chat = {"id": int(FATHER), "first_name": "Yousaf", "type": "private"}
    return as_json({"ok": True, "result": {"message_id": message, "chat": chat, "date": 1, "text": "Closed"}})


def no(code: int, description: str, **parameters: int) -> bytes:
    said: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return as_json(said | ({"parameters": parameters} if parameters else {}))


def refuses(name: str, status: int, sentence: str, advice: Advice, code: str) -> Answers:
    return Answers(name, status, no(status, sentence), Refused(advice, code, sentence))


ANSWERS = [
    Answers("taken", 200, yes(), Accepted(f"{FATHER}:42")),
    Answers("yes, without an id", 200, b'{"ok": true, "result": {}}', Unclear),
    Answers("yes, and it is no JSON", 200, b"<html>", Unclear),
    Answers("200 with a no in it", 200, no(400, "Bad Request: chat not found"),
            Refused(Advice.BAD_ADDRESS, "chat_not_found", "Bad Request: chat not found")),
    refuses("blocked", 403, "Forbidden: bot was blocked by the user", Advice.OPTED_OUT, "blocked"),
    refuses("gone", 403, "Forbidden: user is deactivated", Advice.BAD_ADDRESS, "deactivated"),
    refuses("never begun", 403, "Forbidden: bot can't initiate conversation with a user", Advice.NEXT_CHANNEL, "not_begun"),
    refuses("put out of a group", 403, "Forbidden: bot was kicked from the group chat", Advice.BAD_ADDRESS, "a_group"),
    refuses("forbidden for a reason we do not know", 403, "Forbidden: new rule", Advice.NEXT_CHANNEL, "forbidden"),
    refuses("nobody there", 400, "Bad Request: chat not found", Advice.BAD_ADDRESS, "chat_not_found"),
    refuses("no voice notes", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", Advice.NEXT_CHANNEL, "no_voice"),
    refuses("wrong token", 401, "Unauthorized", Advice.STAFF_MUST_ACT, "wrong_token"),
    refuses("no such bot", 404, "Not Found", Advice.STAFF_MUST_ACT, "wrong_token"),
    refuses("built badly", 400, "Bad Request: BUTTON_DATA_INVALID", Advice.OUR_FAULT, "http_400"),
    Answers("a group that became larger", 400,
            no(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001234567890),
            Refused(Advice.BAD_ADDRESS, "became_a_group", "Bad Request: group chat was upgraded to a supergroup chat")),
    Answers("too fast, with a pause", 429, no(429, "Too Many Requests: retry after 35", retry_after=35),
            Refused(Advice.RETRY, "slow_down", "Too Many Requests: retry after 35", 35.0)),
    Answers("Telegram stumbles", 500, no(500, "Internal Server Error"),
            Refused(Advice.RETRY, "passing", "Internal Server Error")),
    Answers("the relay in between", 502, b"<html>", Unclear),
]  # fmt: skip


def in_town(theirs: Mapping[str, Any], base_url: str, _webhook: str) -> Account:
    return Account({"base_url": base_url}, {"bot_token": theirs["bot_token"]}, f"@{theirs['username']}")


PATH = f"/file/bot{TOKEN}/voice/file_7.oga"


def serves(server: Loopback, content: bytes) -> str:
    """The id gives a path, and the path the bytes; the token is part of both addresses."""
    told = {"file_id": "AwACAgQ-7", "file_size": len(content), "file_path": "voice/file_7.oga"}
    server.answer_at(f"/bot{TOKEN}/getFile", as_json({"ok": True, "result": told}))
    server.answer_at(PATH, content)
    return PATH


BRINGS = Brings(
    media=lambda _base: Media("audio", "AwACAgQ-7", "audio/ogg"),
    serves=serves,
    asks=[(f"/bot{TOKEN}/getFile?file_id=AwACAgQ-7", "Authorization", ""), (PATH, "Authorization", "")],
    elsewhere=lambda base: Media("audio", f"{base}/x", "audio/ogg"),
)

TABLE = Table(
    gateway=gateway,
    account=account,
    sign=sign,
    signature_header=HEADER,
    sends=SENDS,
    answers=ANSWERS,
    hears=HEARS,
    fates={},
    forgeries={"the token itself": lambda _account, request: with_header(request, HEADER, TOKEN)},
    another_school=replace(account("https://x.example.org"), secrets={"bot_token": OTHER_TOKEN}),
    seen=seen,
    signs_body=False,
    town=InTown(
        {"gateway": "telegram", "name": "school", "bot_token": TOKEN, "secret_token": word_of(TOKEN)},
        in_town,
        ("blocked", Advice.OPTED_OUT),
        father=FATHER,
    ),
    brings=BRINGS,
)
