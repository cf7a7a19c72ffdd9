"""BigBlueButton's API: GET {base}/{call}?{query}&checksum={SHA-256 of call, query and the shared secret}, XML back.

`create` makes the same room once however often it is asked; an empty one ends by itself after some minutes, so it is
made shortly before the meeting and told to wait. Links to join are signed when somebody goes in.
Source: docs.bigbluebutton.org/development/api.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.utils.translation import gettext_noop as _

from porchlight.meetings.video import meanings
from porchlight.meetings.video.contract import (
    ROOMS,
    STAYS_OPEN,
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

CODES: Mapping[str, Meaning] = {
    "checksumError": meanings.WRONG_KEY,
    "maxParticipantsReached": meanings.BUSY,
    "unsupportedRequest": meanings.WRONG_PLACE,
}
GONE = ("notFound", "meetingForciblyEnded", "invalidMeetingIdentifier")
AHEAD = timedelta(minutes=30)


class BigBlueButton:
    """A server of the school's own, or one it rents."""

    name: ClassVar[str] = "big_blue_button"
    label: ClassVar[str] = "BigBlueButton"
    fields: ClassVar[tuple[SettingField, ...]] = (
        SettingField(
            "base_url", _("Its address"),
            _("As “bbb-conf --secret” writes it; it ends in /bigbluebutton/ or /bigbluebutton/api."), leads=True,
        ),
        SettingField("secret", _("Shared secret"), _("From the same place."), True),
    )  # fmt: skip
    privacy: ClassVar[str] = _(
        "From there the browser talks to the server the school chose, and to nobody else."
    )
    cost: ClassVar[str] = _("Nothing for each meeting; the server is yours, or rented.")
    ahead: ClassVar[timedelta] = AHEAD
    looks_again: ClassVar[bool] = True

    def check(self, access: Access, carry: Carry) -> None:
        _asked("getMeetings", {}, access, carry)

    def make(self, plan: Plan, access: Access, carry: Carry) -> Place:
        room = {"id": _drawn(plan, access, "id"), "host": _drawn(plan, access, "host")}
        waits = int((AHEAD + plan.ends_at - plan.starts_at + STAYS_OPEN).total_seconds()) // 60
        answer = _asked(
            "create",
            {
                "name": plan.name,
                "meetingID": room["id"],
                "attendeePW": _drawn(plan, access, "guest"),
                "moderatorPW": room["host"],
                "record": "false",
                "autoStartRecording": "false",
                "allowStartStopRecording": "false",
                "guestPolicy": "ASK_MODERATOR",
                "muteOnStart": "false",
                "meetingExpireIfNoUserJoinedInMinutes": str(waits),
                "meetingExpireWhenLastUserLeftInMinutes": "15",
            },
            access,
            carry,
        )
        made = answer.findtext("createTime") or ""
        if not made.isdigit():
            raise NoRoom(meanings.ASKED_WRONGLY, "answer")
        return room | {"made": made}

    def change(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        """Its hours are not the server's business; but it may have waited too long for them."""
        return self.renew(plan, place, access, carry)

    def renew(self, plan: Plan, place: Place, access: Access, carry: Carry) -> Place:
        found = _asked("getMeetingInfo", {"meetingID": place["id"]}, access, carry)
        return {**place, "made": found.findtext("createTime") or place["made"]}

    def end(self, plan: Plan, place: Place, access: Access, carry: Carry) -> None:
        try:
            _asked("end", {"meetingID": place["id"], "password": place["host"]}, access, carry)
        except RoomGone:
            return

    def address(self, plan: Plan, place: Place, access: Access, comer: Comer) -> str:
        query = {
            "fullName": comer.name,
            "meetingID": place["id"],
            "role": "MODERATOR" if comer.is_host else "VIEWER",
            "userID": comer.key,
            "createTime": place["made"],
            "guest": "false" if comer.is_host else "true",
            "redirect": "true",
        }
        return signed("join", query, access)


def signed(call: str, query: Mapping[str, str], access: Access) -> str:
    """The address of a call, with its checksum."""
    written = urlencode(query)
    checksum = hashlib.sha256(f"{call}{written}{access.secrets['secret']}".encode()).hexdigest()
    return f"{_base(access)}/{call}?{written}{'&' if written else ''}checksum={checksum}"


def _asked(call: str, query: Mapping[str, str], access: Access, carry: Carry) -> ElementTree.Element:
    try:
        answer = carry(Call("GET", signed(call, query, access), {}))
    except KeyError as missing:
        raise NoRoom(meanings.WRONG_KEY, f"no_{missing.args[0]}") from None
    root = _xml(answer)
    if root is None or root.tag != "response":
        raise NoRoom(
            meanings.by_status(answer.status) if answer.status != 200 else meanings.WRONG_PLACE,
            f"http_{answer.status}",
            retry_after=answer.retry_after,
        )
    if root.findtext("returncode") != "SUCCESS":
        code = (root.findtext("messageKey") or "FAILED")[:60]
        if code in GONE:
            raise RoomGone(meanings.BUSY, code)
        raise NoRoom(CODES.get(code, meanings.ASKED_WRONGLY), code)
    return root


def _xml(answer: Answer) -> ElementTree.Element | None:
    """The answer's first element; None for what is no XML, or declares entities, which no honest answer does."""
    hidden = b"\0" in answer.content  # of two bytes a letter: what it declares is not seen here
    if hidden or b"<!" in answer.content.replace(b"<![CDATA[", b""):
        return None
    try:
        return ElementTree.fromstring(answer.content)  # noqa: S314 - declares nothing, as looked at above
    except ElementTree.ParseError:
        return None


def _drawn(plan: Plan, access: Access, what: str) -> str:
    """A word nobody guesses, the same each time."""
    said = f"big_blue_button:{what}:{plan.key}".encode()
    return hmac.new(access.secrets[ROOMS].encode(), said, hashlib.sha256).hexdigest()[:32]


def _base(access: Access) -> str:
    base = access.settings["base_url"].rstrip("/")
    return base if base.endswith("/api") else f"{base}/api"


company = BigBlueButton()
