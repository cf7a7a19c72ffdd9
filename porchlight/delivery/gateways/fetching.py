"""Getting a file from a gateway: from places we trust, whole, within its measure, and never by a redirect."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import BinaryIO

from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways.contract import Advice, Fetched, Refused, Unclear
from porchlight.delivery.gateways.http import Http, HttpError, Patience
from porchlight.delivery.gateways.meanings import OF_THE_LINE
from porchlight.delivery.gateways.wire import Answer, refusal_by_status, went_wrong

TIMEOUT = Patience(total=120, connect=10, idle=25)
GONE = (404, 410)


def refused(code: str, detail: str = "") -> Refused:
    """One of the refusals that every gateway shares."""
    return Refused(OF_THE_LINE[code].advice, code, detail)


async def download(
    http: Http,
    url: URL,
    *,
    into: BinaryIO,
    most: int,
    headers: CIMultiDict[str] | None = None,
    digest: str = "",
) -> Fetched | Refused | Answer:
    """The bytes at `url`; an Answer when it points somewhere else, which is for the adapter to judge.

    `digest` is what the gateway said of them (SHA-256, hex): other bytes are damaged ones. What cannot be told
    apart from a passing trouble is tried again.
    """
    into.seek(0)
    into.truncate()
    taken = _Taken(into, most)
    try:
        head = await http.get(url, headers=headers, take=taken.take, patience=TIMEOUT)
    except (HttpError, ValueError) as error:
        return _again_if_unclear(went_wrong(error))
    if head.status in GONE:
        return refused("media_gone")
    if head.status != 200:
        into.truncate(0)
        answer = Answer(head, b"")
        return answer if 300 <= head.status < 400 else _again_if_unclear(refusal_by_status(answer))
    if taken.size > most:
        into.seek(0)
        into.truncate()
        return refused("media_too_large")
    if digest and digest != taken.found.hexdigest():
        return refused("media_damaged")
    return Fetched(taken.size, taken.found.hexdigest())


class _Taken:
    """Bytes on their way into a file, up to a measure."""

    def __init__(self, into: BinaryIO, most: int) -> None:
        self.into, self.most, self.size, self.found = into, most, 0, hashlib.sha256()

    def take(self, piece: bytes) -> bool:
        self.size += len(piece)
        if self.size > self.most:
            return False
        self.found.update(piece)
        self.into.write(piece)
        return True


def _again_if_unclear(outcome: Refused | Unclear) -> Refused:
    """Asking for a file twice harms nobody."""
    return outcome if isinstance(outcome, Refused) else Refused(Advice.RETRY, "no_connection", outcome.why)


def is_trusted(url: URL, *, base: URL, hosts: Collection[str] = ()) -> bool:
    """Whether credentials may travel there: the account's own gateway, or one of its known hosts by https.

    A host that begins with a dot stands for all below it.
    """
    if (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port):
        return bool(url.host)
    host = (url.host or "").lower()
    known = any(host == one or (one.startswith(".") and host.endswith(one)) for one in hosts)
    return url.scheme == "https" and known and not url.user and url.port == 443
