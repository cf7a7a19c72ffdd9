"""Carries a request to an engine and back: one POST, no redirect, no cookie, no proxy of the environment, no retry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode, urlsplit

import requests
from requests.exceptions import (
    InvalidHeader,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    RequestException,
    SSLError,
)

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, CannotTranslate, Engine, Request, SignsIn
from porchlight.languages.engines.tokens import SIGNED_OUT, forget, signed_in

PATIENCE = (5.0, 20.0)  # seconds to connect, and without a byte
ANSWER_CAP = 1024 * 1024  # bytes; the longest answer of a hundred sentences is a tenth of that
PIECE = 16 * 1024
LONGEST_PAUSE = 3600.0  # seconds an engine may ask us to wait
JSON, FORM = "application/json; charset=utf-8", "application/x-www-form-urlencoded"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_NO_ADDRESS = (InvalidURL, InvalidSchema, MissingSchema)


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


def is_safe(address: str) -> bool:
    """True for https anywhere, and plain http on this machine alone."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


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
    if not is_safe(url.partition("?")[0]):
        raise CannotTranslate(meanings.WRONG_PLACE, "address")
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.post(
                url,
                data=data,
                headers=headers,
                timeout=patience,
                allow_redirects=False,
                stream=True,
            ) as answer:
                body = b""
                for piece in answer.iter_content(PIECE):
                    body += piece
                    if len(body) > cap:
                        break
                return answer.status_code, body[:cap], _pause(answer.headers.get("Retry-After", ""))
        except _NO_ADDRESS:
            raise CannotTranslate(meanings.WRONG_PLACE, "address") from None
        except (InvalidHeader, UnicodeError):
            raise CannotTranslate(meanings.WRONG_KEY, "header") from None
        except SSLError:
            raise CannotTranslate(meanings.WRONG_PLACE, "certificate") from None
        except (RequestException, OSError) as problem:
            raise CannotTranslate(meanings.BUSY, type(problem).__name__) from None


def _written(request: Request) -> bytes:
    if request.is_form and isinstance(request.body, dict):
        return urlencode(request.body).encode()
    return json.dumps(request.body, ensure_ascii=False).encode()


def _pause(written: str) -> float | None:
    """Seconds, where it says seconds; a date is as good as nothing here."""
    return min(float(written), LONGEST_PAUSE) if written.strip().isdigit() else None
