"""T22. Programs that look at links before people do: they get no session, no name, no content, and use nothing up."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page

from porchlight.accounts.models import Token, User
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.models import StaffMember
from porchlight.welcome.invitations import invite
from porchlight.welcome.links import make_links
from porchlight.welcome.tests.conftest import BASE, ask, code_sent, enter

TEXT = "Hamza read to the whole class today."
NAMES = ("Hamza", "Yousaf", "read to the", "Amal")
LOOKS = (
    {},
    {"headers": {"Sec-Purpose": "prefetch;prerender"}},
    {"headers": {"Purpose": "prefetch", "X-Moz": "prefetch"}},
    {"headers": {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)"}},
    {"headers": {"User-Agent": "facebookexternalhit/1.1"}},
)


@pytest.fixture
def notice(town: Town) -> str:
    message = reply(
        thread=town.thread, text=TEXT, language="en", by=town.amal.actor(), now=TUESDAY, kind="good_news"
    )
    return make_links(town.school, {town.yousaf.guardian.pk: [message]})[town.yousaf.guardian.pk]


@pytest.fixture
def invitation(town: Town) -> str:
    bello = StaffMember.objects.create(school=town.school, name="Mr Bello", email="bello@example.org")
    return invite(bello, by=town.okafor.actor(), now=TUESDAY, base_url="")


def signed_in() -> int:
    return sum(1 for session in Session.objects.all() if SESSION_KEY in session.get_decoded())


def scanned(path: str) -> str:
    """All that a scanner saw."""
    scanner = Client()
    answers = [scanner.head(path)]
    answers += [scanner.get(path, **look) for look in LOOKS]
    assert {answer.status_code for answer in answers} == {200}
    assert "porchlight-session" not in scanner.cookies
    return "".join(answer.content.decode() for answer in answers)


def test_t22_a_notice_link_is_looked_at_and_then_opened(town: Town, notice: str) -> None:
    before = list(Token.objects.values_list())
    seen = scanned(notice)
    assert not any(name in seen for name in NAMES)
    assert list(Token.objects.values_list()) == before
    assert TEXT in Client().post(notice, follow=True).content.decode()


def test_t22_an_invitation_is_looked_at_and_then_taken_up(town: Town, invitation: str) -> None:
    """Its page greets who was invited by name, as the letter that brought it does; nothing else is on it."""
    before, people = list(Token.objects.values_list()), User.objects.count()
    seen = scanned(invitation)
    assert not any(name in seen for name in NAMES)
    assert (list(Token.objects.values_list()), User.objects.count(), signed_in()) == (before, people, 0)
    person = Client()
    person.post(invitation, {"email": "bello@example.org", "password": "three cups of tea"})
    assert signed_in() == 1


def test_t22_a_code_cannot_be_used_up_by_looking(town: Town) -> None:
    father = Client()
    ask(father)
    for _ in range(5):
        father.get(f"{BASE}/sign-in/code/")
        father.head(f"{BASE}/sign-in/code/")
        father.get(f"{BASE}/sign-in/code/", {"code": code_sent()})
    assert signed_in() == 0
    assert enter(father, code_sent()).status_code == 302
    assert signed_in() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_t22_a_browser_that_runs_scripts_and_presses_nothing_opens_nothing(
    page: Page, live_server, town: Town, notice: str, invitation: str
) -> None:
    before = list(Token.objects.values_list())
    for path in (notice, invitation, f"{BASE}/sign-in/"):
        page.goto(f"{live_server.url}{path}", wait_until="networkidle")
        assert not any(name in page.content() for name in NAMES)
    assert not [one for one in page.context.cookies() if "session" in one["name"]]
    assert list(Token.objects.values_list()) == before
    assert TEXT in Client().post(notice, follow=True).content.decode()
