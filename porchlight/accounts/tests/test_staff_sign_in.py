"""Staff sign-in tells strangers nothing, counts wrong passwords exactly, and nobody signs up alone."""

import logging
import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.accounts.unsent import NoServer

MAIL, PASSWORD = "amal@example.org", "three cups of tea"


@pytest.fixture
def amal(db: None) -> User:
    return User.objects.create_user(MAIL, PASSWORD, name="Ms Amal")


def try_to(client: Client, password: str, login: str = MAIL, **extra: str):
    return client.post("/accounts/login/", {"login": login, "password": password}, **extra)


def test_nobody_signs_up(db: None) -> None:
    client = Client()
    page = client.get("/accounts/signup/")
    assert "Staff come in by invitation" in page.content.decode()
    client.post(
        "/accounts/signup/", {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.exists()


def test_t25_known_and_unknown_mailboxes_get_the_same_page(amal: User) -> None:
    pages = [try_to(Client(), "not this one", login=login) for login in (MAIL, "nobody@example.org")]
    assert {page.status_code for page in pages} == {200}
    assert len({tuple(page.context["form"].non_field_errors()) for page in pages}) == 1
    asked = [Client().post("/accounts/login/code/", {"email": login}) for login in (MAIL, "no@example.org")]
    assert len({(page.status_code, page.url) for page in asked}) == 1
    reset = [Client().post("/accounts/password/reset/", {"email": m}) for m in (MAIL, "no@example.org")]
    assert len({(page.status_code, page.url) for page in reset}) == 1


def test_t26_five_wrong_passwords_and_right_ones_cost_nothing(amal: User) -> None:
    with time_machine.travel("2026-10-13 08:00:00Z", tick=False) as clock:
        for _ in range(7):
            assert try_to(Client(), PASSWORD).status_code == 302
        assert [try_to(Client(), "wrong").status_code for _ in range(5)] == [200] * 5
        assert "Too many tries" in try_to(Client(), PASSWORD).content.decode()
        assert try_to(Client(), PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 200  # not by moving
        clock.shift(timedelta(minutes=5))
        assert try_to(Client(), PASSWORD).status_code == 302


def test_t26_one_place_may_not_try_many_mailboxes(amal: User) -> None:
    for number in range(20):
        try_to(Client(), "wrong", login=f"someone{number}@example.org")
    assert "Too many tries" in try_to(Client(), PASSWORD).content.decode()
    spoofed = try_to(Client(), PASSWORD, headers={"X-Forwarded-For": "203.0.113.7"})
    assert spoofed.status_code == 200
    assert try_to(Client(), PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_t26_one_line_is_one_place_whichever_of_its_addresses_asks(amal: User) -> None:
    for number in range(20):
        try_to(Client(), "wrong", login=f"y{number}@example.org", REMOTE_ADDR=f"2001:db8:1:2::{number}")
    assert try_to(Client(), PASSWORD, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 200
    assert try_to(Client(), PASSWORD, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_t26_behind_a_trusted_proxy_its_word_counts_and_no_other(amal: User, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        forged = f"198.51.100.{number}, 203.0.113.7"
        try_to(Client(), "wrong", login=f"x{number}@example.org", headers={"X-Forwarded-For": forged})
    assert try_to(Client(), PASSWORD, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 200
    assert try_to(Client(), PASSWORD, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 302


def test_a_code_by_mail_works_for_who_was_invited(amal: User) -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": MAIL})
    code = mail.outbox[-1].body.split("open:")[1].strip().splitlines()[0]
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert client.get("/accounts/2fa/").status_code == 200


def test_t25_a_mail_server_that_refuses_shows_nobody_whom_we_know_and_the_log_says_what_to_do(
    amal: User, mail_through: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:  # a port that is certainly nobody's
        taken.bind(("127.0.0.1", 0))
        mail_through(f"smtp://127.0.0.1:{taken.getsockname()[1]}")
        asked = [
            Client().post("/accounts/login/code/", {"email": login}) for login in (MAIL, "no@example.org")
        ]
        reset = [Client().post("/accounts/password/reset/", {"email": m}) for m in (MAIL, "no@example.org")]
    assert len({(page.status_code, page.url) for page in asked}) == 1
    assert len({(page.status_code, page.url) for page in reset}) == 1
    assert "was not sent (ConnectionRefusedError)" in caplog.text
    assert "porchlight doctor" in caplog.text
    assert MAIL not in caplog.text


@pytest.mark.parametrize(
    "weak", ["eleven sign", "password1234", "ms amal@example.org", "amal@example.org", "y" * 129]
)
def test_t21_passwords_that_are_refused(weak: str) -> None:
    user = User(name="Ms Amal", email=MAIL)
    with pytest.raises(ValidationError):
        validate_password(weak, user)


@pytest.mark.parametrize("fine", ["three cups of tea", "چائے کے تین پیالے", "y" * 127 + "z", "           🫖"])
def test_t21_passwords_that_are_taken(fine: str) -> None:
    assert validate_password(fine, User(name="Ms Amal", email=MAIL)) is None


def test_without_a_mail_server_the_log_says_so_and_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert NoServer(alias="default").send_messages([EmailMessage("s", "b", to=[MAIL])]) == 0
    assert "PORCHLIGHT_MAIL_URL" in caplog.text
    assert MAIL not in caplog.text


def test_pages_are_in_the_language_of_who_is_signed_in(amal: User) -> None:
    client = Client(headers={"Accept-Language": "es"})
    client.force_login(amal, backend="django.contrib.auth.backends.ModelBackend")
    assert '<html lang="en"' in client.get("/accounts/2fa/").content.decode()
    client.post("/design/language/", {"language": "ur", "next": "/accounts/2fa/"})
    amal.refresh_from_db()
    assert amal.language == "ur"
    elsewhere = browser_of(amal)
    page = elsewhere.get("/accounts/2fa/")
    assert '<html lang="ur" dir="rtl">' in page.content.decode()
    assert page.headers["Content-Language"] == "ur"
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/abc/"])
def test_mailboxes_are_not_changed_here(client, db, path: str) -> None:
    assert client.get("/accounts/login/").status_code == 200
    assert client.get(f"/accounts/{path}").status_code == 404
    assert (
        client.post(f"/accounts/{path}", {"email": "other@example.org", "action_add": ""}).status_code == 404
    )


def test_who_forgot_the_password_is_helped_under_its_field(db: None) -> None:
    page = Client().get("/accounts/login/").content.decode()
    label, field, help_text = (
        page.index(words) for words in ("Password</label>", 'type="password"', "Forgotten your password?")
    )
    assert label < field < help_text
    assert 'id="id_password_helptext"' in page
