"""What one WhatsApp message says, whatever its type: words, a press, a picture, a voice note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from porchlight.delivery.gateways.contract import Media
from porchlight.delivery.gateways.tolerant import at, mapping, objects, text
from porchlight.delivery.gateways.whatsapp_cloud.fetching import hex_of

type Json = Mapping[str, object]

LONGEST_NAME = 200
_MEDIA = {
    "audio": "audio",
    "voice": "audio",
    "image": "image",
    "sticker": "image",
    "video": "video",
    "document": "document",
}
# Meta has renamed these over the years; all mean that the person behind the address may be another one now.
IDENTITY_CHANGES = frozenset(
    {
        "user_changed_number",
        "customer_changed_number",
        "user_changed_user_id",
        "user_identity_changed",
        "customer_identity_changed",
    }
)
UNSUPPORTED = "(WhatsApp could not pass this message on. Please ask the family to send it another way.)"


@dataclass(frozen=True, slots=True)
class Said:
    """The part of a message that counts, before anybody knows who said it."""

    text: str = ""
    choice: str = ""
    media: tuple[Media, ...] = ()
    in_reply_to: str = ""


def kind_of(message: Json) -> str:
    """The message's type, with the kind of interactive reply where it is one."""
    kind = text(message, "type") or "unnamed"
    inner = text(message, "interactive", "type")
    return f"{kind}.{inner}" if kind == "interactive" and inner else kind


def words_of(message: Json) -> Said | None:
    """What is said; None for types that ask nothing of us."""
    kind = text(message, "type")
    if kind in _MEDIA:
        return _media(message, kind)
    reader = _READERS.get(kind)
    return reader(message) if reader else None


def _text(message: Json) -> Said | None:
    return Said(text=text(message, "text", "body"))


def _button(message: Json) -> Said | None:
    """The quick reply under a template."""
    words = text(message, "button", "text")
    return Said(text=words, choice=text(message, "button", "payload") or words)


def _interactive(message: Json) -> Said | None:
    kind = text(message, "interactive", "type")
    if kind not in ("button_reply", "list_reply"):
        return None
    reply = mapping(at(message, "interactive", kind))
    return Said(text=text(reply, "title"), choice=text(reply, "id"))


def _media(message: Json, kind: str) -> Said | None:
    sent = mapping(message.get(kind))
    piece = Media(
        _MEDIA[kind],
        text(sent, "id"),
        text(sent, "mime_type"),
        text(sent, "url"),
        name=text(sent, "filename")[:LONGEST_NAME],
        digest=hex_of(text(sent, "sha256")),
    )
    return Said(text=text(sent, "caption"), media=(piece,))


def _reaction(message: Json) -> Said | None:
    """A thumbs-up under our message; a reaction taken back says nothing."""
    emoji = text(message, "reaction", "emoji")
    return Said(text=emoji, in_reply_to=text(message, "reaction", "message_id")) if emoji else None


def _location(message: Json) -> Said | None:
    """A place, in the notation of RFC 5870 so that maps can open it, with its name where it has one."""
    place = mapping(message.get("location"))
    where = f"geo:{place.get('latitude')},{place.get('longitude')}"
    named = [text(place, "name"), text(place, "address"), where]
    return Said(text="\n".join(part for part in named if part))


def _contacts(message: Json) -> Said | None:
    """Visiting cards: names and numbers, a line each."""
    lines = []
    for card in objects(message.get("contacts")):
        numbers = [text(phone, "phone") for phone in objects(card.get("phones"))]
        lines.append(" ".join(part for part in (text(card, "name", "formatted_name"), *numbers) if part))
    return Said(text="\n".join(line for line in lines if line))


def _edit(message: Json) -> Said | None:
    """The family corrected what they wrote: the new words are heard as well, the old ones stay."""
    corrected = {
        **mapping(at(message, "edit", "message")),
        "edit": None,
    }  # None: an edit in an edit ends here
    said = words_of(corrected)
    return said and replace(said, in_reply_to=said.in_reply_to or text(corrected, "context", "id"))


def _unsupported(_message: Json) -> Said | None:
    """Something was sent that WhatsApp does not hand over: a person has to hear that there was something."""
    return Said(text=UNSUPPORTED)


_READERS = {
    "text": _text,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "location": _location,
    "contacts": _contacts,
    "edit": _edit,
    "unsupported": _unsupported,
}
