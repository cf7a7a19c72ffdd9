"""Identity providers on loopback: OpenID Connect as Google, Microsoft, Clever and ClassLink speak it.

Each name under `/identity/<realm>/` is a provider of its own, with its own issuer and its own key:

GET  /identity/<realm>/.well-known/openid-configuration   discovery
GET  /identity/<realm>/jwks                               its public keys
GET  /identity/<realm>/authorize                          the page "Who are you?"
POST /identity/<realm>/authorize                          … and its answer: back with a code
POST /identity/<realm>/token                              the code, once, for an id_token

POST /control/identity/<realm>/   {"client_id", "client_secret", "callbacks": […], "people": [{"sub", "name", "email"}],
                                   "rude": any of practice.identity_tokens.RudeIdentity, "until": seconds a token lasts}
"""

from __future__ import annotations

import base64
import binascii
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from aiohttp import web

from practice.errors import Mistake
from practice.identity_realms import Code, Person, Realm
from practice.identity_tokens import RudeIdentity, challenge_of, published, signed
from practice.markup import el
from practice.page_parts import form, frame, hidden, mistake
from practice.town import Town

CODE_LASTS = 60  # seconds
ELSEWHERE = "https://somebody-else.example.org"


class Identity:
    """Every provider of the town."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def routes(self) -> list[web.RouteDef]:
        at = "/identity/{realm:[a-z][a-z0-9-]*}"
        return [
            web.get(f"{at}/.well-known/openid-configuration", self.discovery),
            web.get(f"{at}/jwks", self.keys),
            web.get(f"{at}/authorize", self.page),
            web.post(f"{at}/authorize", self.chosen),
            web.post(f"{at}/token", self.token),
            web.post("/control/identity/{realm:[a-z][a-z0-9-]*}/", self.set_up),
        ]

    def issuer(self, realm: Realm) -> str:
        return f"{self.town.url}/identity/{realm.name}"

    def _realm(self, request: web.Request) -> Realm:
        """The provider of this address; not there until somebody set it up."""
        realm = self.town.identity.known(request.match_info["realm"])
        if realm is None:
            raise web.HTTPNotFound(text="No identity provider of this name was set up.")
        return realm

    async def set_up(self, request: web.Request) -> web.Response:
        try:
            realm = self.town.identity.change(request.match_info["realm"], await request.json())
        except (Mistake, ValueError) as problem:
            return web.json_response({"error": str(problem)}, status=400)
        return web.json_response({"issuer": self.issuer(realm), "people": len(realm.people)})

    async def discovery(self, request: web.Request) -> web.Response:
        realm = self._realm(request)
        here = self.issuer(realm)
        return web.json_response({
            "issuer": ELSEWHERE if realm.rude is RudeIdentity.OTHER_NAME else here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        })  # fmt: skip

    async def keys(self, request: web.Request) -> web.Response:
        return web.json_response(published(self._realm(request).name))

    async def page(self, request: web.Request) -> web.Response:
        """Who are you? As a provider shows it to somebody who uses it on a shared computer."""
        realm, asked = self._realm(request), dict(request.query)
        realm.asked.append(asked)
        if wrong := _not_as_agreed(realm, asked):
            return _page(mistake(wrong, self.town.clock, "/"), 400)
        title = f"Sign in with {realm.name.capitalize()}"
        choices = [
            form(
                request.path,
                *(hidden(name, value) for name, value in asked.items()),
                hidden("person", person.sub),
                el("button", person.name, " ", el("span", person.email, class_="small"), class_="btn quiet"),
            )
            for person in realm.people
        ]
        refusal = form(
            request.path,
            *(hidden(name, value) for name, value in asked.items()),
            el("button", "I do not want to", class_="btn quiet sm"),
        )
        return _page(frame(title, self.town.clock, el("h1", title), *choices, refusal, here="/"))

    async def chosen(self, request: web.Request) -> web.Response:
        """Back to the school with a code, or with a no."""
        said = {name: str(value) for name, value in (await request.post()).items()}
        realm = self._realm(request)
        if wrong := _not_as_agreed(realm, said):
            return _page(mistake(wrong, self.town.clock, "/"), 400)
        person = next((one for one in realm.people if one.sub == said.get("person")), None)
        back = {"state": said.get("state", "")}
        if realm.rude is RudeIdentity.OTHER_STATE:
            back["state"] = secrets.token_urlsafe(12)
        if realm.rude is not RudeIdentity.NO_SENDER:
            elsewhere = realm.rude is RudeIdentity.OTHER_SENDER
            back["iss"] = ELSEWHERE if elsewhere else self.issuer(realm)
        if person is None or realm.rude is RudeIdentity.DENIED:
            back["error"] = "access_denied"
        else:
            back["code"] = self._code(realm, person, said)
        raise web.HTTPFound(f"{said['redirect_uri']}?{urlencode(back)}")

    def _code(self, realm: Realm, person: Person, said: Mapping[str, str]) -> str:
        code = secrets.token_urlsafe(24)
        realm.codes[code] = Code(
            person, said["redirect_uri"], said.get("nonce", ""), said["code_challenge"], time.time()
        )
        return code

    async def token(self, request: web.Request) -> web.Response:
        """The code for an id_token: once, within a minute, with the right secret and the right proof of PKCE."""
        realm = self._realm(request)
        if realm.rude is RudeIdentity.BROKEN:
            return web.Response(status=500, text="out of order")
        if realm.rude is RudeIdentity.LEADS_ELSEWHERE:
            raise web.HTTPTemporaryRedirect(f"{self.issuer(realm)}-twin/token")
        said = {name: str(value) for name, value in (await request.post()).items()}
        if _client(request, said) != (realm.client_id, realm.client_secret):
            return web.json_response({"error": "invalid_client"}, status=401)
        code = realm.codes.pop(said.get("code", ""), None)
        if (
            code is None
            or code.made_at + CODE_LASTS < time.time()
            or code.callback != said.get("redirect_uri")
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        if challenge_of(said.get("code_verifier", "")) != code.challenge:
            return web.json_response({"error": "invalid_grant"}, status=400)
        realm.handed_out += 1
        answer: dict[str, Any] = {
            "access_token": secrets.token_urlsafe(24),
            "token_type": "Bearer",
            "expires_in": 60,
        }
        if realm.rude is not RudeIdentity.NO_ID_TOKEN:
            answer["id_token"] = signed(realm.name, self._claims(realm, code), realm.rude)
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    def _claims(self, realm: Realm, code: Code) -> dict[str, Any]:
        """What is said of the person, or what a rude day makes of it."""
        now, rude = int(time.time()), realm.rude
        claims: dict[str, Any] = {
            "iss": ELSEWHERE if rude is RudeIdentity.OTHER_ISSUER else self.issuer(realm),
            "sub": code.person.sub,
            "aud": realm.client_id,
            "iat": now + (86_400 if rude is RudeIdentity.FROM_TOMORROW else 0),
            "exp": now + (-3600 if rude is RudeIdentity.EXPIRED else realm.until),
            "nonce": "somebody-elses" if rude is RudeIdentity.OTHER_NONCE else code.nonce,
            "name": code.person.name,
            "email": code.person.email,
            "email_verified": True,
        }
        if rude is RudeIdentity.OTHER_AUDIENCE:
            claims["aud"] = "another-program"
        if rude in {RudeIdentity.TWO_AUDIENCES, RudeIdentity.OTHER_PARTY}:
            claims["aud"] = [realm.client_id, "another-program"]
        if rude is RudeIdentity.OTHER_PARTY:
            claims["azp"] = "another-program"
        for left_out, name in ((RudeIdentity.NO_NONCE, "nonce"), (RudeIdentity.NO_SUBJECT, "sub")):
            if rude is left_out:
                del claims[name]
        return claims


def _not_as_agreed(realm: Realm, said: Mapping[str, str]) -> str:
    """What is wrong with a request to the page; empty when nothing is."""
    if said.get("client_id") != realm.client_id:
        return "No program is known here by that client id."
    if not realm.takes(said.get("redirect_uri", "")):
        return "That address was not registered for going back to."
    if said.get("response_type") != "code" or "openid" not in said.get("scope", "").split():
        return "Ask for response_type=code and the scope openid."
    if said.get("code_challenge_method") != "S256" or not said.get("code_challenge"):
        return "Ask with PKCE: a code_challenge, made with S256."
    return ""


def _client(request: web.Request, said: Mapping[str, str]) -> tuple[str, str]:
    """Id and secret of the program that asks, from the form or the header."""
    given = request.headers.get("Authorization", "")
    if given.startswith("Basic "):
        try:
            name, _, secret = base64.b64decode(given[6:]).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return unquote(name), unquote(secret)
    return said.get("client_id", ""), said.get("client_secret", "")


def _page(text: str, status: int = 200) -> web.Response:
    return web.Response(
        text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"}
    )
