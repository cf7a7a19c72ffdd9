"""Meta's webhooks that no published payload shows: no number, several people, calls, new identities."""

from __future__ import annotations

from typing import Any

from porchlight.delivery.gateways.contract import (
    Advice,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.tests.table import Hears, as_json
from porchlight.delivery.gateways.whatsapp_cloud.tests.published_cases import (
    BSUID,
    NUMBER_ID,
    heard,
    ignored,
    when,
)

NEW_BSUID = "US.24817305912873645029"
FATHER = Sender(number="+447700900123", user_id=BSUID, name="Yousaf")


def webhook(*changes: dict[str, Any]) -> bytes:
    return as_json(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "time": 9, "changes": list(changes)}]}
    )


def change(field: str = "messages", number_id: str = NUMBER_ID, **value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "+44 7700 900001", "phone_number_id": number_id}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}


BOTH = {"profile": {"name": "Yousaf"}, "wa_id": "447700900123", "user_id": BSUID}
NO_NUMBER = {"profile": {"name": "Yousaf", "username": "yousaf.k"}, "user_id": BSUID}
ANOTHER = {"profile": {"name": "Amina"}, "wa_id": "447700900124"}


def said(key: str, words: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "timestamp": "1697043223", "type": "text", "text": {"body": words}, **more}


def delivered(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "status": "delivered", "timestamp": "7", "biz_opaque_callback_data": "k7mxq2", **more}


MADE_UP = [
    Hears(
        "a text from somebody who shows no number",
        webhook(change(contacts=[NO_NUMBER], messages=[said("wamid.1", "جی", from_user_id=BSUID)])),
        [heard(1697043223, "جی", "wamid.1", Sender(user_id=BSUID, name="Yousaf"))],
    ),
    Hears(
        "neither number nor id on the message, one contact beside it",
        webhook(change(contacts=[NO_NUMBER], messages=[said("wamid.1", "g")])),
        [heard(1697043223, "g", "wamid.1", Sender(user_id=BSUID, name="Yousaf"))],
    ),
    Hears(
        "nobody at all",
        webhook(change(messages=[said("wamid.1", "g")])),
        [ignored("message.text without a sender")],
    ),
    Hears(
        "nobody, and two contacts to choose from",
        webhook(change(contacts=[BOTH, ANOTHER], messages=[said("wamid.1", "g")])),
        [ignored("message.text without a sender")],
    ),
    Hears(
        "a contact of somebody else lends no identity",
        webhook(change(contacts=[ANOTHER], messages=[said("wamid.1", "g", **{"from": "447700900123"})])),
        [heard(1697043223, "g", "wamid.1", Sender(number="+447700900123"))],
    ),
    Hears(
        "nor does a lone contact with another user id",
        webhook(change(contacts=[NO_NUMBER], messages=[said("wamid.1", "g", from_user_id=NEW_BSUID)])),
        [heard(1697043223, "g", "wamid.1", Sender(user_id=NEW_BSUID))],
    ),
    Hears(
        "a template's button without a payload is pressed by its words",
        webhook(
            change(
                contacts=[BOTH],
                messages=[
                    {
                        "from": "447700900123",
                        "id": "wamid.1",
                        "timestamp": "7",
                        "type": "button",
                        "button": {"text": "Yes"},
                    }
                ],
            )
        ),
        [heard(7, "Yes", "wamid.1", FATHER, choice="Yes")],
    ),
    Hears(
        "many entries, changes, messages and statuses in one POST",
        as_json(
            {
                "entry": [
                    {
                        "changes": [
                            change(
                                contacts=[BOTH, ANOTHER],
                                messages=[
                                    said("wamid.1", "1", **{"from": "447700900123"}),
                                    said("wamid.2", "۲", **{"from": "447700900124"}),
                                ],
                            ),
                            change(field="brand_new", event="SHINY"),
                        ]
                    },
                    {
                        "changes": [
                            change(
                                contacts=[BOTH],
                                statuses=[
                                    delivered(
                                        "wamid.8", recipient_id="447700900123", recipient_user_id=BSUID
                                    ),
                                    delivered("wamid.9", status="played", recipient_user_id=BSUID),
                                    delivered("wamid.9", status="warning"),
                                ],
                            )
                        ]
                    },
                ]
            }
        ),
        [
            heard(1697043223, "1", "wamid.1", FATHER),
            heard(1697043223, "۲", "wamid.2", Sender(number="+447700900124", name="Amina")),
            ignored("brand_new.SHINY"),
            Receipt("wamid.8:delivered", "wamid.8", Status.DELIVERED, "k7mxq2", at=when(7), sender=FATHER),
            Receipt("wamid.9:played", "wamid.9", Status.READ, "k7mxq2", at=when(7), sender=FATHER),
            ignored("status.warning"),
        ],
    ),
    Hears(
        "a failed status without contacts, with a code we do not know",
        webhook(
            change(
                statuses=[
                    delivered("wamid.8", status="failed", recipient_id="447700900123", errors=[{"code": 5}])
                ]
            )
        ),
        [
            Receipt(
                "wamid.8:failed",
                "wamid.8",
                Status.FAILED,
                "k7mxq2",
                Refused(Advice.NEXT_CHANNEL, "5"),
                when(7),
                Sender(number="+447700900123"),
            )
        ],
    ),
    Hears(
        "another number's words",
        webhook(change(number_id="999", contacts=[BOTH], messages=[said("wamid.1", "g")])),
        [ignored("other number")],
    ),
    Hears(
        "a thumbs-up under our message",
        webhook(
            change(
                contacts=[BOTH],
                messages=[
                    {
                        "from": "447700900123",
                        "id": "wamid.1",
                        "timestamp": "7",
                        "type": "reaction",
                        "reaction": {"message_id": "wamid.ours", "emoji": "👍"},
                    }
                ],
            )
        ),
        [heard(7, "👍", "wamid.1", FATHER, in_reply_to="wamid.ours")],
    ),
    Hears(
        "a group is never listened to",
        webhook(
            change(
                contacts=[BOTH], messages=[said("wamid.1", "g", group_id="G1", **{"from": "447700900123"})]
            )
        ),
        [ignored("message.group")],
    ),
    Hears("no JSON", b"not json at all", [ignored("unreadable")]),
    Hears("an empty object", b"{}", [ignored("nothing in it")]),
]


def fate(status: str, **more: Any) -> tuple[bytes, str]:
    return webhook(change(statuses=[delivered("wamid.8", status=status, **more)])), ""


FATES = {
    Status.SENT: fate("sent"),
    Status.DELIVERED: fate("delivered"),
    Status.READ: fate("read"),
    Status.FAILED: fate("failed", errors=[{"code": 131026, "title": "Message undeliverable"}]),
}
