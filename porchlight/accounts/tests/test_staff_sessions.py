"""T24, T27. A colleague's session: how long it lasts, what ends it, and that its key is new whenever more was proved."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from porchlight.accounts.models import User
from porchlight.accounts.tests.identity_kit import MAIL, PASSWORD, amal

__all__ = ["amal"]

NEXT = "four quiet cups of tea"


def come_in(client: Client, password: str = PASSWORD) -> Client:
    answer = client.post("/accounts/login/", {"login": MAIL, "password": password})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


def key_of(client: Client) -> str:
    return client.cookies["porchlight-session"].value


def number_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_t24_an_idle_hour_ends_it(amal: User, settings) -> None:
    settings.STAFF_IDLE = timedelta(hours=1)
    with time_machine.travel("2026-10-13 08:00:00Z", tick=False) as clock:
        busy, idle = come_in(Client()), come_in(Client())
        for _ in range(3):
            clock.shift(timedelta(minutes=40))
            assert is_in(busy)
        assert not is_in(idle)
        clock.shift(timedelta(hours=1, seconds=1))
        assert not is_in(busy)


def test_t27_every_session_ends_when_a_password_is_forgotten_and_chosen_anew(amal: User) -> None:
    elsewhere = come_in(Client())
    Client().post("/accounts/password/reset/", {"email": MAIL})
    link = re.search(r"http://testserver(/\S+/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    person = Client()
    form = person.get(link, follow=True).redirect_chain[-1][0]
    done = person.post(form, {"password1": NEXT, "password2": NEXT})
    assert done.status_code == 302
    assert not is_in(elsewhere)
    assert not is_in(person)  # the link lets nobody in: they come in with what they chose
    assert is_in(come_in(Client(), NEXT))
    assert Client().get(link, follow=True).context["token_fail"]


def test_t24_the_link_to_a_new_password_is_good_for_an_hour_and_once(amal: User) -> None:
    with time_machine.travel("2026-10-13 08:00:00Z", tick=False) as clock:
        Client().post("/accounts/password/reset/", {"email": MAIL})
        link = re.search(r"http://testserver(/\S+/password/reset/key/\S+)", mail.outbox[-1].body)[1]
        scanner = Client()
        for _ in range(5):
            scanner.head(link)
            scanner.get(link)
        assert "form" in Client().get(link, follow=True).context  # T22: a scanner has used nothing up
        clock.shift(timedelta(hours=1, seconds=1))
        assert Client().get(link, follow=True).context["token_fail"]


@pytest.mark.django_db(transaction=True)
def test_t27_a_second_step_taken_away_ends_the_other_sessions(amal: User) -> None:
    here, elsewhere = come_in(Client()), come_in(Client())
    Authenticator.objects.create(
        user=amal, type=Authenticator.Type.TOTP, data={"secret": totp.generate_totp_secret()}
    )
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert is_in(elsewhere)
    here.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_t27_it_ends_where_no_page_was_asked_for_since_they_came_in(amal: User) -> None:
    """Nothing lists that session yet; the sum it was opened with does not fit any more."""
    here, unlisted = come_in(Client()), Client()
    unlisted.force_login(amal, backend="django.contrib.auth.backends.ModelBackend")
    here.post("/accounts/sessions/")
    assert (is_in(here), is_in(unlisted)) == (True, False)


def test_t27_switched_off_is_out_everywhere_at_once(amal: User) -> None:
    clients = [come_in(Client()) for _ in range(3)]
    User.objects.update(is_active=False)
    assert not any(map(is_in, clients))


@pytest.mark.django_db(transaction=True)
def test_t27_the_key_is_new_after_each_step(amal: User, settings) -> None:
    client = Client()
    client.get("/accounts/login/")
    keys = []
    come_in(client)
    keys.append(key_of(client))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    keys.append(key_of(client))
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": number_now(secret)})
    keys.append(key_of(client))
    with time_machine.travel(timedelta(minutes=1)):
        client.post("/accounts/2fa/reauthenticate/", {"code": number_now(secret)})
    keys.append(key_of(client))
    assert len(set(keys)) == 4
    for old in keys[:-1]:
        thief = Client()
        thief.cookies["porchlight-session"] = old
        assert not is_in(thief)
    assert is_in(client)


def test_t24_t27_over_https_its_cookies_are_this_hosts_alone_and_quiet_has_an_end() -> None:
    say = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        " s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_SECURE, s.STAFF_IDLE, s.FAMILY_IDLE)"
    )
    env = {
        **os.environ,
        "PORCHLIGHT_BASE_URL": "https://school.example.org",
        "DJANGO_SETTINGS_MODULE": "porchlight.config.settings",
    }
    said = subprocess.run([sys.executable, "-c", say], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [
        "__Host-session",
        "True",
        "True",
        "Lax",
        "/",
        "None",
        "True",
        "1:00:00",
        "0:30:00",
    ]


def test_t27_one_of_several_is_ended_from_the_list(amal: User) -> None:
    here, there = come_in(Client()), come_in(Client())
    assert is_in(there)
    page = here.get("/accounts/sessions/")
    other = next(row for row in page.context["sessions"] if row.session_key == key_of(there))
    assert f'name="one" value="{other.pk}"' in page.content.decode()
    here.post("/accounts/sessions/", {"one": other.pk})
    assert (is_in(here), is_in(there)) == (True, False)
