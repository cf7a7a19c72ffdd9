"""Every page of signing in, as a staff member walks through them: looks, axe, strict policy, a real passkey."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from tests.browser import axe, in_views, look, no_sideways_scroll, one_of_ours

pytestmark = pytest.mark.browser

MAIL = "amal@example.org"
PASSWORD = "three cups of tea"


@pytest.fixture
def amal(transactional_db) -> User:
    cache.clear()  # allauth counts there how often this mailbox was tried, also by another test a moment ago
    return User.objects.create_user(MAIL, PASSWORD, name="Ms Amal")


def seen(page, name: str) -> None:
    """The page is one of ours, accessible in both themes and widths, and photographed."""
    one_of_ours(page)
    no_sideways_scroll(page)
    look(page, f"sign-in-{name}")
    for _view in in_views(page, name):
        axe(page)


def come_in(page) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", MAIL)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Come in").click()


def still_me(page) -> None:
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()


def session_of(user: User, url: str) -> dict[str, str]:
    """A browser's cookie for somebody who came in without a password."""
    client = browser_of(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def test_the_door(page, amal) -> None:
    page.goto("/accounts/login/")
    seen(page, "door")
    page.fill("#id_login", MAIL)
    page.fill("#id_password", "not this one")
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    seen(page, "door-refused")
    page.goto("/accounts/password/reset/")
    seen(page, "forgotten")
    page.goto("/accounts/password/reset/done/")
    seen(page, "forgotten-sent")
    page.goto("/accounts/inactive/")
    seen(page, "inactive")
    page.goto("/accounts/signup/")
    seen(page, "nobody-signs-up")


def test_a_forgotten_password_is_chosen_anew(page, amal) -> None:
    page.goto("/accounts/password/reset/")
    page.fill("#id_email", MAIL)
    page.locator("main form .btn").first.click()
    page.wait_for_url("**/password/reset/done/")
    link = re.search(r"https?://\S+/password/reset/key/\S+", mail.outbox[-1].body)
    assert link
    page.goto(link[0])
    seen(page, "password-anew")
    for field in page.locator("main input[type=password]").all():
        field.fill("four quiet cups of tea")
    page.locator("main form .btn").first.click()
    page.wait_for_url("**/password/reset/key/done/")
    seen(page, "password-kept")
    page.goto(link[0])
    seen(page, "password-link-over")


def test_a_first_password(page, amal) -> None:
    come_in(page)
    amal.set_unusable_password()
    amal.save()
    page.context.clear_cookies()
    page.context.add_cookies([session_of(amal, page.url)])
    page.goto("/accounts/password/set/")
    assert page.url.endswith("/password/set/")
    seen(page, "first-password")


@pytest.mark.parametrize(("language", "words"), [("ur", "اندر آئیں"), ("es", "Entrar")])
def test_the_door_in_another_language(page, amal, language: str, words: str) -> None:
    page.goto("/accounts/login/")
    page.locator(f".langs button[value={language}]").click()
    page.fill("#id_login", "who@example.org")
    page.fill("#id_password", "not this one")
    page.get_by_role("button", name=words).click()
    expect(page.locator("h1")).to_have_text(words)
    seen(page, f"door-refused-{language}")
    page.goto("/accounts/login/code/")
    seen(page, f"code-ask-{language}")


def test_a_code_by_mail_opens_the_door(page, amal) -> None:
    page.goto("/accounts/login/code/")
    seen(page, "code-ask")
    page.fill("#id_email", MAIL)
    page.get_by_role("button", name="Send me the code").click()
    seen(page, "code-write")
    assert f"We sent a code to {MAIL}. It works" in page.inner_text("main")
    code = re.search(r"^\S{4,}$", mail.outbox[0].body.split("open:")[1].strip().splitlines()[0])[0]
    page.fill("#id_code", code)
    page.get_by_role("button", name="That is my code").click()
    page.goto("/accounts/sessions/")
    seen(page, "sessions")
    assert page.locator("li").all_inner_texts()[0].startswith("Chrome, Linux")


def test_a_second_step_by_app_and_codes_on_paper(page, amal) -> None:
    come_in(page)
    page.goto("/accounts/2fa/")
    seen(page, "second-step")
    page.get_by_role("link", name="Set up the app").click()
    seen(page, "still-you")
    still_me(page)
    seen(page, "app")
    secret = page.locator("code").text_content()
    page.fill(
        "#id_code",
        totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))),
    )
    page.get_by_role("button", name="Use this app from now on").click()
    seen(page, "paper-codes")
    page.goto("/accounts/2fa/")
    seen(page, "second-step-on")
    assert "10 of 10 codes are left." in page.inner_text("main")
    page.goto("/accounts/2fa/recovery-codes/generate/")
    seen(page, "paper-codes-anew")
    page.goto("/accounts/2fa/reauthenticate/")
    seen(page, "still-you-by-app")
    page.goto("/accounts/2fa/totp/deactivate/")
    seen(page, "app-stop")
    page.goto("/accounts/password/change/")
    seen(page, "password")
    page.goto("/accounts/logout/")
    seen(page, "leave")
    page.get_by_role("button", name="Sign out here").click()
    come_in(page)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    seen(page, "second-step-asked")


def test_a_passkey_is_added_and_opens_the_door(page, amal, settings) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the live server speaks plain HTTP on localhost
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    come_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    still_me(page)
    seen(page, "passkey-add")
    page.fill("#id_name", "My phone")
    page.check("#id_passwordless")
    page.get_by_role("button", name="Add this passkey").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto("/accounts/2fa/webauthn/reauthenticate/")
    seen(page, "still-you-by-passkey")
    page.goto("/accounts/2fa/webauthn/")
    seen(page, "passkeys")
    page.get_by_role("link", name="Name it anew").click()
    seen(page, "passkey-name")
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Take it away").click()
    seen(page, "passkey-away")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out here").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.goto("/accounts/sessions/")
    expect(page.locator("h1")).to_have_text("Where you are signed in")
