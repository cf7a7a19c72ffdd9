"""Staff pages open after a second step within twelve hours; before it, only the pages to take or leave it do."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from porchlight.accounts.models import User
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import colleague

MAIL, PASSWORD = "amal@example.org", "three cups of tea"
DESK = "/maple-street/desk/"


@pytest.fixture(autouse=True)
def _two_steps(settings) -> None:
    settings.SECOND_STEP = True


@pytest.fixture
def amal(db: None) -> User:
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    user = User.objects.create_user(MAIL, PASSWORD, name="Ms Amal")
    colleague(school, "Ms Amal", *Role, user=user)
    return user


def with_password(client: Client, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": MAIL, "password": password})


def number_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def set_up_the_app(client: Client) -> str:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    done = client.post("/accounts/2fa/totp/activate/", {"code": number_now(secret)})
    assert done.status_code == 302
    return secret


def test_t20_a_password_alone_reaches_no_staff_page(amal: User) -> None:
    client = Client()
    with_password(client)
    actor = Actor(Kind.STAFF, 0, None, frozenset(Role))
    walked = 0
    for path, opens_for in staff_pages():
        if opens_for(actor):
            walked += 1
            for answer in (client.get(path), client.post(path)):
                assert is_shut(answer), path
    assert walked > 15


def is_shut(answer) -> bool:
    """Sent to the second step; what only listens is told that it is over."""
    if answer.status_code == 302:
        return answer.url.startswith("/accounts/2fa/?next=")
    return answer.status_code == 405 or answer.content == b"event: over\ndata: \n\n"


def staff_pages(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/"):
    """Every address of a school with the door it has, made-up keys in it."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from staff_pages(entry.url_patterns, route)
        elif getattr(entry.callback, "opens_for", None):
            path = re.sub(r"<int:\w+>", "999999", route.replace("<slug:school>", "maple-street"))
            path = re.sub(r"<\w+:\w+>", "nobody234567", path)
            yield path, entry.callback.opens_for


@pytest.mark.django_db(transaction=True)
def test_t27_setting_up_an_app_opens_the_pages_of_this_session_and_ends_others(amal: User) -> None:
    here, elsewhere = Client(), Client()
    with_password(here)
    with_password(elsewhere)
    assert here.get(DESK).url == "/accounts/2fa/?next=%2Fmaple-street%2Fdesk%2F"
    assert "Set up a second step first" in here.get(DESK, follow=True).content.decode()
    set_up_the_app(here)
    assert here.get(DESK).status_code == 200
    assert "/accounts/login/" in elsewhere.get(DESK).url


def test_coming_in_asks_for_the_number_and_then_opens(amal: User, django_capture_on_commit_callbacks) -> None:
    first = Client()
    with_password(first)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_the_app(first)
    later = Client()
    with time_machine.travel(timedelta(minutes=1)):
        assert with_password(later).url == "/accounts/2fa/authenticate/"
        assert "login" in later.get(DESK).url  # not in yet
        wrong = later.post("/accounts/2fa/authenticate/", {"code": "000000"})
        assert wrong.status_code == 200
        later.post("/accounts/2fa/authenticate/", {"code": number_now(secret)})
        assert later.get(DESK).status_code == 200


def test_t20_a_code_by_mail_is_a_first_step_too_and_does_not_go_round_the_second(
    amal: User, django_capture_on_commit_callbacks
) -> None:
    first = Client()
    with_password(first)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_the_app(first)
    client = Client()
    client.post("/accounts/login/code/", {"email": MAIL})
    code = mail.outbox[-1].body.split("open:")[1].strip().splitlines()[0]
    assert client.post("/accounts/login/code/confirm/", {"code": code}).url == "/accounts/2fa/authenticate/"
    assert "login" in client.get(DESK).url


@pytest.mark.django_db(transaction=True)
def test_a_second_step_taken_long_ago_is_asked_for_again(
    amal: User, django_capture_on_commit_callbacks
) -> None:
    client = Client()
    with_password(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_the_app(client)
    session = client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    for record in records:
        record["at"] -= 12 * 60 * 60 + 1
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session.save()
    assert client.get(DESK).url == "/accounts/2fa/reauthenticate/?next=%2Fmaple-street%2Fdesk%2F"


def test_t24_a_staff_session_ends_after_twelve_hours_however_busy(amal: User, settings) -> None:
    settings.SECOND_STEP = False
    client = Client()
    with time_machine.travel("2026-10-13 08:00:00Z", tick=False) as clock:
        with_password(client)
        for _ in range(11):
            clock.shift(timedelta(hours=1))
            assert client.get("/accounts/2fa/").status_code == 200
            session = client.session
            session["busy"] = clock.__class__.__name__
            session.save()
        clock.shift(timedelta(hours=1, seconds=1))
        assert "login" in client.get(DESK).url


def test_t27_a_disabled_colleague_is_out_with_the_next_page(amal: User, settings) -> None:
    settings.SECOND_STEP = False
    client = Client()
    with_password(client)
    assert client.get(DESK).status_code == 200
    User.objects.update(is_active=False)
    assert "login" in client.get(DESK).url


def test_t27_a_new_password_ends_the_other_sessions(amal: User, settings) -> None:
    settings.SECOND_STEP = False
    here, elsewhere = Client(), Client()
    with_password(here)
    with_password(elsewhere)
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "four cups of tea", "password2": "four cups of tea"},
    )
    assert here.get(DESK).status_code == 200
    assert "login" in elsewhere.get(DESK).url


def test_signing_out_leaves_nothing_behind(amal: User) -> None:
    client = Client()
    with_password(client)
    left = client.post("/accounts/logout/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in left.headers["Cache-Control"]
