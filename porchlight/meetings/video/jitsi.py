"""Jitsi Meet on a server of the school's own: a room is a name nobody guesses, so nothing is called to make one.

Where the server wants a token (prosody's `token_verification`), each person gets their own: HS256, {"aud", "iss",
"sub", "room", "nbf", "exp", "context": {"user": …}}; only a host's says that they moderate. The lobby is the server's:
`context.room.lobby` and `lobby_bypass` are read by its token modules, and the host's page says how to switch it on by
hand where they are not installed. Source: the lib-jitsi-meet tokens document and jitsi-contrib's prosody plugins.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import jwt
from django.utils.translation import gettext_noop as _

from porchlight.meetings.video import meanings
from porchlight.meetings.video.contract import (
    ROOMS,
    STAYS_OPEN,
    Access,
    Call,
    Carry,
    Comer,
    NoRoom,
    Place,
    Plan,
    SettingField,
)

EARLY = timedelta(minutes=20)


class Jitsi:
    """A school's own server, or a district's."""

    name: ClassVar[str] = "jitsi"
    label: ClassVar[str] = "Jitsi Meet"
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "base_url", _("Its address"), _("Of your own server, such as https://meet.your-school.org."), leads=True
        ),
        SettingField(
            "app_id", _("Application’s name"),
            _("Only where the server asks for tokens (JWT_APP_ID): then nobody comes in without us."),
            required=False,
        ),
        SettingField(
            "app_secret", _("Application’s secret"), _("JWT_APP_SECRET of the server."), True, required=False
        ),
        SettingField(
            "audience", _("Audience"), _("What the server accepts (JWT_ACCEPTED_AUDIENCES)."), required=False,
            default="jitsi",
        ),
    )  # fmt: skip
    privacy: ClassVar[str] = _("From there the browser talks to the school’s own server and to no company.")
    cost: ClassVar[str] = _("No company is paid; the server is yours to run.")
    ahead: ClassVar[timedelta] = timedelta(days=14)
    looks_again: ClassVar[bool] = False

    def check(self, access: Access, carry: Carry) -> None:
        answer = carry(Call("GET", f"{_base(access)}/config.js", {}))
        if answer.status != 200:
            code = f"http_{answer.status}"
            raise NoRoom(meanings.by_status(answer.status), code, retry_after=answer.retry_after)
        if b"hosts" not in answer.content:
            raise NoRoom(meanings.WRONG_PLACE, "no_jitsi")

    def make(self, plan: Plan, access: Access, carry: Carry) -> Place:
        drawn = hmac.new(
            access.secrets[ROOMS].encode(), f"jitsi:{plan.key}".encode(), hashlib.sha256
        ).digest()
        return {"room": f"porch{base64.b32encode(drawn)[:26].decode().lower()}"}

    def change(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        return place

    def renew(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        return place

    def end(self, plan: Plan, place: Place, access: Access, carry: Carry) -> None:
        """A room is there as long as somebody is in it."""

    def address(self, plan: Plan, place: Place, access: Access, comer: Comer) -> str:
        address = f"{_base(access)}/{quote(place['room'])}"
        if access.settings.get("app_id") and access.secrets.get("app_secret"):
            return f"{address}?jwt={_token(plan, place['room'], access, comer)}#{_how()}"
        return f"{address}#{_how()}&userInfo.displayName={quote(json.dumps(comer.name))}"


def _how() -> str:
    """Named rooms are not shown to others, and everybody sees themselves before they go in."""
    return "config.prejoinConfig.enabled=true&config.disableDeepLinking=true"


def _token(plan: Plan, room: str, access: Access, comer: Comer) -> str:
    user: dict[str, Any] = {"id": comer.key, "name": comer.name, "affiliation": "member"}
    if comer.is_host:
        user |= {"affiliation": "owner", "moderator": True, "lobby_bypass": True}
    claims = {
        "aud": access.settings.get("audience") or "jitsi",
        "iss": access.settings["app_id"],
        "sub": urlsplit(_base(access)).hostname or "*",
        "room": room,
        "nbf": int((plan.starts_at - EARLY).timestamp()),
        "exp": int((plan.ends_at + STAYS_OPEN).timestamp()),
        "context": {"user": user, "room": {"lobby": True}},
    }
    return jwt.encode(claims, access.secrets["app_secret"], algorithm="HS256")


def _base(access: Access) -> str:
    return access.settings["base_url"].rstrip("/")


company = Jitsi()
