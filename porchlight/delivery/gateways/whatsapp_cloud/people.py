"""Who a WhatsApp webhook speaks of: a phone number, a business-scoped user id, or both."""

from __future__ import annotations

from collections.abc import Mapping

from porchlight.delivery.gateways.addresses import e164
from porchlight.delivery.gateways.contract import Sender
from porchlight.delivery.gateways.tolerant import objects, text

type Json = Mapping[str, object]


def sender_from(number: str, user_id: str, name: str = "") -> Sender | None:
    """The sender by what is known; None when it is nothing. A number that is none is kept as an id, verbatim."""
    known = e164(number)
    user_id = user_id or ("" if known else number)
    return Sender(number=known, user_id=user_id, name=name) if known or user_id else None


def same_number(one: str, other: str) -> bool:
    """True when both are the same phone number, however they are written."""
    return bool(e164(one)) and e164(one) == e164(other.replace(" ", ""))


class Contacts:
    """The `contacts` beside messages and statuses: they pair a number with a user id and a name."""

    def __init__(self, value: Json) -> None:
        self._all = list(objects(value.get("contacts")))

    def _find(self, number: str, user_id: str) -> Json:
        for contact in self._all:
            if user_id and text(contact, "user_id") == user_id:
                return contact
            if number and text(contact, "wa_id") == number:
                return contact
        # One contact beside a message that names nobody, or names them by the other of the two, is its sender.
        if len(self._all) == 1 and not (number and text(self._all[0], "wa_id")):
            alone = self._all[0]
            return alone if not (user_id and text(alone, "user_id")) else {}
        return {}

    def _sender(self, number: str, user_id: str) -> Sender | None:
        if not self._all:
            return sender_from(number, user_id)
        contact = self._find(number, user_id)
        return sender_from(
            number or text(contact, "wa_id"),
            user_id or text(contact, "user_id"),
            text(contact, "profile", "name"),
        )

    def sender_of(self, message: Json) -> Sender | None:
        """Who wrote or called."""
        return self._sender(text(message, "from"), text(message, "from_user_id"))

    def recipient_of(self, status: Json) -> Sender | None:
        """To whom the message of a status went."""
        return self._sender(text(status, "recipient_id"), text(status, "recipient_user_id"))
