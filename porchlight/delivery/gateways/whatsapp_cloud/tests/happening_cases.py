"""What happens around a WhatsApp number: calls, new numbers and user ids, templates that change."""

from __future__ import annotations

from typing import Any

from porchlight.delivery.gateways.contract import (
    IdentityChanged,
    MissedCall,
    Sender,
    TemplateChanged,
)
from porchlight.delivery.gateways.tests.table import Hears
from porchlight.delivery.gateways.whatsapp_cloud.tests.published_cases import (
    BSUID,
    ignored,
    when,
)
from porchlight.delivery.gateways.whatsapp_cloud.tests.webhook_cases import (
    BOTH,
    FATHER,
    NEW_BSUID,
    change,
    webhook,
)


def call(**more: Any) -> dict[str, Any]:
    given = {
        "id": "wacid.1",
        "from": "447700900123",
        "to": "447700900001",
        "event": "terminate",
        "timestamp": "7",
    }
    return {**given, "direction": "USER_INITIATED", **more}


HAPPENINGS = [
    Hears(
        "a call that rang out",
        webhook(change("calls", contacts=[BOTH], calls=[call(event="connect"), call(status="FAILED")])),
        [ignored("call.connect"), MissedCall("wacid.1", FATHER, when(7))],
    ),
    Hears(
        "a call that was talked on, and one of our own",
        webhook(
            change(
                "calls",
                contacts=[BOTH],
                calls=[
                    call(status="COMPLETED", duration=12),
                    call(id="wacid.2", direction="", **{"from": "447700900001"}),
                ],
            )
        ),
        [ignored("call.terminate"), ignored("call.terminate")],
    ),
    Hears(
        "a new user id for the same person",
        webhook(
            change(
                "user_id_update",
                contacts=[BOTH],
                user_id_update=[
                    {
                        "wa_id": "447700900123",
                        "user_id": {"previous": BSUID, "current": NEW_BSUID},
                        "timestamp": "7",
                    },
                    {"detail": "nothing known"},
                ],
            )
        ),
        [
            IdentityChanged(
                f"user_id:{BSUID}:{NEW_BSUID}:7",
                Sender(number="+447700900123", user_id=BSUID),
                Sender(number="+447700900123", user_id=NEW_BSUID),
                when(7),
            ),
            ignored("user_id_update"),
        ],
    ),
    Hears(
        "a new number and a new user id",
        webhook(
            change(
                contacts=[BOTH],
                messages=[
                    {
                        "from": "447700900123",
                        "id": "wamid.1",
                        "timestamp": "7",
                        "type": "system",
                        "system": {
                            "type": "user_changed_number",
                            "wa_id": "447700900777",
                            "user_id": NEW_BSUID,
                        },
                    },
                    {
                        "id": "wamid.2",
                        "type": "system",
                        "from": "447700900123",
                        "system": {"type": "tomorrow"},
                    },
                ],
            )
        ),
        [
            IdentityChanged("wamid.1", FATHER, Sender(number="+447700900777", user_id=NEW_BSUID), when(7)),
            ignored("system.tomorrow"),
        ],
    ),
    Hears(
        "another phone behind the same number, and a new user id with the old one beside it",
        webhook(
            change(
                messages=[
                    {
                        "from": "447700900123",
                        "id": "wamid.1",
                        "timestamp": "7",
                        "type": "system",
                        "system": {"type": "user_identity_changed"},
                    },
                    {
                        "from": "447700900123",
                        "id": "wamid.2",
                        "type": "system",
                        "system": {
                            "type": "user_changed_user_id",
                            "previous_user_id": BSUID,
                            "user_id": NEW_BSUID,
                        },
                    },
                ]
            )
        ),
        [
            IdentityChanged("wamid.1", Sender("+447700900123"), Sender("+447700900123"), when(7)),
            IdentityChanged("wamid.2", Sender("+447700900123", BSUID), Sender(user_id=NEW_BSUID)),
        ],
    ),
    Hears(
        "a template about to become marketing",
        webhook(
            {
                "field": "template_category_update",
                "value": {
                    "message_template_id": 5,
                    "message_template_name": "school_notice",
                    "message_template_language": "en-GB",
                    "new_category": "UTILITY",
                    "correct_category": "MARKETING",
                    "category_update_timestamp": 1760711433,
                },
            }
        ),
        [
            TemplateChanged(
                "template:5:CATEGORY_UPDATE:MARKETING:9",
                "school_notice",
                "en_GB",
                "CATEGORY_UPDATE",
                "MARKETING",
                when(9),
            )
        ],
    ),
]
