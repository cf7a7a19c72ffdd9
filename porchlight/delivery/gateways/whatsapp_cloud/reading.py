"""Meta's webhooks in our words. One POST may hold many entries, changes, messages and statuses.

Everything is read as if any part of it could be missing: since usernames came to WhatsApp, a message may have no
phone number at all. What asks nothing of us becomes Ignored with its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import (
    AccountSettings,
    Heard,
    IdentityChanged,
    Ignored,
    InboundEvent,
    MissedCall,
    RawRequest,
    Receipt,
    Sender,
    Status,
)
from porchlight.delivery.gateways.tolerant import at, fingerprint, mapping, moment, objects, text
from porchlight.delivery.gateways.whatsapp_cloud import messages, templates
from porchlight.delivery.gateways.whatsapp_cloud.errors import reported
from porchlight.delivery.gateways.whatsapp_cloud.people import Contacts, same_number, sender_from

type Json = Mapping[str, object]

STATUSES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.READ,  # a voice note that was listened to
    "failed": Status.FAILED,
}


def read(account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
    """Every event in a webhook, in its order. Never raises."""
    try:
        payload = tolerant.json_of(request.body)
    except tolerant.Unreadable:
        return [Ignored(fingerprint(request.body), "unreadable")]
    ours = account.settings.get("phone_number_id", "")
    found = [
        event
        for entry in objects(at(payload, "entry"))
        for change in objects(at(entry, "changes"))
        for event in _change(entry, change, ours)
    ]
    return found or [Ignored(fingerprint(request.body), "nothing in it", raw=mapping(payload))]


def _change(entry: Json, change: Json, ours: str) -> Iterator[InboundEvent]:
    field, value = text(change, "field"), mapping(change.get("value"))
    number_id = text(value, "metadata", "phone_number_id")
    if ours and number_id and number_id != ours:
        # Another number of the same Meta app, perhaps another school's: its words are not ours to read.
        yield Ignored(fingerprint(change), "other number", raw={"phone_number_id": number_id})
        return
    read_field = _FIELDS.get(field)
    events = list(read_field(entry, value)) if read_field else []
    yield from events or [_ignored(_kind_of_change(field, value), {**value, "entry_time": entry.get("time")})]


def _messages(_entry: Json, value: Json) -> Iterator[InboundEvent]:
    contacts = Contacts(value)
    for message in objects(value.get("messages")):
        yield _message(message, contacts)
    for status in objects(value.get("statuses")):
        yield _status(status, contacts)


def _message(message: Json, contacts: Contacts) -> InboundEvent:
    kind = text(message, "type") or "unnamed"
    if kind == "system":
        return _system(message, contacts)
    if text(message, "group_id"):
        return _ignored(
            "message.group", message
        )  # we never make or use groups: members see each other's numbers
    said = messages.words_of(message)
    sender = contacts.sender_of(message)
    if said is None or sender is None:
        without = "" if sender else " without a sender"
        return _ignored(f"message.{messages.kind_of(message)}{without}", message)
    return Heard(
        key=text(message, "id") or fingerprint(message),
        sender=sender,
        text=said.text,
        choice=said.choice,
        media=said.media,
        in_reply_to=said.in_reply_to or text(message, "context", "id"),
        at=moment(message.get("timestamp")),
        raw=message,
    )


def _system(message: Json, contacts: Contacts) -> InboundEvent:
    """A person's number or user id became another one, or their phone did (`…identity_changed`)."""
    system = mapping(message.get("system"))
    kind = text(system, "type")
    old = contacts.sender_of(message)
    if old is None or kind not in messages.IDENTITY_CHANGES:
        return _ignored(f"system.{kind or 'unnamed'}", message)
    new = sender_from(text(system, "wa_id") or text(system, "new_wa_id"), text(system, "user_id"))
    before = text(system, "previous_user_id")
    if before and not old.user_id:
        old = Sender(number=old.number, user_id=before, name=old.name)
    return IdentityChanged(
        key=text(message, "id") or fingerprint(message),
        old=old,
        new=new or old,
        at=moment(message.get("timestamp")),
        raw=message,
    )


def _status(status: Json, contacts: Contacts) -> InboundEvent:
    word, provider_id = text(status, "status"), text(status, "id")
    known = STATUSES.get(word)
    if known is None or not provider_id or text(status, "recipient_type") == "group":
        return _ignored(f"status.{text(status, 'recipient_type') or word or 'unnamed'}", status)
    errors = list(objects(status.get("errors"))) if known is Status.FAILED else []
    return Receipt(
        key=f"{provider_id}:{word}",
        provider_id=provider_id,
        status=known,
        reference=text(status, "biz_opaque_callback_data"),
        refused=reported(errors[0] if errors else {}) if known is Status.FAILED else None,
        at=moment(status.get("timestamp")),
        sender=contacts.recipient_of(status),
        raw=status,
    )


def _calls(_entry: Json, value: Json) -> Iterator[InboundEvent]:
    """A family rings the school's WhatsApp number. Nobody picks up here, so a call that ends was a wish to talk."""
    contacts = Contacts(value)
    for call in objects(value.get("calls")):
        event, ended_as = text(call, "event"), text(call, "status").upper()
        theirs = text(call, "direction") != "BUSINESS_INITIATED" and not same_number(
            text(call, "from"), text(value, "metadata", "display_phone_number")
        )
        sender = contacts.sender_of(call) if theirs else None
        talked = ended_as == "COMPLETED" and text(call, "duration") not in ("", "0")
        if event == "terminate" and sender is not None and not talked:
            key = text(call, "id") or fingerprint(call)
            yield MissedCall(key=key, sender=sender, at=moment(call.get("timestamp")), raw=call)
        else:
            yield _ignored(f"call.{event or 'unnamed'}", call)
    for status in objects(value.get("statuses")):
        yield _ignored(f"call.{text(status, 'status').lower() or 'unnamed'}", status)


def _user_id_updates(_entry: Json, value: Json) -> Iterator[InboundEvent]:
    """A new phone number gives the same person a new user id: the old pair is no longer theirs."""
    for update in objects(value.get("user_id_update")):
        before, after = text(update, "user_id", "previous"), text(update, "user_id", "current")
        number = text(update, "wa_id")
        old, new = sender_from(number, before), sender_from(number, after)
        if not (before and after and old and new):
            yield _ignored("user_id_update", update)
            continue
        when = text(update, "timestamp")
        yield IdentityChanged(f"user_id:{before}:{after}:{when}", old, new, moment(when), raw=update)


def _preferences(_entry: Json, value: Json) -> Iterator[InboundEvent]:
    """Marketing on or off at WhatsApp itself. School notices are not marketing, so it is only recorded."""
    for wish in objects(value.get("user_preferences")):
        kind = ".".join(part for part in (text(wish, "category"), text(wish, "value")) if part)
        yield _ignored(f"user_preferences.{kind or 'unnamed'}", wish)


_FIELDS: dict[str, Callable[[Json, Json], Iterator[InboundEvent]]] = {
    "messages": _messages,
    "calls": _calls,
    "user_id_update": _user_id_updates,
    "user_preferences": _preferences,
    "message_template_status_update": templates.status_update,
    "template_category_update": templates.category_update,
}


def _kind_of_change(field: str, value: Json) -> str:
    event = text(value, "event")
    return ".".join(part for part in (field or "unnamed field", event) if part)


def _ignored(kind: str, raw: Json) -> Ignored:
    return Ignored(f"{kind}:{text(raw, 'id') or fingerprint(raw)}", kind, raw=raw)
