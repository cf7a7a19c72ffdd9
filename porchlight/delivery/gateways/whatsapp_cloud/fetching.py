"""Getting a voice note or a picture from Meta: its id gives an address for five minutes, the address gives the bytes.

Source: Meta's "Media" page (June 2026). An id from a webhook is good for seven days.
"""

from __future__ import annotations

import base64
import binascii
from typing import BinaryIO

from multidict import CIMultiDict

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Fetched, Media, Refused
from porchlight.delivery.gateways.fetching import GONE, download, is_trusted, refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.whatsapp_cloud.errors import refused_answer
from porchlight.delivery.gateways.wire import Answer, address, get

HOSTS = (".fbsbx.com",)  # lookaside.fbsbx.com, where Meta keeps what families send
_NO_SUCH_ID = {"33", "100"}


async def fetch(
    http: Http,
    media: Media,
    *,
    base: str,
    version: str,
    token: str,
    into: BinaryIO,
    most: int,
) -> Fetched | Refused:
    """The bytes behind a media id, compared with what Meta says of them. The token goes to Meta alone."""
    if not (media.provider_id.isascii() and media.provider_id.isalnum()):
        return refused("media_gone")
    root = address(base, "/")
    headers = CIMultiDict({"Authorization": f"Bearer {token}"})
    told = await get(http, address(base, f"/{version}/{media.provider_id}"), headers=headers)
    if not isinstance(told, Answer):
        return told if isinstance(told, Refused) else Refused(Advice.RETRY, "no_connection", told.why)
    said = tolerant.answer_of(told.body)
    if told.status >= 300:
        return _no(told, said)
    if tolerant.text(said, "file_size").isdigit() and int(tolerant.text(said, "file_size")) > most:
        return refused("media_too_large")
    url = address(tolerant.text(said, "url"), "")
    if not is_trusted(url, base=root, hosts=HOSTS):
        return refused("media_elsewhere")
    digest = hex_of(tolerant.text(said, "sha256")) or media.digest
    found = await download(http, url, into=into, most=most, headers=headers, digest=digest)
    return refused("media_elsewhere") if isinstance(found, Answer) else found


def _no(told: Answer, said: object) -> Refused:
    """An id that ran out looks to Meta like one that never was."""
    error = tolerant.at(said, "error")
    if told.status in GONE or (told.status == 400 and tolerant.text(error, "code") in _NO_SUCH_ID):
        return refused("media_gone")
    no = refused_answer(told, error)
    return no if isinstance(no, Refused) else Refused(Advice.RETRY, "no_connection", no.why)


def hex_of(digest: str) -> str:
    """A SHA-256 as Meta writes it, hex or base64, in hex; "" when it is neither."""
    if len(digest) == 64 and all(sign in "0123456789abcdef" for sign in digest.lower()):
        return digest.lower()
    try:
        raw = base64.b64decode(digest, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return raw.hex() if len(raw) == 32 else ""
