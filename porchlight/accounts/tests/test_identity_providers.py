"""T20. Colleagues come in with an account elsewhere: bound by issuer and subject, and whatever is not in order is refused."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.test import Client

from porchlight.accounts.identity.held import Held, bind
from porchlight.accounts.identity.provider import uid_of
from porchlight.accounts.models import User
from porchlight.accounts.tests.identity_kit import (
    MAIL,
    PASSWORD,
    PEOPLE,
    Browser,
    amal,
    in_the_address,
    providers,
    town,
)
from practice import ThreadedTown
from practice.identity_tokens import RudeIdentity, challenge_of

__all__ = ["amal", "providers", "town"]

REFUSED = [
    rude.value
    for rude in RudeIdentity
    if rude not in {RudeIdentity.NO, RudeIdentity.DENIED, RudeIdentity.TWO_AUDIENCES}
]


@pytest.fixture
def connected(town: ThreadedTown, amal: User) -> User:
    """Ms Amal has connected her account at Google."""
    issuer = f"{town.url}/identity/google"
    bind(amal, Held("google", uid_of(issuer, PEOPLE[0]["sub"]), MAIL, issuer))
    return amal


def test_t20_connected_once_it_opens_the_door_from_any_browser(town: ThreadedTown, amal: User) -> None:
    assert Browser().connect().headers["Location"] == "/accounts/3rdparty/"
    browser = Browser()
    assert browser.walk().status_code == 302
    assert browser.is_in
    kept = SocialAccount.objects.get()
    assert "248289761001" not in kept.uid
    assert kept.extra_data == {"issuer": f"{town.url}/identity/google", "shown_as": MAIL}
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()


def test_t20_an_address_alone_opens_nothing(town: ThreadedTown, amal: User) -> None:
    """The provider vouches for the same mailbox, verified; nobody connected it."""
    browser = Browser()
    refused = browser.walk()
    assert refused.status_code == 403
    assert "not connected with a sign-in here" in refused.content.decode()
    assert not browser.is_in
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_t20_the_same_subject_at_another_issuer_is_somebody_else(
    town: ThreadedTown, connected: User, settings
) -> None:
    assert Browser().walk("microsoft").status_code == 403
    other = {**settings.IDENTITY_PROVIDERS[1], "id": "google"}  # the same name here, set to another issuer
    settings.IDENTITY_PROVIDERS = [other]
    town.identity("microsoft", callbacks=["http://testserver/accounts/with/google/back/"])
    assert Browser().walk("google").status_code == 403


def test_t20_another_mailbox_for_the_same_subject_is_still_hers(town: ThreadedTown, connected: User) -> None:
    town.identity("google", people=[{**PEOPLE[0], "email": "amal.haddad@example.org"}])
    browser = Browser()
    assert browser.walk().status_code == 302
    assert browser.is_in


@pytest.mark.parametrize("rude", REFUSED)
def test_t20_what_is_not_in_order_is_refused(
    town: ThreadedTown, connected: User, rude: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser()
    address = browser.go()
    town.identity("google", rude=rude)
    refused = browser.follow(browser.chosen(address))
    assert refused.status_code == 401, rude
    assert "Nothing is changed" in refused.content.decode()
    assert not browser.is_in
    assert "was refused" in caplog.text
    assert MAIL not in caplog.text
    town.identity("google", rude="")
    assert browser.walk().status_code == 302  # the very same browser, once all is well


def test_t20_for_us_and_another_it_says_to_whom_it_was_handed(town: ThreadedTown, connected: User) -> None:
    browser = Browser()
    town.identity("google", rude="two-audiences")
    assert browser.walk().status_code == 401


def test_t20_who_says_no_there_is_told_so_and_stays_outside(town: ThreadedTown, connected: User) -> None:
    browser = Browser()
    town.identity("google", rude="denied")
    answer = browser.walk()
    assert answer.headers["Location"] == "/accounts/3rdparty/login/cancelled/"
    assert "nothing is changed here" in browser.client.get(answer.headers["Location"]).content.decode()
    assert not browser.is_in


def test_t20_every_way_there_has_a_state_a_nonce_and_a_challenge_of_its_own(town: ThreadedTown, db) -> None:
    asked = [in_the_address(Browser().go()) for _ in range(3)]
    for name in ("state", "nonce", "code_challenge"):
        assert len({one[name] for one in asked}) == 3
        assert all(len(one[name]) >= 16 for one in asked)
    assert {one["code_challenge_method"] for one in asked} == {"S256"}
    assert {one["response_type"] for one in asked} == {"code"}
    assert {frozenset(one["scope"].split()) for one in asked} == {frozenset({"openid", "email"})}


def test_t20_a_visitor_adds_nothing_to_what_is_asked(town: ThreadedTown, db: None) -> None:
    client = Client()
    answer = client.post("/accounts/with/google/?scope=drive&auth_params=nonce%3Dmine%26prompt%3Dnone")
    asked = in_the_address(answer.context["address"])
    assert asked["nonce"] != "mine"
    assert "prompt" not in asked
    assert "drive" not in asked["scope"]


def test_t20_the_state_is_this_browsers_and_good_once(town: ThreadedTown, connected: User) -> None:
    father, thief = Browser(), Browser()
    location = father.chosen(father.go())
    assert thief.follow(location).status_code == 401
    thief.go()
    assert thief.follow(location).status_code == 401
    assert not thief.is_in
    assert father.follow(location).status_code == 302
    father.client.post("/accounts/logout/")
    assert father.follow(location).status_code == 401
    without = location.replace("state=", "other=")
    assert Browser().follow(without).status_code == 401


def test_t20_a_stolen_code_is_worth_nothing_without_the_proof_kept_here(
    town: ThreadedTown, connected: User
) -> None:
    """A thief puts her code into a sign-in of his own: the provider asks for the proof of her browser."""
    her, thief = Browser(), Browser()
    hers = in_the_address(her.chosen(her.go()))["code"]
    address = thief.go()
    his = in_the_address(address)
    swapped = f"/accounts/with/google/back/?code={hers}&state={his['state']}&iss={town.url}/identity/google"
    assert thief.follow(swapped).status_code == 401
    assert not thief.is_in


def test_t20_with_two_providers_an_answer_of_one_is_not_taken_for_the_others(
    town: ThreadedTown, connected: User
) -> None:
    """Mix-up: Microsoft is hostile and sends the browser on to Google, to have Google's code brought to itself."""
    browser = Browser()
    started = in_the_address(browser.go("microsoft"))
    to_google = {
        **started,
        "client_id": "porchlight-at-google",
        "redirect_uri": "http://testserver/accounts/with/google/back/",
        "person": PEOPLE[0]["sub"],
    }
    there = f"{town.url}/identity/google/authorize"
    answer = requests.post(there, data=to_google, allow_redirects=False, timeout=5)
    at_google = answer.headers["Location"]
    handed_out = town.call(lambda inside: inside.identity.known("microsoft").handed_out)
    assert browser.follow(at_google).status_code == 401  # this state began at Microsoft
    at_microsoft = at_google.replace("/with/google/", "/with/microsoft/")
    assert browser.follow(at_microsoft).status_code == 401  # and here Google says that it answers
    assert not browser.is_in
    assert town.call(lambda inside: inside.identity.known("microsoft").handed_out) == handed_out


def test_t20_a_get_goes_nowhere_and_an_unknown_provider_is_not_there(town: ThreadedTown, db: None) -> None:
    asked_before = town.call(lambda inside: len(inside.identity.known("google").asked))
    client = Client()
    assert client.get("/accounts/with/google/").status_code == 405
    assert client.post("/accounts/with/yahoo/").status_code == 404
    assert client.get("/accounts/with/yahoo/back/").status_code == 404
    assert client.post("/accounts/with/google/", {"process": "elsewhere"}).status_code == 404
    assert town.call(lambda inside: len(inside.identity.known("google").asked)) == asked_before
    assert "sessionid" not in client.cookies


def test_t20_connecting_asks_first_whether_it_is_still_you(town: ThreadedTown, amal: User) -> None:
    browser = Browser()
    asked = browser.client.post("/accounts/with/google/", {"process": "connect"})
    assert asked.headers["Location"].startswith("/accounts/login/")
    browser.come_in()
    asked = browser.client.post("/accounts/with/google/", {"process": "connect"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")


def test_t20_an_account_opens_one_sign_in_alone(town: ThreadedTown, connected: User) -> None:
    User.objects.create_user("bello@example.org", PASSWORD)
    other = Browser()
    other.client.post("/accounts/login/", {"login": "bello@example.org", "password": PASSWORD})
    other.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = other.follow(other.walk(process="connect").headers["Location"])
    assert "opens somebody else’s sign-in already" in page.content.decode()
    assert SocialAccount.objects.get().user == connected


def test_t27_connecting_and_taking_away_end_the_other_sessions(town: ThreadedTown, amal: User) -> None:
    here, elsewhere = Browser(), Browser()
    elsewhere.come_in()
    here.connect()
    assert (here.is_in, elsewhere.is_in) == (True, False)
    elsewhere.walk()
    assert elsewhere.is_in
    account = SocialAccount.objects.get()
    page = here.client.get("/accounts/3rdparty/").content.decode()
    assert "Google" in page
    assert MAIL in page
    here.client.post("/accounts/3rdparty/", {"account": account.pk})
    assert not SocialAccount.objects.exists()
    assert (here.is_in, elsewhere.is_in) == (True, False)
    assert Browser().walk().status_code == 403


def test_t20_with_an_account_elsewhere_the_second_step_stays(
    town: ThreadedTown, connected: User, settings
) -> None:
    settings.SECOND_STEP = True
    browser = Browser()
    browser.walk()
    assert browser.client.get("/accounts/password/change/").headers["Location"].startswith("/accounts/2fa/")


def test_t20_the_way_there_is_a_page_that_no_policy_stops(town: ThreadedTown, db: None) -> None:
    client = Client()
    page = client.post("/accounts/with/google/")
    address = page.context["address"]
    assert f'content="0; url={address.replace("&", "&amp;")}"' in page.content.decode()
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
