"""What somebody had typed when their session was over comes back in its form, to them and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from porchlight.accounts.proving import end_after
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.design.refilling import refilled
from porchlight.welcome.tests.conftest import BASE, ask, code_sent, come_in, enter, shares_the_phone

WORDS = 'He slept badly. "Zara" & I <b>wonder</b> why.'
SHOWN = "He slept badly. &quot;Zara&quot; &amp; I &lt;b&gt;wonder&lt;/b&gt; why."


@pytest.fixture(autouse=True)
def _as_in_earnest(settings) -> None:
    settings.FAMILY_IDLE = timedelta(minutes=30)


def thread(town: Town) -> str:
    return f"{BASE}/messages/about/{town.yousaf.student.key}/"


def typed_too_late(client: Client, town: Town, clock) -> str:
    come_in(client)
    clock.shift(timedelta(minutes=31))
    return client.post(thread(town), {"text": WORDS}).headers["Location"]


def test_a_familys_words_come_back_after_signing_in_again(town: Town, client: Client, clock) -> None:
    there = typed_too_late(client, town, clock)
    assert there == f"{BASE}/sign-in/?next={thread(town).replace('/', '%2F')}"
    client.post(there, {"written": "+447700900001"})
    back = enter(client, code_sent())
    assert back.headers["Location"] == thread(town)
    page = client.get(thread(town)).content.decode()
    assert SHOWN in page
    assert "Your words are still here" in page or "آپ کی بات" in page
    assert not Message.objects.exists()  # nobody sent it for them
    assert SHOWN not in client.get(thread(town)).content.decode()  # once
    client.post(thread(town), {"text": WORDS})
    assert Message.objects.get().text == WORDS


def test_whoever_else_comes_in_on_this_browser_never_sees_them(town: Town, client: Client, clock) -> None:
    mother = shares_the_phone(town)
    come_in(client)
    client.post(f"{BASE}/sign-in/person/", {"person": town.yousaf.guardian.key})
    clock.shift(timedelta(minutes=31))
    client.post(thread(town), {"text": WORDS})
    ask(client)
    enter(client, code_sent())
    client.post(f"{BASE}/sign-in/person/", {"person": mother.key})
    assert SHOWN not in client.get(thread(town)).content.decode()
    assert "held_words" not in client.session


def test_they_stand_sealed_in_the_session(town: Town, client: Client, clock) -> None:
    typed_too_late(client, town, clock)
    assert "slept" not in str(dict(client.session.items()))


def test_a_colleagues_words_come_back_too(town: Town, clock) -> None:
    user = town.amal.user
    user.set_password("four quiet cups of tea")
    user.save()
    EmailAddress.objects.update(verified=True)
    client = browser_of(town.amal)
    session = client.session
    end_after(session, timedelta(hours=12), idle=timedelta(hours=1))
    session.save()
    url = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    clock.shift(timedelta(hours=1, seconds=1))
    away = client.post(url, {"text": WORDS})
    assert away.status_code == 302
    back = client.post(away.headers["Location"], {"login": user.email, "password": "four quiet cups of tea"})
    assert back.headers["Location"] == url
    assert SHOWN in client.get(url).content.decode()
    assert not Message.objects.exists()


FORMS = """<main><form method="post"><input type="hidden" name="ask" value="K4">
<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2"></form>
<form method="post" action="/x/"><textarea name="text">
old</textarea><input name="line" value="as it was"><input type="checkbox" name="tick" checked>
<select name="of"><option value="p" selected>P</option><option value="q">Q &amp; R</option></select>
<input type="password" name="secret"></form></main>"""


def test_the_form_is_the_one_that_was_sent_and_everything_else_stays_letter_for_letter() -> None:
    filled = refilled(
        FORMS, {"text": ["n<w"], "of": ["q"], "secret": ["x"]}, action="/x/", here="/y/", note="<p>note</p>"
    )
    assert filled is not None
    kept, changed = filled.split("</form>")[:2]
    assert kept == FORMS.split("</form>")[0]
    assert changed == (
        '\n<form method="post" action="/x/"><p>note</p><textarea name="text">\nn&lt;w</textarea>'
        '<input name="line" value="as it was"><input type="checkbox" name="tick">\n<select name="of">'
        '<option value="p">P</option><option value="q" selected>Q &amp; R</option></select>\n'
        '<input type="password" name="secret">'
    )
    answered = refilled(FORMS, {"ask": ["K4"], "a": ["2"]}, action="/y/", here="/y/", note="")
    assert answered is not None
    assert (
        '<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>' in answered
    )
    assert refilled(FORMS, {"ask": ["K5"], "a": ["2"]}, action="/y/", here="/y/", note="") is None
