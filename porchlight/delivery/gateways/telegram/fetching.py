"""Getting a voice note or a picture from Telegram: a file id gives a path for an hour, the path gives the bytes.

Source: the Bot API's `getFile`. A bot gets files of up to 20 MB; the token is part of both addresses, so neither is
ever kept or shown.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from multidict import CIMultiDict

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import AccountSettings, Advice, Fetched, Media, Refused
from porchlight.delivery.gateways.fetching import GONE, download, refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.telegram.proof import token_of
from porchlight.delivery.gateways.telegram.road import NO_TOKEN, base_of
from porchlight.delivery.gateways.wire import Answer, address, get, refusal_by_status

_ID = re.compile(r"[A-Za-z0-9_-]{1,255}")
_PATH = re.compile(
    r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:\.[A-Za-z0-9]+)?"
)  # voice/file_0.oga; never upwards


async def fetch(
    http: Http, account: AccountSettings, media: Media, *, into: BinaryIO, most: int
) -> Fetched | Refused:
    """The bytes behind a file id. The token goes to the Bot API alone."""
    if not _ID.fullmatch(media.provider_id):
        return refused("media_gone")
    token = token_of(account)
    if not token:
        return NO_TOKEN
    where = address(base_of(account), f"/bot{token}/getFile").with_query(file_id=media.provider_id)
    answer = await get(http, where, headers=CIMultiDict())
    if not isinstance(answer, Answer):
        return answer if isinstance(answer, Refused) else Refused(Advice.RETRY, "no_connection", answer.why)
    told = tolerant.answer_of(answer.body)
    if answer.status >= 300 or tolerant.at(told, "ok") is False:
        return _no(answer, told)
    size, path = tolerant.text(told, "result", "file_size"), tolerant.text(told, "result", "file_path")
    if size.isdecimal() and int(size) > most:
        return refused("media_too_large")
    if not _PATH.fullmatch(path):  # also an absolute one, as a server of the school's own may give
        return refused("media_elsewhere")
    url = address(base_of(account), f"/file/bot{token}/{path}")
    found = await download(http, url, into=into, most=most)
    return refused("media_elsewhere") if isinstance(found, Answer) else found


def _no(answer: Answer, told: object) -> Refused:
    """A refusal here is never about a chat: a file that is gone, or too large for a bot, or our access."""
    sentence = tolerant.text(told, "description")
    if "too big" in sentence:
        return refused("media_too_large")
    if answer.status in GONE or (answer.status == 400 and "file" in sentence):
        return refused("media_gone")
    no = refusal_by_status(answer, detail=redact(sentence))
    return no if isinstance(no, Refused) else Refused(Advice.RETRY, "no_connection", no.why)
