"""Handing Meta a recording, a photo or a letter: an upload gives an id, and the message names the id.

Source: Meta's "Media" page, upload: a multipart form with `messaging_product`, `type` and `file`. Nothing has reached
the family yet when an upload goes wrong, so it may always be tried again.
"""

from __future__ import annotations

from secrets import token_hex

from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.sound import Sound
from porchlight.delivery.gateways.whatsapp_cloud.errors import refused_answer
from porchlight.delivery.gateways.wire import Answer, post

VOICE = "audio/ogg; codecs=opus"  # how Meta wants a voice note called


async def upload(http: Http, url: URL, token: str, sound: Sound) -> str | Refused:
    """The media id of a file. Never raises for what the network, Meta or the file store does."""
    try:
        content = sound.content()
    except OSError:
        return Refused(Advice.OUR_FAULT, "sound_lost")
    boundary = f"porchlight-{token_hex(12)}"
    headers = CIMultiDict(
        {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
    )
    answer = await post(http, url, body=_form(boundary, sound, content), headers=headers)
    if not isinstance(answer, Answer):
        return answer if isinstance(answer, Refused) else Refused(Advice.RETRY, "no_connection", answer.why)
    said = tolerant.answer_of(answer.body)
    if answer.status == 200 and (media_id := tolerant.text(said, "id")):
        return media_id
    no = refused_answer(answer, tolerant.at(said, "error"))
    return no if isinstance(no, Refused) else Refused(Advice.RETRY, "no_connection", no.why)


def _form(boundary: str, sound: Sound, content: bytes) -> bytes:
    kind = VOICE if sound.mime_type == "audio/ogg" else sound.mime_type
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("messaging_product", "whatsapp"), ("type", kind))
    )
    file = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{sound.name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    return f"{head}{file}".encode() + content + f"\r\n--{boundary}--\r\n".encode()
