"""The town's identity providers: discovery, keys, a code with PKCE, once; and whatever is not as agreed is refused."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import pytest

from practice import Mistake, ThreadedTown, town_in_thread
from practice.identity_tokens import challenge_of
from practice.tests.asking import ask, basic

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
BACK = "http://127.0.0.1:8000/accounts/with/town/back/"
WISH = {
    "client_id": "porchlight",
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": "openid email",
    "state": "s-1",
    "nonce": "n-1",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
TRADE = {
    "grant_type": "authorization_code",
    "client_id": "porchlight",
    "client_secret": "practice-secret",
    "redirect_uri": BACK,
    "code_verifier": VERIFIER,
}


@pytest.fixture(scope="module")
def running() -> Iterator[ThreadedTown]:
    with town_in_thread() as town:
        yield town


@pytest.fixture
def town(running: ThreadedTown) -> ThreadedTown:
    people = [{"sub": "1", "name": "Amal Haddad", "email": "amal@example.org"}]
    running.identity("town", people=people, rude="", callbacks=[BACK], until=3600)
    return running


def at(town: ThreadedTown, path: str) -> str:
    return f"{town.url}/identity/town/{path}"


def code_of(town: ThreadedTown, **changes: str) -> dict[str, str]:
    """What comes back to the school's address."""
    status, _, headers = ask("POST", at(town, "authorize"), form={**WISH, "person": "1", **changes})
    assert status == 302
    return dict(parse_qsl(urlsplit(headers["location"]).query))


def traded(town: ThreadedTown, code: str, **changes: str):
    return ask("POST", at(town, "token"), form={**TRADE, "code": code, **changes})[:2]


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    assert challenge_of(VERIFIER) == CHALLENGE


def test_it_describes_itself_where_the_standard_says(town: ThreadedTown) -> None:
    status, described, _ = ask("GET", at(town, ".well-known/openid-configuration"))
    assert status == 200
    assert described["issuer"] == f"{town.url}/identity/town"
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        assert described[name].startswith(described["issuer"])
    assert described["id_token_signing_alg_values_supported"] == ["RS256"]
    assert ask("GET", f"{town.url}/identity/nobody/jwks")[0] == 404


def test_a_code_is_an_id_token_that_its_published_key_proves(town: ThreadedTown) -> None:
    came = code_of(town)
    assert (came["state"], came["iss"]) == ("s-1", f"{town.url}/identity/town")
    status, tokens = traded(town, came["code"])
    assert status == 200
    key = jwt.PyJWK(ask("GET", at(town, "jwks"))[1]["keys"][0])
    claims = jwt.decode(tokens["id_token"], key, algorithms=["RS256"], audience="porchlight")
    assert (claims["iss"], claims["sub"], claims["nonce"]) == (f"{town.url}/identity/town", "1", "n-1")
    assert claims["exp"] - claims["iat"] == 3600
    assert traded(town, came["code"]) == (400, {"error": "invalid_grant"})  # once


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"code_verifier": "another" * 8}, 400),
        ({"code_verifier": ""}, 400),
        ({"redirect_uri": BACK + "x"}, 400),
        ({"client_secret": "a guess"}, 401),
        ({"client_id": "another"}, 401),
    ],
)
def test_a_code_is_worth_nothing_in_other_hands(town: ThreadedTown, changes: dict, status: int) -> None:
    code = code_of(town)["code"]
    assert traded(town, code, **changes)[0] == status


def test_the_programs_secret_may_stand_in_the_header(town: ThreadedTown) -> None:
    form = {**TRADE, "code": code_of(town)["code"]}
    del form["client_id"], form["client_secret"]
    named = basic("porchlight", "practice-secret")
    assert ask("POST", at(town, "token"), form=form, Authorization=named)[0] == 200
    assert ask("POST", at(town, "token"), form=form, Authorization="Basic ?")[0] == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://elsewhere.example.org/"},
        {"response_type": "token"},
        {"scope": "email"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
    ],
)
def test_a_wish_that_is_not_as_agreed_gets_a_page_and_no_way_back(town: ThreadedTown, changes: dict) -> None:
    wish = {**WISH, **changes}
    assert ask("GET", at(town, f"authorize?{urlencode(wish)}"))[0] == 400
    status, _, headers = ask("POST", at(town, "authorize"), form={**wish, "person": "1"})
    assert status == 400
    assert "location" not in headers


def test_its_page_asks_who_one_is_and_takes_a_no(town: ThreadedTown) -> None:
    status, page, _ = ask("GET", at(town, f"authorize?{urlencode(WISH)}"))
    assert status == 200
    assert "Amal Haddad" in page
    assert code_of(town, person="")["error"] == "access_denied"


def test_another_sites_page_cannot_press_there(town: ThreadedTown) -> None:
    form = {**WISH, "person": "1"}
    assert ask("POST", at(town, "authorize"), form=form, Origin="https://elsewhere.example.org")[0] == 403


def test_it_is_set_up_over_the_control_api(town: ThreadedTown) -> None:
    control = f"{town.url}/control/identity/second/"
    status, said, _ = ask("POST", control, {"people": [{"sub": "9", "name": "Sam"}], "rude": "alg-none"})
    assert (status, said) == (200, {"issuer": f"{town.url}/identity/second", "people": 1})
    for wrong in ({"rude": "very"}, {"colour": "red"}, {"people": [{"name": "no sub"}]}):
        status, said, _ = ask("POST", control, wrong)
        assert status == 400
        assert said["error"]
    for number in range(18):
        town.identity(f"realm-{number}")
    with pytest.raises(Mistake, match="room for 20"):
        town.identity("one-too-many")
