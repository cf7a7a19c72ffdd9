"""Talks to mail servers: a few connections for each, kept for the next mail, never for long.

A connection serves at most MAILS_EACH mails and MOST_SECONDS; an idle one is closed after IDLE_SECONDS, before
servers lose patience. What fails before the content is sent was certainly not sent and is tried again later; what
breaks off while the content is on its way may have arrived, and is Unclear.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from time import monotonic
from weakref import WeakKeyDictionary

import aiosmtplib
from aiosmtplib import errors as smtp

from porchlight.delivery.gateways.contract import Accepted, Advice, Outcome, Refused, Unclear
from porchlight.delivery.gateways.email.errors import Step, of_reply
from porchlight.delivery.gateways.email.fields import STARTTLS, TLS
from porchlight.delivery.gateways.http import Patience
from porchlight.delivery.gateways.leaving import leaves

# For one mail, connecting included: a stalled server holds nobody beyond that.
TIMEOUT = Patience(total=25)
GOODBYE = 3.0  # seconds to part politely
LINES = 4  # connections at a time to one account's server
MAILS_EACH = 100
MOST_SECONDS = 120.0
IDLE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how an account's mail leaves."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)
    called: str = "localhost"  # how we introduce ourselves


@dataclass(frozen=True, slots=True)
class Parcel:
    """One mail on its way: envelope, bytes, and the id its receipts will name."""

    sender: str
    to: str
    content: bytes
    message_id: str
    utf8: bool = False  # the envelope needs a server that knows SMTPUTF8


@dataclass(slots=True, eq=False)
class _Line:
    client: aiosmtplib.SMTP
    opened: float = field(default_factory=monotonic)
    mails: int = 0
    closing: asyncio.TimerHandle | None = None

    @property
    def is_good(self) -> bool:
        young = self.mails < MAILS_EACH and monotonic() - self.opened < MOST_SECONDS
        return young and self.client.is_connected


@dataclass(slots=True)
class _Lines:
    """The connections of one event loop to one server."""

    turn: asyncio.Semaphore
    idle: list[_Line] = field(default_factory=list)


class _No(Exception):
    """Something we found out ourselves."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


class _Stale(Exception):
    """A kept connection had died before the first word of this mail."""


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Server, _Lines]] = WeakKeyDictionary()
_goodbyes: set[asyncio.Task[None]] = set()  # a task nobody holds may vanish before it is done


async def post(server: Server, parcel: Parcel) -> Outcome:
    """Hand one mail to the server. Never raises for what the network or the server does."""
    at = [Step.GREETING]
    try:
        async with asyncio.timeout(TIMEOUT.total), _turn(server) as lines:
            return await _deliver(lines, server, parcel, at)
    except _No as no:
        return no.refused
    except smtp.SMTPResponseException as no:
        return of_reply(at[0], no.code, no.message, parcel.to, parcel.sender, server.username)
    except (smtp.SMTPException, OSError, ValueError, _Stale) as fault:
        if at[0] is Step.CONTENT:
            return Unclear(f"the connection broke while the mail was leaving: {type(fault).__name__}")
        return _not_reached(fault, at[0])


async def close_all() -> None:
    """Part from every server this event loop still has a line to."""
    for lines in _lines.pop(asyncio.get_running_loop(), {}).values():
        for line in lines.idle:
            _part(line)
    if _goodbyes:
        await asyncio.gather(*_goodbyes)


async def _deliver(lines: _Lines, server: Server, parcel: Parcel, at: list[Step]) -> Accepted:
    kept = _take(lines)
    if kept:
        try:
            return await _carry(lines, kept, parcel, at)
        except _Stale:
            at[0] = Step.GREETING
    return await _carry(lines, await _open(server, at), parcel, at)


async def _carry(lines: _Lines, line: _Line, parcel: Parcel, at: list[Step]) -> Accepted:
    """MAIL, RCPT, DATA; the line is kept if the server can take another mail on it."""
    client, encoding = line.client, "utf-8" if parcel.utf8 else "ascii"
    kept = False
    try:
        at[0] = Step.SENDER
        if parcel.utf8 and not client.supports_extension("smtputf8"):
            raise _No(Refused(Advice.NEXT_CHANNEL, "smtputf8"))
        try:
            await client.mail(parcel.sender, options=["SMTPUTF8"] if parcel.utf8 else [], encoding=encoding)
        except (smtp.SMTPServerDisconnected, ConnectionError) as gone:
            raise _Stale from gone
        at[0] = Step.RECIPIENT
        await client.rcpt(parcel.to, encoding=encoding)
        at[0] = Step.CONTENT
        leaves.get()()
        await client.data(parcel.content)
        kept = True
        return Accepted(parcel.message_id)
    except smtp.SMTPResponseException as no:
        kept = no.code != 421 and await _forget(client)
        raise
    finally:
        line.mails += 1
        if kept and line.is_good:
            _keep(lines, line)
        elif kept:
            _part(line)
        else:  # who knows what the server waits for now
            line.client.close()


async def _forget(client: aiosmtplib.SMTP) -> bool:
    """Take back a half-told mail; False when the server does not listen any more."""
    with suppress(smtp.SMTPException, OSError):
        await client.rset(timeout=GOODBYE)
        return True
    return False


async def _open(server: Server, at: list[Step]) -> _Line:
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.security == TLS,
        start_tls=False,  # done below, so that each refusal has its own name
        tls_context=_trust(),
        local_hostname=server.called,
        timeout=TIMEOUT.total,
    )
    await client.connect()
    try:
        await client.ehlo()
        if server.security == STARTTLS:
            if not client.supports_extension("starttls"):
                raise _No(Refused(Advice.STAFF_MUST_ACT, "starttls"))
            await client.starttls()
            await client.ehlo()
        if server.username:
            await _log_in(client, server, at)
    except BaseException:
        client.close()
        raise
    return _Line(client)


async def _log_in(client: aiosmtplib.SMTP, server: Server, at: list[Step]) -> None:
    if not client.supported_auth_methods:
        raise _No(Refused(Advice.STAFF_MUST_ACT, "login"))
    at[0] = Step.LOGIN
    await client.login(server.username, server.password)


@cache
def _trust() -> ssl.SSLContext:
    """The machine's own list of authorities, read once."""
    return ssl.create_default_context()


def _not_reached(fault: BaseException, step: Step) -> Refused:
    causes = (fault, fault.__cause__, fault.__context__)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Refused(Advice.STAFF_MUST_ACT, "certificate")
    if isinstance(fault, ValueError):  # a host name or a setting that cannot be
        return Refused(Advice.STAFF_MUST_ACT, "settings", type(fault).__name__)
    return Refused(Advice.RETRY, "no_connection", f"{step}: {type(fault).__name__}")


@asynccontextmanager
async def _turn(server: Server) -> AsyncIterator[_Lines]:
    loop = asyncio.get_running_loop()
    lines = _lines.setdefault(loop, {}).setdefault(server, _Lines(asyncio.Semaphore(LINES)))
    async with lines.turn:
        yield lines


def _take(lines: _Lines) -> _Line | None:
    while lines.idle:
        line = lines.idle.pop()
        if line.closing:
            line.closing.cancel()
        if line.is_good:
            return line
        _part(line)
    return None


def _keep(lines: _Lines, line: _Line) -> None:
    lines.idle.append(line)
    line.closing = asyncio.get_running_loop().call_later(IDLE_SECONDS, _expire, lines, line)


def _expire(lines: _Lines, line: _Line) -> None:
    if line in lines.idle:
        lines.idle.remove(line)
        _part(line)


def _part(line: _Line) -> None:
    """Say goodbye without waiting for the answer."""
    if not line.client.is_connected:
        line.client.close()
        return
    task = asyncio.get_running_loop().create_task(_goodbye(line.client))
    _goodbyes.add(task)
    task.add_done_callback(_goodbyes.discard)


async def _goodbye(client: aiosmtplib.SMTP) -> None:
    with suppress(smtp.SMTPException, OSError):
        await client.quit(timeout=GOODBYE)
    client.close()
