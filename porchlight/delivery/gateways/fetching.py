"""Getting a file from a gateway: from places we trust, whole, within its measure, and never by a redirect."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import BinaryIO

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways.contract import Advice, Fetched, Refused, Unclear
from porchlight.delivery.gateways.meanings import OF_THE_LINE
from porchlight.delivery.gateways.wire import ANSWER_CAP, Answer, refusal_by_status, went_wrong

TIMEOUT = aiohttp.ClientTimeout(total=120, sock_connect=10, sock_read=25)
GONE = (404, 410)
PIECE = 64 * 1024


def refused(code: str, detail: str = "") -> Refused:
    """One of the refusals that every gateway shares."""
    return Refused(OF_THE_LINE[code].advice, code, detail)


async def download(
    http: aiohttp.ClientSession,
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
    try:
        async with http.get(url, headers=headers, timeout=TIMEOUT, allow_redirects=False) as got:
            if got.status in GONE:
                return refused("media_gone")
            if got.status != 200:
                answer = Answer(got.status, got.headers, await got.content.read(ANSWER_CAP))
                return answer if 300 <= got.status < 400 else _again_if_unclear(refusal_by_status(answer))
            return await _take(got, into, most, digest)
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return _again_if_unclear(went_wrong(error))


async def _take(got: aiohttp.ClientResponse, into: BinaryIO, most: int, digest: str) -> Fetched | Refused:
    if (got.content_length or 0) > most:
        return refused("media_too_large")
    size, found = 0, hashlib.sha256()
    async for piece in got.content.iter_chunked(PIECE):
        size += len(piece)
        if size > most:
            got.close()
            return refused("media_too_large")
        found.update(piece)
        into.write(piece)
    if digest and digest != found.hexdigest():
        return refused("media_damaged")
    return Fetched(size, found.hexdigest())


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
