"""Carries a request to an engine and back: one POST, no redirect, no cookie, no proxy of the environment, no retry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, CannotTranslate, Engine, Request, SignsIn
from porchlight.languages.engines.tokens import SIGNED_OUT, forget, signed_in
from porchlight.toolbox import outgoing
from porchlight.toolbox.outgoing import Why

PATIENCE = (5.0, 20.0)  # seconds to connect, and without a byte
ANSWER_CAP = 1024 * 1024  # bytes; the longest answer of a hundred sentences is a tenth of that
JSON, FORM = "application/json; charset=utf-8", "application/x-www-form-urlencoded"
MEANS = {Why.PLACE: meanings.WRONG_PLACE, Why.KEY: meanings.WRONG_KEY, Why.WEATHER: meanings.BUSY}


def translate(
    engine: Engine, sentences: Sequence[str], source: str, target: str, access: Access
) -> list[str]:
    """The sentences in `target` (tags of ours), in order. Raises CannotTranslate, whatever the network does."""
    codes = engine.code(source, is_target=False), engine.code(target, is_target=True)
    if not all(codes):
        raise CannotTranslate(meanings.NOT_THIS_PAIR, "no_code")
    if isinstance(engine, SignsIn):
        access = signed_in(engine, access, lambda request: _answer(engine, request))
    try:
        answer = _answer(engine, _request(lambda: engine.request(sentences, *codes, access)))
    except CannotTranslate as problem:
        if problem.code == SIGNED_OUT:
            forget(access)
        raise
    try:
        found = engine.read(answer)
    except ValueError:
        raise CannotTranslate(meanings.ASKED_WRONGLY, "answer") from None
    if len(found) != len(sentences):
        raise CannotTranslate(meanings.ASKED_WRONGLY, "count")
    return found


def _request(write: Callable[[], Request]) -> Request:
    try:
        return write()
    except KeyError as missing:
        raise CannotTranslate(meanings.WRONG_KEY, f"no_{missing.args[0]}") from None


def _answer(engine: Engine, request: Request) -> object:
    """The JSON of a good answer; None where it is none. Raises CannotTranslate for a refusal."""
    status, body, pause = _post(request)
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if status != 200:
        code, meaning = engine.refusal(status, answer)
        raise CannotTranslate(meaning, code, retry_after=pause)
    return answer


def _post(request: Request) -> tuple[int, bytes, float | None]:
    headers = {**request.headers, "Content-Type": FORM if request.is_form else JSON}
    return carried(request.url, _written(request), headers)


def carried(
    url: str,
    data: bytes,
    headers: Mapping[str, str],
    *,
    cap: int = ANSWER_CAP,
    patience: tuple[float, float] = PATIENCE,
) -> tuple[int, bytes, float | None]:
    """One POST: status, at most `cap` bytes, and the pause it asked for. Raises CannotTranslate."""
    try:
        came = outgoing.carried("POST", url, headers=headers, data=data, cap=cap, patience=patience)
    except outgoing.NotCarried as problem:
        raise CannotTranslate(MEANS[problem.why], problem.code) from None
    return came.status, came.content, came.pause


def _written(request: Request) -> bytes:
    if request.is_form and isinstance(request.body, dict):
        return urlencode(request.body).encode()
    return json.dumps(request.body, ensure_ascii=False).encode()
