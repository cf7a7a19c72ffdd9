"""T25. Asking for a way in takes as long for whom we do not know as for whom we do.

`PORCHLIGHT_T25_PAIRS=500` measures, the two in turn; a few pairs, as by default, only count the work. The medians may
differ by 10 ms at most.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.models import User
from porchlight.conversations.tests.conftest import Town
from porchlight.welcome.tests.conftest import BASE

PAIRS = int(os.environ.get("PORCHLIGHT_T25_PAIRS", "2"))
ENOUGH_TO_MEASURE = 100
MOST_APART = 0.010  # seconds


def place(number: int, known: bool) -> str:
    """Where a request comes from: each from somewhere else, so that none is one too many."""
    return f"198.51.{100 + known}.{number % 250 + 1}"


def a_familys_code(town: Town, number: int, known: bool) -> Callable[[], None]:
    """A code for a number nobody has; the known ones are each another home's. There are a thousand such numbers."""
    written = f"+4477009{(number + 2) if known else (503 + number % 490):05d}"
    if known:
        town.home(number + 2)
    browser = Client(REMOTE_ADDR=place(number, known))
    return lambda: _posted(browser, f"{BASE}/sign-in/", {"written": written})


def a_wrong_password(town: Town, number: int, known: bool) -> Callable[[], None]:
    """A colleague's sign-in, with a password that is not theirs."""
    mailbox = f"{'known' if known else 'other'}{number:05d}@example.org"
    if known:
        user = User.objects.create_user(mailbox, "four quiet cups of tea", name="Known")
        EmailAddress.objects.update_or_create(
            user=user, email=mailbox, defaults={"verified": True, "primary": True}
        )
    browser = Client(REMOTE_ADDR=place(number, known))
    return lambda: _posted(browser, "/accounts/login/", {"login": mailbox, "password": "not this one"})


def _posted(browser: Client, path: str, data: dict[str, str]) -> None:
    assert browser.post(path, data).status_code in {200, 302}


@pytest.mark.parametrize("ask", [a_familys_code, a_wrong_password])
def test_t25_it_takes_as_long_for_a_stranger(
    town: Town, ask: Callable[[Town, int, bool], Callable[[], None]]
) -> None:
    for known in (True, False):  # the first of the day makes what is kept
        ask(town, PAIRS, known)()
    took: dict[bool, list[float]] = {True: [], False: []}
    work: dict[bool, set[int]] = {True: set(), False: set()}
    for number in range(PAIRS):
        for known in (True, False) if number % 2 else (False, True):
            request = ask(town, number, known)
            with CaptureQueriesContext(connection) as queries:
                begun = perf_counter()
                request()
                took[known].append(perf_counter() - begun)
            work[known].add(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    assert work[True] == work[False], work
    if PAIRS >= ENOUGH_TO_MEASURE:
        apart = abs(median(took[True]) - median(took[False]))
        assert apart < MOST_APART, f"{1000 * apart:.1f} ms apart"
