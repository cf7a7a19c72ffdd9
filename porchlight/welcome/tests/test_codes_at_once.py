"""T23, T26. Many presses at the same moment: a code opens one session, a number gets three codes, and guesses are five."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client

from porchlight.accounts.models import Token
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.welcome import sign_in
from porchlight.welcome.tests.conftest import BASE, NUMBER, ask, code_sent


def maple_street() -> School:
    """With Mr Yousaf's phone, committed, so that every thread sees it."""
    school = cast.maple_street()
    with school_context(school):
        cast.account(school, "office_phone")
        cast.home(school, 1)
    return school


def at_once[T](times: int, one: Callable[[int], T]) -> list[T]:
    """What each came to, let go together."""
    ready = threading.Barrier(times)

    def run(number: int) -> T:
        ready.wait(timeout=30)
        try:
            return one(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def sessions() -> int:
    """How many somebody is signed in with."""
    return sum(1 for session in Session.objects.all() if SESSION_KEY in session.get_decoded())


def twenty_presses(code_of: Callable[[str], str]) -> list[str]:
    """One browser's form, sent twenty times at once; where each was led."""
    school = maple_street()
    father = Client()
    ask(father)
    with school_context(school):
        code = code_of(code_sent())
    cookie = father.cookies["porchlight-session"].value

    def press(_: int) -> str:
        browser = Client()
        browser.cookies["porchlight-session"] = cookie
        answer = browser.post(f"{BASE}/sign-in/code/", {"code": code})
        return answer.headers.get("Location", str(answer.status_code))

    return at_once(20, press)


def right_ones() -> tuple[int, int]:
    """How many of twenty came in, and how many are signed in."""
    return twenty_presses(lambda code: code).count(f"{BASE}/"), sessions()


def guesses() -> tuple[set[str], int, int]:
    """What twenty guesses were told, the tries that are left, and how many are signed in."""
    led = twenty_presses(lambda code: f"{(int(code) + 1) % 1_000_000:06d}")
    return set(led), Token.objects.get().tries_left, sessions()


def codes_to_one_number() -> tuple[set[int], int]:
    """Asked for by thirty-two browsers at thirty-two places: what each was told, and how many went out."""
    school = maple_street()

    def asked(number: int) -> int:
        return ask(Client(), NUMBER, REMOTE_ADDR=f"198.51.100.{number}").status_code

    told = set(at_once(32, asked))
    with school_context(school):
        return told, Delivery.objects.filter(to=NUMBER).count()


AT_ONCE = [(right_ones, (1, 1)), (guesses, ({"422"}, 0, 0)), (codes_to_one_number, ({302}, 3))]


@pytest.mark.parametrize(("many", "come_to"), AT_ONCE)
@pytest.mark.django_db(transaction=True)
def test_t23_t26_at_the_same_moment_on_sqlite(many: Callable[[], object], come_to: object) -> None:
    assert many() == come_to


@pytest.mark.parametrize(("many", "come_to"), AT_ONCE)
@pytest.mark.postgres
def test_t23_t26_at_the_same_moment_on_postgresql(many: Callable[[], object], come_to: object) -> None:
    assert many() == come_to


def test_t26_ten_codes_a_day_to_one_number(db: None, clock) -> None:
    school = maple_street()
    for _ in range(16):
        ask(Client())
        clock.shift(timedelta(minutes=25))
    with school_context(school):
        assert Delivery.objects.filter(to=NUMBER).count() == 10
    clock.move_to(TUESDAY + timedelta(days=1, seconds=1))
    ask(Client())
    with school_context(school):
        assert Delivery.objects.filter(to=NUMBER).count() == 11


def test_t26_for_one_school_a_day_texts_have_an_end(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts cost money: past the school's measure whoever asks is told to ring."""
    maple_street()
    monkeypatch.setattr(sign_in, "FOR_ONE_SCHOOL", sign_in.Rate(2, timedelta(days=1)))
    asked = [
        ask(Client(), f"+44770090080{number}", REMOTE_ADDR=f"198.51.100.{number}").status_code
        for number in range(3)
    ]
    assert asked == [302, 302, 429]
