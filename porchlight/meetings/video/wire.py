"""Carries a call to a company and back: no redirect, no cookie, no proxy of the environment, no retry."""

from __future__ import annotations

import json

import requests
from requests.exceptions import (
    InvalidHeader,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    RequestException,
    SSLError,
)

from porchlight.languages.engines.wire import is_safe
from porchlight.meetings.video import meanings
from porchlight.meetings.video.contract import Answer, Call, NoRoom

PATIENCE = (5.0, 15.0)  # seconds to connect, and without a byte
ANSWER_CAP = 256 * 1024  # bytes
PIECE = 16 * 1024
LONGEST_PAUSE = 3600.0  # seconds a company may ask us to wait
_NO_ADDRESS = (InvalidURL, InvalidSchema, MissingSchema)


def carried(call: Call, *, patience: tuple[float, float] = PATIENCE) -> Answer:
    """What came back, good or not. Raises NoRoom where nothing did, whatever the network does."""
    if not is_safe(call.url.partition("?")[0]):
        raise NoRoom(meanings.WRONG_PLACE, "address")
    try:
        return _asked(call, patience)
    except _NO_ADDRESS:
        raise NoRoom(meanings.WRONG_PLACE, "address") from None
    except (InvalidHeader, UnicodeError):
        raise NoRoom(meanings.WRONG_KEY, "header") from None
    except SSLError:
        raise NoRoom(meanings.WRONG_PLACE, "certificate") from None
    except (RequestException, OSError) as problem:
        raise NoRoom(meanings.BUSY, type(problem).__name__) from None


def _asked(call: Call, patience: tuple[float, float]) -> Answer:
    with requests.Session() as session:
        session.trust_env = False
        with session.request(
            call.method,
            call.url,
            headers=dict(call.headers),
            json=call.json,
            data=dict(call.form) if call.form is not None else None,
            timeout=patience,
            allow_redirects=False,
            stream=True,
        ) as answer:
            content = b""
            for piece in answer.iter_content(PIECE):
                content += piece
                if len(content) > ANSWER_CAP:
                    break
            pause = _pause(answer.headers.get("Retry-After", ""))
            return Answer(answer.status_code, content, _json(content), pause)


def _json(content: bytes) -> object:
    try:
        said: object = json.loads(content)
    except ValueError:
        return None
    return said


def _pause(written: str) -> float | None:
    """Seconds, where it says seconds; a date is as good as nothing here."""
    return min(float(written), LONGEST_PAUSE) if written.strip().isdigit() else None
