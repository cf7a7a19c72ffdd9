"""Telegram's updates in our words. One POST holds one update; what asks nothing of us becomes Ignored with its kind.

Only private chats count: in a group, families would see each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
    Heard,
    Ignored,
    InboundEvent,
    RawRequest,
    Sender,
)
from porchlight.delivery.gateways.telegram import messages, writing
from porchlight.delivery.gateways.tolerant import at, fingerprint, mapping, moment, objects, text

type Json = Mapping[str, object]


def id_of(chat: str, message: str) -> str:
    """A message's id in the whole of a bot's: Telegram counts them anew in each chat."""
    return f"{chat}:{message}"


def read(request: RawRequest) -> list[InboundEvent]:
    """The one event an update holds. Never raises."""
    try:
        update = mapping(tolerant.json_of(request.body))
    except tolerant.Unreadable:
        return [Ignored(fingerprint(request.body), "unreadable")]
    for kind, reader in _KINDS.items():
        if isinstance(update.get(kind), dict):
            return [reader(mapping(update[kind]))]
    return [_ignored(next((name for name in _OTHERS if name in update), "nothing in it"), update)]


def acknowledged(request: RawRequest) -> bytes:
    """For a pressed button, the call that ends its waiting on the phone; empty for anything else.

    Telegram takes one call as the answer to a webhook, so that it costs no request of ours.
    """
    try:
        pressed = text(tolerant.json_of(request.body), "callback_query", "id")
    except tolerant.Unreadable:
        return b""
    said = {"method": "answerCallbackQuery", "callback_query_id": pressed}
    return json.dumps(said).encode() if pressed else b""


def _message(message: Json) -> InboundEvent:
    sender = _sender(message)
    said = messages.words_of(message) if sender else None
    if sender is None or said is None:
        return _ignored(f"message.{messages.kind_of(message) if sender else 'not private'}", message)
    chat, number = text(message, "chat", "id"), text(message, "message_id")
    edited = text(message, "edit_date")
    answered = text(message, "reply_to_message", "message_id")
    return Heard(
        key=id_of(chat, f"{number}:{edited}" if edited else number),
        sender=sender,
        text=said.text,
        media=said.media,
        in_reply_to=id_of(chat, answered) if answered else "",
        at=moment(message.get("edit_date") or message.get("date")),
        full_text=said.full_text,
        begins=said.begins,
        raw=message,
    )


def _pressed(query: Json) -> InboundEvent:
    """A button under a message of ours. The message may be too old for Telegram to show its words; its id is there."""
    message = mapping(query.get("message"))
    sender, data = _sender(message, by=mapping(query.get("from"))), text(query, "data")
    if sender is None or not data:
        return _ignored(f"callback_query.{'no data' if sender else 'not private'}", query)
    reference, key = writing.pressed(data)
    return Heard(
        key=f"press:{text(query, 'id') or fingerprint(query)}",
        sender=sender,
        text=_label(message, data),
        choice=key,
        in_reply_to=id_of(text(message, "chat", "id"), text(message, "message_id")),
        reply_token=reference,
        raw=query,
    )


def _label(message: Json, data: str) -> str:
    """What stood on the button."""
    rows = at(message, "reply_markup", "inline_keyboard")
    for row in rows if isinstance(rows, list) else ():
        for button in objects(row):
            if text(button, "callback_data") == data:
                return text(button, "text")
    return ""


def _membership(change: Json) -> InboundEvent:
    """A family blocked the bot: nothing more goes there. Letting it in again opens nothing: they press Start."""
    sender = _sender(change)
    status = text(change, "new_chat_member", "status") or "unnamed"
    if sender is None or status != "kicked":
        return _ignored(f"my_chat_member.{status if sender else 'not private'}", change)
    return AddressFailed(
        key=f"blocked:{sender.user_id}:{text(change, 'date')}",
        sender=sender,
        advice=Advice.OPTED_OUT,
        code="blocked",
        at=moment(change.get("date")),
        raw=change,
    )


def _sender(message: Json, *, by: Json | None = None) -> Sender | None:
    """The person of a private chat; None for groups, channels and other bots. A name is a hint, never an identity."""
    person = by if by is not None else mapping(message.get("from"))
    chat = text(message, "chat", "id")
    if text(message, "chat", "type") != "private" or not chat or person.get("is_bot") is True:
        return None
    name = " ".join(part for part in (text(person, "first_name"), text(person, "last_name")) if part)
    return Sender(user_id=chat, name=name)


# Updates we do not ask for; a webhook set by other hands may bring them.
_OTHERS = (
    *(
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
    ),
    *("message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result", "shipping_query"),
    *(
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "chat_member",
        "chat_join_request",
    ),
)
_KINDS: dict[str, Callable[[Json], InboundEvent]] = {
    "message": _message,
    "edited_message": _message,
    "callback_query": _pressed,
    "my_chat_member": _membership,
}


def _ignored(kind: str, raw: Json) -> Ignored:
    return Ignored(f"{kind}:{fingerprint(raw)}", kind, raw=raw)
