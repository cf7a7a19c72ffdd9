"""BigBlueButton's API: the checksum over call, query and secret, and answers in XML."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from aiohttp import web

SECRET = "practice-bbb-secret"


@dataclass
class Room:
    """One meeting that runs, or waits for people."""

    id: str
    name: str
    moderator: str
    made: int
    query: Mapping[str, str]
    internal: str = field(default_factory=lambda: secrets.token_hex(20))


class BigBlueButton:
    """One server."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}

    async def answer(self, request: web.Request) -> web.Response:
        call = request.match_info["call"]
        query, _, checksum = request.rel_url.raw_query_string.rpartition("checksum=")
        said = hashlib.sha256(f"{call}{query.removesuffix('&')}{SECRET}".encode()).hexdigest()
        if not secrets.compare_digest(said, checksum):
            return failed("checksumError", "Checksums do not match")
        calls = {
            "create": self._create,
            "join": self._join,
            "end": self._end,
            "getMeetingInfo": self._info,
            "getMeetings": self._all,
        }
        if call not in calls:
            return failed("unsupportedRequest", "This request is not supported.")
        return calls[call](request.query)

    def _create(self, query: Mapping[str, str]) -> web.Response:
        known = self.rooms.get(query["meetingID"])
        duplicate = known is not None
        if known is None:
            known = Room(
                query["meetingID"], query.get("name", ""), query.get("moderatorPW", ""),
                int(time.time() * 1000), dict(query),
            )  # fmt: skip
            self.rooms[known.id] = known
        parts = {
            "meetingID": known.id,
            "internalMeetingID": f"{known.internal}-{known.made}",
            "parentMeetingID": "bbb-none",
            "attendeePW": known.query.get("attendeePW", ""),
            "moderatorPW": known.moderator,
            "createTime": str(known.made),
            "voiceBridge": "70757",
            "dialNumber": "",
            "hasUserJoined": "false",
            "duration": "0",
            "hasBeenForciblyEnded": "false",
            "messageKey": "duplicateWarning" if duplicate else "",
            "message": "This conference was already in existence and may currently be in progress."
            if duplicate
            else "",
        }
        return succeeded(parts)

    def _join(self, query: Mapping[str, str]) -> web.Response:
        room = self.rooms.get(query.get("meetingID", ""))
        if room is None or query.get("createTime") not in {None, str(room.made)}:
            return failed("notFound", "We could not find a meeting with that meeting ID")
        if query.get("role") not in {"MODERATOR", "VIEWER"} or not query.get("fullName"):
            return failed("validationError", "You must provide your name and role.")
        return web.Response(text=f"{query['fullName']} is in {room.name} as {query['role']}")

    def _end(self, query: Mapping[str, str]) -> web.Response:
        room = self.rooms.get(query.get("meetingID", ""))
        if room is None:
            return failed("notFound", "We could not find a meeting with that meeting ID")
        if query.get("password") != room.moderator:
            return failed("invalidPassword", "The supplied moderator password is incorrect")
        del self.rooms[room.id]
        return succeeded(
            {"messageKey": "sentEndMeetingRequest", "message": "A request to end the meeting was sent."}
        )

    def _info(self, query: Mapping[str, str]) -> web.Response:
        room = self.rooms.get(query.get("meetingID", ""))
        if room is None:
            return failed("notFound", "We could not find a meeting with that meeting ID")
        return succeeded(
            {
                "meetingName": room.name,
                "meetingID": room.id,
                "internalMeetingID": f"{room.internal}-{room.made}",
                "createTime": str(room.made),
                "running": "false",
                "hasUserJoined": "false",
                "participantCount": "0",
                "moderatorCount": "0",
            }
        )

    def _all(self, _query: Mapping[str, str]) -> web.Response:
        if not self.rooms:
            return succeeded(
                {"meetings": "", "messageKey": "noMeetings", "message": "no meetings were found"}
            )
        rows = "".join(f"<meeting><meetingID>{escape(one)}</meetingID></meeting>" for one in self.rooms)
        return xml(f"<returncode>SUCCESS</returncode><meetings>{rows}</meetings>")


def xml(inner: str) -> web.Response:
    """An answer, whatever it says."""
    return web.Response(text=f"<response>{inner}</response>", content_type="text/xml")


def succeeded(parts: Mapping[str, str]) -> web.Response:
    rows = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts.items())
    return xml(f"<returncode>SUCCESS</returncode>{rows}")


def failed(key: str, message: str) -> web.Response:
    """HTTP 200, as in life."""
    return xml(
        f"<returncode>FAILED</returncode><messageKey>{key}</messageKey><message>{escape(message)}</message>"
    )
