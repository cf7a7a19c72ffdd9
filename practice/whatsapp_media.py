"""WhatsApp's way to what families sent: an id gives an address for five minutes, the address gives the bytes."""

from __future__ import annotations

import hmac

from aiohttp import web

from practice import whatsapp_events as events
from practice.accounts import WhatsAppAccount
from practice.enclosures import Enclosure
from practice.town import Town
from practice.whatsapp_errors import Refused

LARGEST_SOUND = 16 * 1024 * 1024  # bytes
LARGEST_PICTURE = 5 * 1024 * 1024
LARGEST_FILM = 16 * 1024 * 1024
FILMS = {"video/mp4": "mp4", "video/3gpp": "3gp"}
PICTURES = {"image/jpeg": ("jpg", b"\xff\xd8\xff"), "image/png": ("png", b"\x89PNG\r\n")}
SOUNDS = {"audio/aac": "aac", "audio/amr": "amr", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg"}


class Media:
    """What a token may see of the town's cupboard."""

    def __init__(self, town: Town) -> None:
        self.town = town

    async def get_attachment(self, request: web.Request) -> web.Response:
        """The bytes behind an address, while it is good, to who shows the account's token."""
        mid, owner = request.query.get("mid", ""), self._owner(request)
        found = self.town.enclosures.find(owner.name, mid) if owner else None
        if owner is None:
            return web.Response(status=401)
        if found is None or not self.town.enclosures.is_open(mid):
            return web.Response(status=404)
        return web.Response(body=found.content, content_type=found.mime_type.partition(";")[0])

    async def take(self, account: WhatsAppAccount, request: web.Request) -> str:
        """The id of an uploaded recording, picture, film or letter. Raises Refused as the service would."""
        sent = await request.post()
        file = sent.get("file")
        if sent.get("messaging_product") != "whatsapp" or not isinstance(file, web.FileField):
            raise Refused(100, message="(#100) The parameters messaging_product and file are required.")
        kind = str(sent.get("type", "")).partition(";")[0]
        content = file.file.read()
        if kind in PICTURES or kind in FILMS or kind == "application/pdf":
            return self.town.enclosures.keep(account.name, _shown(kind, content)).id
        if kind not in SOUNDS or not content or len(content) > LARGEST_SOUND:
            raise Refused(131053)
        if kind == "audio/ogg" and b"OpusHead" not in content[:512]:
            raise Refused(131053)
        kept = Enclosure("audio", kind, f"AUD-20261006-WA0003.{SOUNDS[kind]}", content)
        return self.town.enclosures.keep(account.name, kept).id

    def named(self, account: WhatsAppAccount, media_id: str) -> Enclosure:
        """The upload a message names. Raises Refused for another account's, or none."""
        found = self.town.enclosures.find(account.name, media_id)
        if found is None:
            raise Refused(100, message=f"(#100) Param id: there is no media {media_id} here.")
        return found

    def told(self, request: web.Request) -> dict[str, object] | None:
        """What is told of a media id; None when the path names none of this token's."""
        owner, media_id = self._owner(request), request.match_info["id"]
        found = self.town.enclosures.find(owner.name, media_id) if owner else None
        if found is None:
            return None
        until = self.town.enclosures.open_for(media_id)
        return events.media_told(found, self.town.url, until)

    def _owner(self, request: web.Request) -> WhatsAppAccount | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
        accounts = [a for a in self.town.accounts.values() if isinstance(a, WhatsAppAccount)]
        return next((a for a in accounts if hmac.compare_digest(token, a.access_token.encode())), None)


def _shown(kind: str, content: bytes) -> Enclosure:
    """A picture, a film or a letter. Raises Refused for what is another by its first bytes, and for large ones."""
    if kind == "application/pdf":
        if not content.startswith(b"%PDF-"):
            raise Refused(131053)
        return Enclosure("document", kind, "letter.pdf", content)
    if kind in FILMS:  # H.264 with AAC, or no sound at all, says Meta's page on media
        if content[4:8] != b"ftyp" or b"avc1" not in content or len(content) > LARGEST_FILM:
            raise Refused(131053)
        return Enclosure("video", kind, f"VID-20261006-WA0005.{FILMS[kind]}", content)
    ending, start = PICTURES[kind]
    if not content.startswith(start) or len(content) > LARGEST_PICTURE:
        raise Refused(131053)
    return Enclosure("image", kind, f"IMG-20261006-WA0004.{ending}", content)
