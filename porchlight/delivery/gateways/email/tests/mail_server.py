"""A small real mail server on loopback that answers as a test says, and can misbehave as networks do."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

RESET, SILENT = "reset", "silent"
DONE = object()


@dataclass
class MailServer:
    """`says` maps a verb (GREETING, EHLO, MAIL, RCPT, DATA, END, AUTH …) to a reply, or to RESET or SILENT."""

    says: dict[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ("8BITMIME",)
    tls: ssl.SSLContext | None = None  # for STARTTLS, or from the first byte
    tls_first: bool = False
    mails: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    port: int = 0

    async def __aenter__(self) -> MailServer:
        self._open: set[asyncio.Task[Any]] = set()
        first = self.tls if self.tls_first else None
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=first, limit=2**22)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def mail(self) -> EmailMessage:
        """The only mail that came, parsed."""
        [content] = self.mails
        return message_from_bytes(content, policy=SMTP)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        self.most_at_once = max(self.most_at_once, len(self._open))
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            self._open.discard(task)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sender = to = ""
        await self._say(writer, "GREETING", "220 ready")
        while line := (await reader.readline()).decode("utf-8", "replace").strip():
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            self.heard.append(verb)
            if verb == "MAIL":
                sender = rest
            elif verb == "RCPT":
                to = rest
            elif verb == "AUTH":
                self.logins.append(rest)
            reply = await self._say(writer, verb, self._usual(verb))
            if verb == "QUIT":
                return
            if verb == "STARTTLS" and reply.startswith("2") and self.tls:
                await writer.start_tls(self.tls)
            if verb == "DATA" and reply.startswith("3"):
                content = await reader.readuntil(b"\r\n.\r\n")
                self.heard.append("END")
                ended = await self._say(writer, "END", "250 2.0.0 taken")
                if ended.startswith("2"):
                    self.mails.append(content[:-3].replace(b"\r\n..", b"\r\n."))
                    self.envelopes.append((sender, to))

    def _usual(self, verb: str) -> str:
        if verb == "EHLO":
            return "\r\n".join([*(f"250-{word}" for word in ("here", *self.offers)), "250 HELP"])
        return {"STARTTLS": "220 go on", "DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 2.7.0 ok"}.get(
            verb, "250 2.0.0 ok"
        )

    async def _say(self, writer: asyncio.StreamWriter, verb: str, usual: str) -> str:
        reply = self.says.get(verb, usual)
        if reply == SILENT:
            await asyncio.Event().wait()
        if reply == RESET:
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            writer.transport.abort()
            raise ConnectionResetError
        writer.write(reply.encode() + b"\r\n")
        await writer.drain()
        if reply.startswith("421"):
            raise ConnectionResetError
        return reply


async def eventually(seen: Callable[[], bool]) -> None:
    """Wait for something to be so; five seconds at most."""
    async with asyncio.timeout(5):
        while not seen():
            await asyncio.sleep(0.005)


def settings_for(server: MailServer, **more: str) -> Mapping[str, str]:
    return {"host": "127.0.0.1", "port": str(server.port), "security": "plain", **more}
