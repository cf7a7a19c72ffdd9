"""Getting a picture from Twilio: its address asks for our access, and then points to where the bytes lie."""

from __future__ import annotations

from typing import BinaryIO

from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways.contract import Fetched, Media, Refused
from porchlight.delivery.gateways.fetching import download, is_trusted, refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.wire import Answer, address

HOSTS = (".twilio.com",)  # regions have hosts of their own
STORES = (".twiliocdn.com", ".amazonaws.com")  # where a redirect may lead: our access never travels there


async def fetch(
    http: Http, media: Media, *, base: str, proof: str, into: BinaryIO, most: int
) -> Fetched | Refused:
    """The bytes of one picture. `proof` is the header that shows who asks; it goes to Twilio alone."""
    root, url = address(base, "/"), address(media.url, "")
    if not is_trusted(url, base=root, hosts=HOSTS):
        return refused("media_elsewhere")
    headers = CIMultiDict({"Authorization": proof})
    found = await download(http, url, into=into, most=most, headers=headers)
    if not isinstance(found, Answer):
        return found
    store = _place(found, url)
    if not is_trusted(store, base=root, hosts=STORES):
        return refused("media_elsewhere")
    found = await download(http, store, into=into, most=most)
    return refused("media_elsewhere") if isinstance(found, Answer) else found


def _place(answer: Answer, asked: URL) -> URL:
    try:
        return asked.join(URL(answer.headers.get("Location", "")))
    except ValueError:
        return URL()
