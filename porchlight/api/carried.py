"""Deliveries as they are called outside, and which messages each carries; for whoever may know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from porchlight.conversations.models import MessageParcel


def messages_in(school_id: int, parcels: Iterable[int]) -> dict[int, list[str]]:
    """By parcel."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = MessageParcel.objects.in_school(school_id).filter(parcel__in=set(parcels)).order_by("pk")
    for parcel, message in rows.values_list("parcel_id", "message__key"):
        found[parcel].append(message)
    return found


def delivery_id(pk: int) -> str:
    """What a delivery is called outside: the same at every asking, and nothing that could be counted."""
    return salted_hmac("porchlight.api.delivery", str(pk), algorithm="sha256").hexdigest()[:20]
