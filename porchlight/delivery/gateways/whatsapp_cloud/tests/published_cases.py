"""What each published webhook of Meta's says, by file and name in the collection."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from porchlight.delivery.gateways.contract import (
    Advice,
    Heard,
    IdentityChanged,
    Ignored,
    InboundEvent,
    Media,
    Receipt,
    Refused,
    Sender,
    Status,
    TemplateChanged,
)
from porchlight.delivery.gateways.tests.table import Hears, as_json
from porchlight.delivery.gateways.whatsapp_cloud.messages import UNSUPPORTED

NUMBER_ID = "106540352242922"
BSUID = "US.13491208655302741918"
TESTER = Sender(number="+972987654321", user_id=BSUID, name="Test Name")


def when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def heard(
    seconds: int, text: str = "", key: str = "wamid.xyzxyz", sender: Sender = TESTER, **more: Any
) -> Heard:
    return Heard(key, sender, text, at=when(seconds), **more)


def ignored(kind: str) -> Ignored:
    return Ignored("", kind)


def receipt(word: str, status: Status, seconds: int, **more: Any) -> Receipt:
    given = {"sender": TESTER, **more}
    return Receipt(f"wamid.xyzxyz:{word}", "wamid.xyzxyz", status, at=when(seconds), **given)


def media(
    kind: str, mime: str, provider_id: str = "1234567890987654321", url: str = "", **more: str
) -> tuple[Media, ...]:
    return (Media(kind, provider_id, mime, url, **more),)


PHOTO = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=65463453&source=webhook&ext=487r9re&hash=heiwchueowbcew-dnedcw"
VOICE = "9b4e2915fd8445d6a8a53c859063c0d3e6d7de2f986367588151703a00cb4832"  # Meta writes it in base64
EDITED = "https://media.example.com/updated-image.jpg"
CARDS = "Chandler Bing +1 555-555-5555\nMonica +1 666-666-6666\nRachel Green +1 777-777-7777"
TRIAL = "Failed to send message because this user's phone number is part of an experiment"

# File and name of every payload in the published collection.
EXPECTED: dict[str, list[InboundEvent]] = {
    "message#text": [heard(1697043223, "Body Text")],
    "message#reply": [heard(1697044746, "replied text", in_reply_to="wamid.xyzxyz==")],
    "message#forwarded_many_times": [heard(1697044968, "text forwarded many times")],
    "message#referral": [heard(1697045000, "BODY", "wamid.ID")],
    "message#media_with_url": [heard(1697043379, media=media("image", "image/jpeg", "65463453", PHOTO))],
    "message#document": [
        heard(1697043666, "caption", media=media("document", "application/pdf", name="filename.pdf"))
    ],
    "message#voice": [
        heard(1697043473, media=media("audio", "audio/ogg; codecs=opus", digest=VOICE)),
    ],
    "message#animated_sticker": [heard(1697043785, media=media("image", "image/webp"))],
    "message#unreaction_empty": [ignored("message.reaction")],
    "message#current_location": [heard(1697044557, "geo:12.25089,43.90539")],
    "message#contacts": [heard(1697044621, CARDS)],
    "message#unsupported": [heard(1697044706, UNSUPPORTED)],
    "callback_button#button": [
        heard(1698266730, "title", choice="callback_data", in_reply_to="wamid.xyzxyz")
    ],
    "callback_button#quick_reply_without_context": [
        heard(1698269027, "title", "wamid.xsidjx", choice="callback_data")
    ],
    "callback_selection#callback": [
        heard(1698266905, "title", "wamid.zyzxyz", choice="callback_data", in_reply_to="wamid.xyzxyz")
    ],
    "edited_message#image": [
        heard(
            1749854575,
            "Updated image caption",
            "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=",
            Sender(number="+16505551234"),
            media=media("image", "image/jpeg", "1234567890", EDITED),
            in_reply_to="M0",
        )
    ],
    "deleted_message#revoke": [ignored("message.revoke")],
    "flow_completion#completion": [ignored("message.interactive.nfm_reply")],
    "message_status#sent": [receipt("sent", Status.SENT, 1698266945)],
    "message_status#read": [receipt("read", Status.READ, 1689380458)],
    "message_status#failed": [
        receipt("failed", Status.FAILED, 1689380458, refused=Refused(Advice.RETRY_LATE, "130472", TRIAL))
    ],
    "message_status#group": [ignored("status.group")],
    "system#phone_number_change": [
        IdentityChanged(
            "wamid.xyzxyz==",
            Sender(number="+972987654321"),
            Sender(number="+972912345678"),
            when(1753851315),
        )
    ],
    "template_status_update#approved": [
        TemplateChanged(
            "template:1689556908129832:APPROVED:UTILITY:1751247548",
            "order_confirmation",
            "en_US",
            "APPROVED",
            "UTILITY",
            when(1751247548),
        )
    ],
    "template_category_update#marketing": [
        TemplateChanged(
            "template:12345678:CATEGORY_UPDATE:MARKETING:1750344882",
            "my_message_template",
            "he",
            "CATEGORY_UPDATE",
            "MARKETING",
            when(1750344882),
        )
    ],
    "template_components_update#element": [ignored("message_template_components_update")],
    "template_quality_update#yellow": [ignored("message_template_quality_update")],
    "user_marketing_preferences#resume": [ignored("user_preferences.marketing_messages.resume")],
    "call_connect#business_initiated": [ignored("call.connect")],
    "call_terminate#call_terminate": [ignored("call.terminate")],
    "call_status#call_status": [ignored("call.ringing")],
    "call_permission_update#accept": [ignored("message.interactive.call_permission_reply")],
    "outgoing_message#text": [ignored("smb_message_echoes")],
    "outgoing_message#edit": [ignored("smb_message_echoes")],
    "account_update#account_deleted": [ignored("account_update.ACCOUNT_DELETED")],
    "account_update#account_violation": [ignored("account_update.ACCOUNT_VIOLATION")],
    "account_update#account_reconnected": [ignored("account_update.ACCOUNT_RECONNECTED")],
    "account_update#authentication_international_eligibility": [
        ignored("account_update.AUTH_INTL_PRICE_ELIGIBILITY_UPDATE")
    ],
    "account_update#mm_api_for_wa_terms_of_service": [ignored("account_update.MM_LITE_TERMS_SIGNED")],
    "account_update#partner_app_installed": [ignored("account_update.PARTNER_APP_INSTALLED")],
    "account_update#partner_led_business_verification_status": [
        ignored("account_update.PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE")
    ],
    "account_update#partner_removed_wa_app_disconnection": [ignored("account_update.PARTNER_REMOVED")],
    "account_update#pricing_tiering_update": [ignored("account_update.VOLUME_BASED_PRICING_TIER_UPDATE")],
}


def published(name: str) -> Callable[[Path], bytes]:
    file, _, key = name.partition("#")

    def body(shared: Path) -> bytes:
        payloads = json.loads((shared / f"standards/whatsapp-cloud/pywa/{file}.json").read_text())
        return as_json(payloads[key])

    return body


# The published payloads come from many numbers: an account without a number of its own takes them all.
PUBLISHED = [
    Hears(name, published(name), events, settings={"phone_number_id": ""})
    for name, events in EXPECTED.items()
]
