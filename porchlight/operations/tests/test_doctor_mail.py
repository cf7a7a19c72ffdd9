"""What `porchlight doctor` says about the server's own mail: asked of a real mail server, which gets nothing to send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from porchlight.delivery.gateways.email.tests.mail_server import RESET, MailServer
from porchlight.delivery.gateways.tests.loopback import nobody_listens
from porchlight.operations.doctor import mail
from porchlight.operations.findings import Finding

type Examined = Callable[[str], list[Finding]]

LOGIN = "office%40maple:three%3Acups"


@contextmanager
def mail_server(**says: str) -> Iterator[MailServer]:
    """A mail server in a thread of its own, which wants a login."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = MailServer(says=says, offers=("AUTH PLAIN",))
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(5)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def examined(safe_settings: Any, mail_through: Callable[[str], None]) -> Examined:
    def examine(url: str) -> list[Finding]:
        mail_through(url)
        return list(mail.findings())

    return examine


def said(found: list[Finding]) -> list[tuple[str, str]]:
    assert all(one.mend.strip() for one in found)
    return [(one.severity.value, one.words) for one in found]


def test_a_server_that_lets_us_in_is_well_and_gets_no_mail(examined: Examined) -> None:
    with mail_server() as server:
        assert examined(f"smtp://{LOGIN}@127.0.0.1:{server.port}") == []
        assert server.logins
        assert (server.mails, server.heard[-1]) == ([], "QUIT")


def test_without_a_server_it_says_what_cannot_be_done_and_who_gets_in_all_the_same(
    examined: Examined,
) -> None:
    [found] = examined("")
    assert found.severity.value == "look"
    assert found.words == (
        "No mail server is set: no colleague can sign in with a code by mail, or is told of a changed password."
    )
    assert "PORCHLIGHT_MAIL_URL" in found.mend
    assert "porchlight staff invite" in found.mend


def test_a_wrong_password_is_told_from_a_server_that_does_not_answer(examined: Examined) -> None:
    with mail_server(AUTH="535 5.7.8 no") as server:
        assert said(examined(f"smtp://{LOGIN}@127.0.0.1:{server.port}")) == [
            ("wrong", "The mail server does not accept the name or the password.")
        ]
    with mail_server(GREETING=RESET) as server:
        assert said(examined(f"smtp://127.0.0.1:{server.port}")) == [
            ("wrong", "The mail server does not answer.")
        ]
    nobody = asyncio.run(nobody_listens()).rpartition(":")[2].strip("/")
    assert said(examined(f"smtp://127.0.0.1:{nobody}")) == [("wrong", "The mail server does not answer.")]


def test_another_protection_than_the_servers_is_said(examined: Examined) -> None:
    with mail_server() as server:
        assert said(examined(f"smtps://127.0.0.1:{server.port}")) == [
            ("wrong", "The mail server and Porchlight do not agree on how to protect what they say.")
        ]


def test_a_sender_nobody_can_answer_is_said_but_not_in_the_demo(
    examined: Examined, safe_settings: Any
) -> None:
    safe_settings.DEFAULT_FROM_EMAIL = "Porchlight <porchlight@localhost>"
    with mail_server() as server:
        url = f"smtp://127.0.0.1:{server.port}"
        assert said(examined(url)) == [
            ("look", "Mail to colleagues comes from a mailbox at localhost, which most servers refuse.")
        ]
        safe_settings.DEMO = True
        assert examined(url) == []
