"""Accounts and lanes, parcels and deliveries, and what came in."""

from porchlight.delivery.models.accounts import Account, KillSwitch, Lane, WebhookRoute
from porchlight.delivery.models.attachments import Attachment
from porchlight.delivery.models.by_hand import CameOf, Entrusted, Handing
from porchlight.delivery.models.inbox import InboundEvent
from porchlight.delivery.models.ladder import Ladder
from porchlight.delivery.models.outbox import TO_RECORD, Delivery, Parcel, ParcelStudent, Stopped
from porchlight.delivery.models.recordings import Recording

__all__ = [
    "TO_RECORD",
    "Account",
    "Attachment",
    "CameOf",
    "Delivery",
    "Entrusted",
    "Handing",
    "InboundEvent",
    "KillSwitch",
    "Ladder",
    "Lane",
    "Parcel",
    "ParcelStudent",
    "Recording",
    "Stopped",
    "WebhookRoute",
]
