"""An account elsewhere, walked to and back in a real browser: each page of it pictured, checked, in three languages."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from playwright.sync_api import Page, expect

from porchlight.accounts.models import User
from porchlight.accounts.tests.identity_kit import MAIL, PASSWORD, providers, town
from practice import ThreadedTown
from tests.browser import axe, in_views, look, no_sideways_scroll, one_of_ours

__all__ = ["providers", "town"]

pytestmark = pytest.mark.browser


@pytest.fixture
def amal(transactional_db: None) -> User:
    cache.clear()
    return User.objects.create_user(MAIL, PASSWORD, name="Ms Amal")


@pytest.fixture
def google(town: ThreadedTown, live_server) -> ThreadedTown:
    """It sends people back to the server of this test."""
    town.identity("google", callbacks=[f"{live_server.url}/accounts/with/google/back/"])
    return town


def seen(page: Page, name: str) -> None:
    one_of_ours(page)
    no_sideways_scroll(page)
    look(page, f"other-accounts-{name}")
    for _view in in_views(page, name):
        axe(page)


def says_at_google(page: Page, words: str = "Amal Haddad") -> None:
    page.wait_for_url("**/identity/google/authorize**")
    page.get_by_role("button", name=words).click()


def goes_on(page: Page) -> None:
    page.locator("form[action$='/with/google/'] button").click()


def test_an_account_is_connected_opens_the_door_and_is_taken_away(
    page: Page, amal: User, google: ThreadedTown
) -> None:
    page.goto("/accounts/login/")
    seen(page, "door")
    goes_on(page)
    says_at_google(page)
    expect(page.locator("h1")).to_have_text("Nobody comes in with that yet")
    seen(page, "unknown")
    page.goto("/accounts/login/")
    page.fill("#id_login", MAIL)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Come in").click()
    page.goto("/accounts/3rdparty/")
    seen(page, "none-yet")
    goes_on(page)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()
    goes_on(page)
    says_at_google(page)
    expect(page.locator("body")).to_contain_text("Connected. From now on it opens your sign-in.")
    seen(page, "connected")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out here").click()
    page.goto("/accounts/login/")
    goes_on(page)
    says_at_google(page)
    page.goto("/accounts/3rdparty/")
    page.get_by_role("button", name="Take it away").click()
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()
    expect(page.locator("body")).to_contain_text("It opens nothing here any more")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("language", ["en", "ur", "es"])
def test_what_comes_between_and_what_goes_wrong_in_every_language(
    page: Page, amal: User, google: ThreadedTown, language: str
) -> None:
    page.goto("/accounts/login/")
    if language != "en":
        page.locator(f".langs button[value={language}]").click()
    page.route("**/identity/google/authorize**", lambda route: route.fulfill(status=204))
    goes_on(page)
    seen(page, f"on-the-way-{language}")
    page.unroute("**/identity/google/authorize**")
    page.locator("main a.btn").click()
    says_at_google(page, "I do not want to")
    page.wait_for_url("**/login/cancelled/")
    seen(page, f"cancelled-{language}")
    google.identity("google", rude="unsigned")
    page.goto("/accounts/login/")
    goes_on(page)
    says_at_google(page)
    assert page.locator("html").get_attribute("lang") == language
    seen(page, f"refused-{language}")
    google.identity("google", rude="")
