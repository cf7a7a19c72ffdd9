"""T23. A code is kept one way, stands in no log, and is worth nothing at another school or for another purpose."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client

from porchlight.accounts.models import Token
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.welcome import links, sign_in
from porchlight.welcome.invitations import invited
from porchlight.welcome.tests.conftest import BASE, NUMBER, ask, code_sent, enter


@pytest.fixture
def asked(town: Town) -> tuple[Client, str, str]:
    """A browser that asked, the mark it keeps, and the code."""
    father = Client()
    ask(father)
    return father, father.session["sign_in_mark"], code_sent()


def test_t23_it_is_kept_one_way(asked: tuple[Client, str, str]) -> None:
    _, mark, code = asked
    assert re.fullmatch(r"\d{6}", code)
    kept = str(list(Token.objects.values_list()))
    assert mark not in kept
    assert f"'{code}'" not in kept


def test_t23_at_another_school_it_is_no_code(town: Town, asked: tuple[Client, str, str]) -> None:
    father, mark, code = asked
    other = cast.maple_street("oak-lane")
    cast.home(other, 1)  # the same number is known there, too
    assert sign_in.address_for_code(school=other, mark=mark, code=code, now=TUESDAY) is None
    assert father.post("/oak-lane/sign-in/code/", {"code": code}).status_code == 422
    assert enter(father, code).status_code == 302


def test_t23_for_another_purpose_it_is_nothing(town: Town, asked: tuple[Client, str, str]) -> None:
    _, mark, code = asked
    for secret in (code, mark, f"{mark}:{code}"):
        assert links.look_up(secret, school=town.school, now=TUESDAY) is None
        assert invited(secret, school=town.school, now=TUESDAY) is None
        assert Client().get(f"{BASE}/n/{secret.replace(':', '')}/").status_code == 404


@pytest.mark.parametrize("tampered", ["", "00000", "0000000", "abcdef", "١٢", "' OR 1=1", "-12345", "1e5000"])
def test_t23_what_is_no_code_is_refused_and_costs_no_try(
    asked: tuple[Client, str, str], tampered: str
) -> None:
    father, _, code = asked
    assert enter(father, tampered).status_code == 422
    assert Token.objects.get().tries_left == 5
    assert enter(father, code).status_code == 302


def test_t23_a_mark_changed_on_the_way_opens_nothing(town: Town, asked: tuple[Client, str, str]) -> None:
    _, mark, code = asked
    for other in (mark[:-1], mark[:-1] + ("a" if mark[-1] != "a" else "b"), mark.upper(), ""):
        assert sign_in.address_for_code(school=town.school, mark=other, code=code, now=TUESDAY) is None


def test_t23_it_stands_in_no_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    father = Client()
    with caplog.at_level(logging.DEBUG):
        ask(father)
        code, mark = code_sent(), father.session["sign_in_mark"]
        enter(father, "999999" if code != "999999" else "888888")
        enter(father, code)
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert said
    for line in said:
        assert code not in line
        assert mark not in line
        assert NUMBER not in line
    assert code not in str(list(Delivery.objects.values_list("parcel__service_kind", flat=True)))


def test_t22_its_pages_are_kept_nowhere_and_tell_nobody_where_they_were(
    asked: tuple[Client, str, str],
) -> None:
    page = asked[0].get(f"{BASE}/sign-in/code/")
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "strict-origin"
