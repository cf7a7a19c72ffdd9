"""Getting what a home said into the telephone: as a recording, with our access, from Twilio alone."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

from porchlight.delivery.gateways.contract import Advice, Fetched, Media, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.twilio_sms import fetching

GIVE_IT_TIME = 30.0  # seconds: a recording is told of before Twilio has put it away


async def fetch(
    http: Http, media: Media, *, base: str, proof: str, into: BinaryIO, most: int
) -> Fetched | Refused:
    """The bytes of one recording, as WAV. One that is not there yet is asked for again."""
    place = replace(media, url=f"{media.url}.wav")
    found = await fetching.fetch(http, place, base=base, proof=proof, into=into, most=most)
    if isinstance(found, Refused) and found.code == "media_gone":
        return Refused(Advice.RETRY, "recording_not_there", found.detail, GIVE_IT_TIME)
    return found
