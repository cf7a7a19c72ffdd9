"""One POST to a gateway, and what became of it: answered, refused before it left, or nobody knows.

The difference matters more than the reason. A request that never left may be tried again at once; one that left
without an answer may already be on the family's phone, so it is Unclear and never resent at once.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.http import BadAddress, Head, Http, HttpError, Patience, Take
from porchlight.delivery.gateways.meanings import advice_by_status

# Ten seconds to get a connection, twenty-five for everything: a stalled gateway holds nobody beyond that.
TIMEOUT = Patience(total=25, connect=10)
ANSWER_CAP = 64 * 1024  # bytes; every gateway's answer to one message is a few hundred


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status line, the headers and at most ANSWER_CAP bytes of body."""

    head: Head
    body: bytes

    @property
    def status(self) -> int:
        return self.head.status

    @property
    def headers(self) -> CIMultiDictProxy[str]:
        return self.head.headers

    def retry_after(self) -> float | None:
        """The pause the gateway asked for, in seconds, from `Retry-After` as seconds or as a date."""
        return seconds_to_wait(self.headers.get("Retry-After", ""), now=datetime.now(UTC))


async def post(http: Http, url: URL, *, body: bytes, headers: CIMultiDict[str]) -> Answer | Refused | Unclear:
    """Send `body` and read the answer. Never follows a redirect, never raises for what the network does."""
    kept: list[bytes] = []
    return await _answer(http.post(url, body, headers=headers, take=_capped(kept), patience=TIMEOUT), kept)


async def get(http: Http, url: URL, *, headers: CIMultiDict[str]) -> Answer | Refused | Unclear:
    """Ask for something small. As `post`."""
    kept: list[bytes] = []
    return await _answer(http.get(url, headers=headers, take=_capped(kept), patience=TIMEOUT), kept)


async def _answer(asked: Awaitable[Head], kept: list[bytes]) -> Answer | Refused | Unclear:
    try:
        head = await asked
    except (HttpError, ValueError) as error:
        return went_wrong(error)
    return Answer(head, b"".join(kept)[:ANSWER_CAP])


def _capped(kept: list[bytes]) -> Take:
    """Keeps pieces up to ANSWER_CAP and wants no more then."""
    left = ANSWER_CAP

    def take(piece: bytes) -> bool:
        nonlocal left
        kept.append(piece)
        left -= len(piece)
        return left > 0

    return take


def went_wrong(error: Exception) -> Refused | Unclear:
    """What an exception of the client says: refused before it left, or nobody knows."""
    match error:
        case BadAddress():
            return Refused(
                Advice.STAFF_MUST_ACT, "bad_address_of_gateway", "The base address is not a web address."
            )
        case HttpError(is_certificate=True):
            return Refused(
                Advice.STAFF_MUST_ACT, "certificate", "The gateway's certificate cannot be trusted."
            )
        case HttpError(inside=True):
            return Refused(Advice.BAD_ADDRESS, "not_public")
        case HttpError(left=False):
            return Refused(Advice.RETRY, "no_connection", str(error))
        case HttpError(is_timeout=True):
            return Unclear("no answer in time")
        case ValueError():
            return Refused(Advice.STAFF_MUST_ACT, "unsendable_setting")
    return Unclear(f"the connection broke: {error}")


def address(base: str, path: str) -> URL:
    """Where a gateway's messages go; an empty address, which `post` refuses in words, when `base` is none."""
    try:
        return URL(base.strip().rstrip("/") + path)
    except ValueError:
        return URL()


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
