"""Carries a call to a company and back, in the words of this room."""

from __future__ import annotations

import json

from porchlight.meetings.video import meanings
from porchlight.meetings.video.contract import Answer, Call, NoRoom
from porchlight.toolbox import outgoing
from porchlight.toolbox.outgoing import Why

PATIENCE = (5.0, 15.0)  # seconds to connect, and without a byte
ANSWER_CAP = 256 * 1024  # bytes
MEANS = {Why.PLACE: meanings.WRONG_PLACE, Why.KEY: meanings.WRONG_KEY, Why.WEATHER: meanings.BUSY}


def carried(call: Call, *, patience: tuple[float, float] = PATIENCE) -> Answer:
    """What came back, good or not. Raises NoRoom where nothing did, whatever the network does."""
    try:
        came = outgoing.carried(
            call.method,
            call.url,
            headers=call.headers,
            json=call.json,
            data=call.form,
            cap=ANSWER_CAP,
            patience=patience,
        )
    except outgoing.NotCarried as problem:
        raise NoRoom(MEANS[problem.why], problem.code) from None
    return Answer(came.status, came.content, _json(came.content), came.pause)


def _json(content: bytes) -> object:
    try:
        said: object = json.loads(content)
    except ValueError:
        return None
    return said
