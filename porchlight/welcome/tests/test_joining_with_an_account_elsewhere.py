"""T20. A new colleague takes up the invitation with an account they have elsewhere: proved there, pressed here, no password."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount

from porchlight.accounts.models import User
from porchlight.accounts.tests.identity_kit import Browser, providers, town
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.conftest import town as maple_street
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.models import StaffMember
from porchlight.welcome.invitations import invite
from porchlight.welcome.tests.conftest import BASE
from practice import ThreadedTown

__all__ = ["maple_street", "providers", "town"]

SAM = 1  # among the provider's people


@pytest.fixture
def newcomer(maple_street: Town) -> StaffMember:
    return StaffMember.objects.create(school=maple_street.school, name="Mr Bello", email="bello@example.org")


@pytest.fixture
def link(maple_street: Town, newcomer: StaffMember) -> str:
    return invite(newcomer, by=maple_street.okafor.actor(), now=TUESDAY, base_url="")


def prove(browser: Browser, link: str, who: int = SAM) -> str:
    """From the invitation to the provider and back; where it leads."""
    return browser.walk(who=who, process="redirect", next=link).headers["Location"]


def test_t20_proved_there_and_pressed_here(town: ThreadedTown, link: str, newcomer: StaffMember) -> None:
    browser = Browser()
    assert "Go on with Google" in browser.client.get(link).content.decode()
    assert prove(browser, link) == link
    assert not SocialAccount.objects.exists()  # coming back alone changes nothing
    page = browser.client.get(link).content.decode()
    assert "You come in with Google." in page
    assert 'type="password"' not in page
    joined = browser.client.post(link, {"email": "bello@example.org"})
    assert joined.headers["Location"] == "/accounts/2fa/"
    newcomer.refresh_from_db()
    assert not newcomer.user.has_usable_password()
    assert browser.client.get(f"{BASE}/desk/").status_code == 200
    later = Browser()
    later.walk(who=SAM)
    assert later.client.get(f"{BASE}/desk/").status_code == 200


def test_t20_what_was_proved_is_this_browsers_for_ten_minutes(town: ThreadedTown, link: str, clock) -> None:
    browser = Browser()
    prove(browser, link)
    refused = Browser().client.post(link, {"email": "bello@example.org"})
    assert refused.status_code == 422  # another browser is asked for a password
    clock.shift(timedelta(minutes=10))
    assert browser.client.post(link, {"email": "bello@example.org"}).status_code == 422
    assert not User.objects.filter(email="bello@example.org").exists()


def test_t20_rather_with_a_password(town: ThreadedTown, link: str, newcomer: StaffMember) -> None:
    browser = Browser()
    prove(browser, link)
    browser.client.post(link, {"not_that": "1"})
    browser.client.post(link, {"email": "bello@example.org", "password": "three cups of tea"})
    newcomer.refresh_from_db()
    assert newcomer.user.has_usable_password()
    assert not SocialAccount.objects.exists()


def test_t20_of_two_who_proved_the_same_one_is_told(
    town: ThreadedTown, maple_street: Town, link: str, newcomer: StaffMember
) -> None:
    other = StaffMember.objects.create(school=maple_street.school, name="Ms Chen", email="chen@example.org")
    second_link = invite(other, by=maple_street.okafor.actor(), now=TUESDAY, base_url="")
    first, second = Browser(), Browser()
    prove(first, link)
    prove(second, second_link)
    first.client.post(link, {"email": "bello@example.org"})
    refused = second.client.post(second_link, {"email": "chen@example.org"})
    assert refused.status_code == 422
    assert "opens somebody’s sign-in already" in refused.content.decode()
    assert not User.objects.filter(email="chen@example.org").exists()
    other.refresh_from_db()
    assert other.user is None


def test_t20_somebody_who_is_known_comes_in_and_takes_the_post(
    town: ThreadedTown, maple_street: Town, link: str, newcomer: StaffMember
) -> None:
    first = Browser()
    prove(first, link)
    first.client.post(link, {"email": "bello@example.org"})
    again = StaffMember.objects.create(school=maple_street.school, name="Mr Bello, evenings")
    second_link = invite(again, by=maple_street.okafor.actor(), now=TUESDAY, base_url="")
    browser = Browser()
    assert prove(browser, second_link) == second_link
    browser.client.post(second_link, {"as_me": "1"})
    again.refresh_from_db()
    newcomer.refresh_from_db()
    assert again.user == newcomer.user
