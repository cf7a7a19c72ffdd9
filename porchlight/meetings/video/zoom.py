"""Zoom's Meeting API with a server-to-server app of the school's: POST /oauth/token (account_credentials), then
POST /v2/users/{user}/meetings, PATCH, GET and DELETE /v2/meetings/{id}.

Families wait until the host lets them in. The host's own address opens the meeting as that Zoom user and lasts two
hours: it is fetched shortly before the start and handed to nobody else. One Zoom user holds one meeting at a time, so
each colleague needs their own, or takes turns on one.
Source: developers.zoom.us/docs/api/meetings and /docs/internal-apps/s2s-oauth.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import ClassVar
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from porchlight.meetings.video import meanings
from porchlight.meetings.video.contract import (
    Access,
    Answer,
    Call,
    Carry,
    Comer,
    Meaning,
    NoRoom,
    Place,
    Plan,
    RoomGone,
    SettingField,
)
from porchlight.meetings.video.places import base_of, leads_to
from porchlight.meetings.video.tokens import bearer, forget, mark_of

API, SIGN_IN = "https://api.zoom.us", "https://zoom.us"
HOSTS = ("zoom.us", "zoom.com")
SCHEDULED = 2  # Zoom's word for a meeting at a time
CODES: Mapping[int, Meaning] = {
    124: meanings.WRONG_KEY,
    200: meanings.NOT_ALLOWED,
    1001: meanings.NOBODY_THERE,
    1010: meanings.NOBODY_THERE,
    4700: meanings.NOT_ALLOWED,
    4711: meanings.NOT_ALLOWED,
}
NO_MEETING = 3001
GRANTS = ("invalid_client", "invalid_grant", "invalid_request", "unsupported_grant_type")


class Zoom:
    """A school's account at Zoom."""

    name: ClassVar[str] = "zoom"
    label: ClassVar[str] = "Zoom"
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField("account_id", _("Account ID"), _("From your server-to-server app in Zoom’s marketplace.")),
        SettingField("client_id", _("Client ID"), _("From the same page.")),
        SettingField("client_secret", _("Client secret"), _("From the same page."), True),
        SettingField(
            "user", _("Whose meetings"),
            _("The e-mail address of one Zoom user, who then holds one meeting at a time. Empty: each colleague has a "
              "Zoom sign-in with the address they use here."), required=False,
        ),
        SettingField("base_url", _("Its address"), _("Leave this empty for Zoom’s own."), required=False, leads=True),
    )  # fmt: skip
    privacy: ClassVar[str] = _(
        "From there the browser talks to Zoom, a company that may keep who spoke when, and from where."
    )
    cost: ClassVar[str] = _("Zoom charges for each colleague who holds meetings there; families pay nothing.")
    ahead: ClassVar[timedelta] = timedelta(days=14)
    looks_again: ClassVar[bool] = True

    def check(self, access: Access, carry: Carry) -> None:
        user = access.settings.get("user") or "me"
        _asked(Call("GET", f"{base_of(access, API)}/v2/users/{quote(user)}", {}), access, carry)

    def make(self, plan: Plan, access: Access, carry: Carry) -> Place:
        user = access.settings.get("user") or plan.host_mail or "me"
        url = f"{base_of(access, API)}/v2/users/{quote(user)}/meetings"
        answer = _asked(Call("POST", url, {}, json=_written(plan)), access, carry)
        return _place(answer.said, access)

    def change(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        url = f"{base_of(access, API)}/v2/meetings/{quote(place['id'])}"
        _asked(Call("PATCH", url, {}, json=_written(plan)), access, carry)
        return {name: value for name, value in place.items() if name != "host"}

    def renew(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        answer = _asked(
            Call("GET", f"{base_of(access, API)}/v2/meetings/{quote(place['id'])}", {}), access, carry
        )
        return {**place, **_place(answer.said, access), "host": _host(answer.said, access)}

    def end(self, plan: Plan, place: Place, access: Access, carry: Carry) -> None:
        url = f"{base_of(access, API)}/v2/meetings/{quote(place['id'])}?schedule_for_reminder=false"
        try:
            _asked(Call("DELETE", url, {}), access, carry)
        except RoomGone:
            return

    def address(self, plan: Plan, place: Place, access: Access, comer: Comer) -> str:
        return place.get("host") or place["join"] if comer.is_host else place["join"]


def _written(plan: Plan) -> dict[str, object]:
    return {
        "topic": plan.name,
        "type": SCHEDULED,
        "start_time": f"{plan.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "duration": plan.minutes,
        "settings": {
            "waiting_room": True,
            "join_before_host": False,
            "mute_upon_entry": False,
            "auto_recording": "none",
            "meeting_authentication": False,
            "registrants_email_notification": False,
        },
    }


def _asked(call: Call, access: Access, carry: Carry) -> Answer:
    settings, secret = access.settings, access.secrets.get("client_secret", "")
    mark = mark_of(
        "zoom", base_of(access, API), settings.get("account_id", ""), settings.get("client_id", ""), secret
    )
    token = bearer(mark, lambda: _sign_in(access), carry, _refused_token)
    answer = carry(Call(call.method, call.url, {"Authorization": f"Bearer {token}"}, call.json))
    if answer.status in {200, 201, 204}:
        return answer
    code = answer.said.get("code") if isinstance(answer.said, dict) else None
    if code == NO_MEETING:
        raise RoomGone(meanings.BUSY, "3001")
    if answer.status == 401:
        forget(mark)
        raise NoRoom(meanings.BUSY if code == 124 else meanings.WRONG_KEY, f"{code or 401}")
    if answer.status == 429:
        daily = answer.retry_after is None and "daily" in str(answer.said).lower()
        raise NoRoom(meanings.USED_UP if daily else meanings.BUSY, "429", retry_after=answer.retry_after)
    meaning = CODES.get(code) if isinstance(code, int) else None
    raise NoRoom(
        meaning or meanings.by_status(answer.status),
        str(code or f"http_{answer.status}"),
        retry_after=answer.retry_after,
    )


def _sign_in(access: Access) -> Call:
    pair = f"{access.settings['client_id']}:{access.secrets['client_secret']}"
    own = access.settings.get("base_url", "").rstrip("/")
    return Call(
        "POST",
        f"{own or SIGN_IN}/oauth/token",
        {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"},
        form={"grant_type": "account_credentials", "account_id": access.settings["account_id"]},
    )


def _refused_token(answer: Answer) -> NoRoom:
    code = str(answer.said.get("error", "")) if isinstance(answer.said, dict) else ""
    if code in GRANTS:
        return NoRoom(meanings.WRONG_KEY, code)
    return NoRoom(
        meanings.by_status(answer.status),
        code[:60] or f"http_{answer.status}",
        retry_after=answer.retry_after,
    )


def _place(said: object, access: Access) -> Place:
    """What is kept for everybody: never the host's own address."""
    match said:
        case {"id": int(number), "join_url": str(join)} if _is_zooms(join, access):
            return {"id": str(number), "join": join}
    raise NoRoom(meanings.ASKED_WRONGLY, "answer")


def _host(said: object, access: Access) -> str:
    match said:
        case {"start_url": str(start)} if _is_zooms(start, access):
            return start
    return ""


def _is_zooms(address: str, access: Access) -> bool:
    return leads_to(address, access, lambda host: host.endswith((".zoom.us", ".zoom.com")) or host in HOSTS)


company = Zoom()
