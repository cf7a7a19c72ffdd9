"""T26. Who tries a colleague's door again and again is stopped, and cannot keep the colleague out by it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client

from porchlight.accounts.models import User
from porchlight.accounts.tests.identity_kit import MAIL, PASSWORD, amal

__all__ = ["amal"]


def try_to(client: Client, password: str, place: str = "203.0.113.1") -> bool:
    """Whether it opened."""
    answer = client.post("/accounts/login/", {"login": MAIL, "password": password}, REMOTE_ADDR=place)
    return answer.status_code == 302


def test_t26_a_browser_that_came_in_before_still_does_while_others_are_stopped(amal: User) -> None:
    hers = Client()
    assert try_to(hers, PASSWORD)
    hers.post("/accounts/logout/")
    for number in range(12):
        try_to(Client(), "a guess", place=f"198.51.100.{number}")
    assert not try_to(Client(), PASSWORD)
    assert try_to(hers, PASSWORD)


def test_t26_in_that_browser_guesses_are_counted_as_well(amal: User) -> None:
    hers = Client()
    try_to(hers, PASSWORD)
    hers.post("/accounts/logout/")
    assert not any(try_to(hers, "a guess") for _ in range(5))
    assert not try_to(hers, PASSWORD)


def test_t26_what_a_browser_keeps_is_nobody_elses_and_names_nobody(amal: User) -> None:
    hers, other = Client(), Client()
    try_to(hers, PASSWORD)
    kept = hers.cookies["porchlight-known"]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/accounts/")
    assert "amal" not in kept.value
    for _ in range(5):
        try_to(Client(), "a guess")
    other.cookies["porchlight-known"] = kept.value[:-2] + "xx"
    assert not try_to(other, PASSWORD)


def test_t26_mails_that_anybody_can_ask_for_are_few_and_do_not_keep_her_out(amal: User) -> None:
    hers = Client()
    try_to(hers, PASSWORD)
    hers.post("/accounts/logout/")
    mail.outbox.clear()
    pages = set()
    for number in range(8):
        cache.clear()  # allauth's own count, which is not exact, is not what is tested
        asked = Client().post(
            "/accounts/password/reset/", {"email": MAIL}, REMOTE_ADDR=f"198.51.100.{number}"
        )
        pages.add((asked.status_code, asked.url))
    assert len(mail.outbox) == 5
    assert len(pages) == 1
    cache.clear()
    hers.post("/accounts/login/code/", {"email": MAIL})
    code = mail.outbox[-1].body.split("open:")[1].strip().splitlines()[0]
    assert hers.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302


def race() -> list[bool]:
    """Thirty-two wrong passwords for one mailbox at once, from as many places; which were looked at."""
    User.objects.create_user(MAIL, PASSWORD)
    cache.clear()

    def one(number: int) -> bool:
        try:
            page = Client().post(
                "/accounts/login/", {"login": MAIL, "password": "a guess"}, REMOTE_ADDR=f"198.51.100.{number}"
            )
            return "Too many tries" not in page.content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(32)))


@pytest.mark.django_db(transaction=True)
def test_t26_thirty_two_guesses_at_once_are_five_on_sqlite() -> None:
    assert sum(race()) == 5


@pytest.mark.postgres
def test_t26_thirty_two_guesses_at_once_are_five_on_postgresql() -> None:
    assert sum(race()) == 5
