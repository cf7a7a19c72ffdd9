"""Google Meet's API (v2): POST /v2/spaces makes a room, POST /v2/spaces/{name}:endActiveConference empties it.

A service account of the school's Google Workspace, allowed to act for colleagues ("domain-wide delegation"), signs in
for the host. A room has no hours, so a meeting that moves needs no call; people from outside the school knock and are
let in. No entry is made in any calendar of Google's.
Source: developers.google.com/workspace/meet/api/reference/rest/v2/spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines.service_accounts import key_of, statement
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

API = "https://meet.googleapis.com"
SCOPE = "https://www.googleapis.com/auth/meetings.space.created"
SPACE = re.compile(r"spaces/[A-Za-z0-9_-]{4,128}")
STATUSES: Mapping[str, Meaning] = {
    "PERMISSION_DENIED": meanings.NOT_ALLOWED,
    "RESOURCE_EXHAUSTED": meanings.BUSY,
    "UNAVAILABLE": meanings.BUSY,
    "UNAUTHENTICATED": meanings.BUSY,  # the token is over: asked again, it is another
}
GRANTS: Mapping[str, Meaning] = {
    "invalid_grant": meanings.NOBODY_THERE,  # most often: nobody of that address is in the organisation
    "unauthorized_client": meanings.NOT_ALLOWED,
    "access_denied": meanings.NOT_ALLOWED,
    "invalid_scope": meanings.NOT_ALLOWED,
    "invalid_client": meanings.WRONG_KEY,
}


class GoogleMeet:
    """A school's Google Workspace."""

    name: ClassVar[str] = "google_meet"
    label: ClassVar[str] = "Google Meet"
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "key_file", _("Key file"),
            _("The whole JSON file of a service account that may make Meet rooms for colleagues and nothing else."),
            True, longest=6000,
        ),
        SettingField(
            "user", _("Whose meetings"),
            _("The Google address of one colleague. Empty: each host’s own, the one they sign in with here."),
            required=False,
        ),
        SettingField("base_url", _("Its address"), _("Leave this empty for Google’s own."), required=False, leads=True),
    )  # fmt: skip
    privacy: ClassVar[str] = _(
        "From there the browser talks to Google, a company that may keep who spoke when, and from where."
    )
    cost: ClassVar[str] = _(
        "Google charges nothing more than your school’s Google account costs; families pay nothing."
    )
    ahead: ClassVar[timedelta] = timedelta(days=14)
    looks_again: ClassVar[bool] = False

    def check(self, access: Access, carry: Carry) -> None:
        _token(access, access.settings.get("user") or "", carry)

    def make(self, plan: Plan, access: Access, carry: Carry) -> Place:
        user = access.settings.get("user") or plan.host_mail
        body = {"config": {"accessType": "TRUSTED", "entryPointAccess": "ALL"}}
        answer = _asked("/v2/spaces", body, user, access, carry)
        match answer.said:
            case {"name": str(name), "meetingUri": str(address)} if SPACE.fullmatch(name):
                if _is_googles(address, access):
                    return {"name": name, "join": address, "user": user}
        raise NoRoom(meanings.ASKED_WRONGLY, "answer")

    def change(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        return place

    def renew(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        return place

    def end(self, plan: Plan, place: Place, access: Access, carry: Carry) -> None:
        try:
            _asked(f"/v2/{place['name']}:endActiveConference", {}, place["user"], access, carry)
        except RoomGone:
            return

    def address(self, plan: Plan, place: Place, access: Access, comer: Comer) -> str:
        return place["join"]


def _asked(path: str, body: object, user: str, access: Access, carry: Carry) -> Answer:
    mark, token = _token(access, user, carry)
    answer = carry(
        Call("POST", f"{base_of(access, API)}{path}", {"Authorization": f"Bearer {token}"}, json=body)
    )
    if answer.status == 200:
        return answer
    error = answer.said.get("error") if isinstance(answer.said, dict) else None
    status = str(error.get("status", "")) if isinstance(error, dict) else ""
    if status in {"NOT_FOUND", "FAILED_PRECONDITION"}:  # no such room, or nobody is in it
        raise RoomGone(meanings.WRONG_PLACE, status)
    if answer.status == 401:
        forget(mark)
    meaning = STATUSES.get(status, meanings.by_status(answer.status))
    raise NoRoom(meaning, status or f"http_{answer.status}", retry_after=answer.retry_after)


def _token(access: Access, user: str, carry: Carry) -> tuple[str, str]:
    """What it is kept under, and itself."""
    mark = mark_of("meet", base_of(access, API), user, access.secrets.get("key_file", ""))
    return mark, bearer(mark, lambda: _sign_in(access, user), carry, _refused_token)


def _sign_in(access: Access, user: str) -> Call:
    key = key_of(access.secrets["key_file"])
    asked = statement(key, scope=SCOPE, own=access.settings.get("base_url", ""), subject=user)
    form = asked.body
    assert isinstance(form, dict)  # noqa: S101 - as it is written there
    return Call("POST", asked.url, {}, form=form)


def _refused_token(answer: Answer) -> NoRoom:
    code = str(answer.said.get("error", "")) if isinstance(answer.said, dict) else ""
    meaning = GRANTS.get(code, meanings.by_status(answer.status))
    if code == "invalid_grant" and "signature" in str(answer.said).lower():
        meaning = meanings.WRONG_KEY
    return NoRoom(meaning, code[:60] or f"http_{answer.status}", retry_after=answer.retry_after)


def _is_googles(address: str, access: Access) -> bool:
    return leads_to(address, access, lambda host: host == "meet.google.com")


company = GoogleMeet()
