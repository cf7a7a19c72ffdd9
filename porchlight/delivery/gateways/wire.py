"""One POST to a gateway, and what became of it: answered, refused before it left, or nobody knows.

The difference matters more than the reason. A request that never left may be tried again at once; one that left
without an answer may already be on the family's phone, so it is Unclear and never resent at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import advice_by_status

# Ten seconds to get a connection, twenty-five for everything: a stalled gateway holds nobody beyond that.
TIMEOUT = aiohttp.ClientTimeout(total=25, sock_connect=10)
ANSWER_CAP = 64 * 1024  # bytes; every gateway's answer to one message is a few hundred


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status line, the headers and at most ANSWER_CAP bytes of body."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    def retry_after(self) -> float | None:
        """The pause the gateway asked for, in seconds, from `Retry-After` as seconds or as a date."""
        return seconds_to_wait(self.headers.get("Retry-After", ""), now=datetime.now(UTC))


async def post(
    http: aiohttp.ClientSession,
    url: URL,
    *,
    body: bytes,
    headers: CIMultiDict[str],
) -> Answer | Refused | Unclear:
    """Send `body` and read the answer. Never follows a redirect, never raises for what the network does."""
    try:
        async with http.post(url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False) as got:
            return Answer(got.status, got.headers, await _read_capped(got))
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return went_wrong(error)


async def get(
    http: aiohttp.ClientSession, url: URL, *, headers: CIMultiDict[str]
) -> Answer | Refused | Unclear:
    """Ask for something small. As `post`."""
    try:
        async with http.get(url, headers=headers, timeout=TIMEOUT, allow_redirects=False) as got:
            return Answer(got.status, got.headers, await _read_capped(got))
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return went_wrong(error)


def went_wrong(error: Exception) -> Refused | Unclear:
    """What an exception of the client says: refused before it left, or nobody knows."""
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return Refused(
                Advice.STAFF_MUST_ACT, "certificate", "The gateway's certificate cannot be trusted."
            )
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Refused(Advice.RETRY, "no_connection", type(error).__name__)
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return Refused(
                Advice.STAFF_MUST_ACT, "bad_address_of_gateway", "The base address is not a web address."
            )
        case ValueError():
            return Refused(Advice.STAFF_MUST_ACT, "unsendable_setting")
        case TimeoutError():
            return Unclear("no answer in time")
    return Unclear(f"the connection broke: {type(error).__name__}")


def address(base: str, path: str) -> URL:
    """Where a gateway's messages go; an empty address, which `post` refuses in words, when `base` is none."""
    try:
        return URL(base.strip().rstrip("/") + path)
    except ValueError:
        return URL()


async def _read_capped(response: aiohttp.ClientResponse) -> bytes:
    if (response.content_length or ANSWER_CAP + 1) <= ANSWER_CAP:
        return await response.read()
    kept = bytearray()
    async for piece in response.content.iter_any():
        kept += piece
        if len(kept) > ANSWER_CAP:
            response.close()
            break
    return bytes(kept[:ANSWER_CAP])


def seconds_to_wait(value: str, *, now: datetime) -> float | None:
    """Read a `Retry-After` header: seconds or an HTTP date (RFC 9110, 10.2.3); None when it says neither."""
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 8:
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def refusal_by_status(answer: Answer, *, detail: str = "") -> Refused | Unclear:
    """What an answer means when its body names no code we know: only the status line is left to go by."""
    status, code = answer.status, f"http_{answer.status}"
    if status in (502, 504):
        return Unclear(f"a relay in between answered {status}: the message may have passed it")
    advice = advice_by_status(status)
    return Refused(advice, code, detail, answer.retry_after() if advice is Advice.RETRY else None)
