"""T25. For a mailbox we know and one we do not: the same status, headers and words, the same queries, as many hashes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.models import User
from porchlight.accounts.tests.counting_hasher import CountingHasher
from porchlight.accounts.tests.identity_kit import MAIL, PASSWORD, amal

__all__ = ["amal"]

UNKNOWN = "nobody@example.org"  # as long as the other, so that pages weigh the same
BY_CHANCE = {"Set-Cookie", "X-Request-ID", "Content-Length", "Expires", "Date"}


@pytest.fixture(autouse=True)
def _hashes_are_counted(settings) -> None:
    settings.PASSWORD_HASHERS = ["porchlight.accounts.tests.counting_hasher.CountingHasher"]


def wrong_password(client: Client, mailbox: str) -> HttpResponse:
    return client.post("/accounts/login/", {"login": mailbox, "password": "not this one"})


def a_code_please(client: Client, mailbox: str) -> HttpResponse:
    return client.post("/accounts/login/code/", {"email": mailbox}, follow=True)


def forgotten(client: Client, mailbox: str) -> HttpResponse:
    return client.post("/accounts/password/reset/", {"email": mailbox}, follow=True)


def a_wrong_code(client: Client, mailbox: str) -> HttpResponse:
    a_code_please(client, mailbox)
    return client.post("/accounts/login/code/confirm/", {"code": "wrong"})


def one_too_many(client: Client, mailbox: str) -> HttpResponse:
    for _ in range(5):
        wrong_password(client, mailbox)
    return wrong_password(client, mailbox)


def shape_of(sql: str) -> str:
    """A statement without its values."""
    return " ".join(re.findall(r"SELECT|INSERT|UPDATE|DELETE|\"[a-z]+_[a-z]+\"(?!\.)", sql)[:2])


def seen_from_outside(answer: HttpResponse, mailbox: str) -> tuple[object, ...]:
    """All that whoever asks can see, but for what is new on every page."""
    headers = {name: value for name, value in answer.headers.items() if name not in BY_CHANCE}
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", answer.content.decode())
    return answer.status_code, answer.redirect_chain if hasattr(answer, "redirect_chain") else "", headers, (
        body.replace(mailbox, "…")
    )  # fmt: skip


@pytest.mark.parametrize("ask", [wrong_password, a_code_please, forgotten, a_wrong_code, one_too_many])
def test_t25_nothing_tells_a_known_mailbox_from_another(
    amal: User, ask: Callable[[Client, str], HttpResponse]
) -> None:
    wrong_password(Client(), "first@example.org")  # so that neither of the two is the first of the day
    seen, work, hashes, mails = [], [], [], []
    for mailbox in (MAIL, UNKNOWN):
        CountingHasher.asked.clear()
        mail.outbox.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = ask(Client(), mailbox)
        seen.append(seen_from_outside(answer, mailbox))
        work.append([shape_of(one["sql"]) for one in queries if "SAVEPOINT" not in one["sql"]])
        hashes.append(len(CountingHasher.asked))
        mails.append(len(mail.outbox))
    assert seen[0] == seen[1]
    assert work[0] == work[1]
    assert hashes[0] == hashes[1]
    assert mails[0] == mails[1]


def test_t25_what_is_compared_would_show_a_difference(amal: User) -> None:
    """A right password is seen by all four."""
    CountingHasher.asked.clear()
    right = Client().post("/accounts/login/", {"login": MAIL, "password": PASSWORD})
    assert CountingHasher.asked
    assert seen_from_outside(right, MAIL) != seen_from_outside(wrong_password(Client(), MAIL), MAIL)
