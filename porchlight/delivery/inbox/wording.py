"""Inbound events to and from the JSON their rows keep: our few words, one table for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
    AsksForHours,
    Heard,
    IdentityChanged,
    Ignored,
    InboundEvent,
    Media,
    MissedCall,
    Receipt,
    Refused,
    Sender,
    Status,
    TemplateChanged,
)

KINDS: dict[str, type[InboundEvent]] = {
    "heard": Heard,
    "receipt": Receipt,
    "missed_call": MissedCall,
    "identity_changed": IdentityChanged,
    "template_changed": TemplateChanged,
    "address_failed": AddressFailed,
    "asks_for_hours": AsksForHours,
    "ignored": Ignored,
}
RECEIPTS = "receipts"  # the `kind` of a row that holds several, which came in one webhook
NAMES = {kind: name for name, kind in KINDS.items()}
# Each field with its default, which is left out of a row: most are rarely given.
FIELDS = {
    kind: [(f.name, f.default) for f in fields(kind) if f.name not in {"raw", "content"}]
    for kind in (*KINDS.values(), Sender, Media, Refused)
}


def kind_of(event: InboundEvent) -> str:
    """The row's `kind`."""
    return NAMES[type(event)]


def written(event: InboundEvent) -> dict[str, Any]:
    """The row's `event`: every field but the raw payload, which has a column of its own, and what says nothing."""
    return _fields(event)


def read(kind: str, row: Mapping[str, Any], raw: Mapping[str, Any]) -> InboundEvent:
    """The event a row stands for. Raises KeyError for a kind this version does not know."""
    values = {name: _lively(name, value) for name, value in row.items()}
    return KINDS[kind](**values, raw=raw)


def receipt_in(row: Mapping[str, Any]) -> Receipt:
    """As `read()`, for a receipt and without its raw payload: there are many of them."""
    refused = row.get("refused")
    return Receipt(
        key=row["key"],
        provider_id=row["provider_id"],
        status=Status(row["status"]),
        reference=row.get("reference", ""),
        refused=_lively("refused", refused) if refused else None,
    )


def _fields(value: Any) -> dict[str, Any]:
    return {
        name: _plain(found)
        for name, default in FIELDS[type(value)]
        if (found := getattr(value, name)) is not default and found != default
    }


def _plain(value: object) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _fields(value) if isinstance(value, Sender | Media | Refused) else value


def _lively(name: str, value: Any) -> Any:
    if value is None:
        return None
    match name:
        case "at":
            return datetime.fromisoformat(value)
        case "sender" | "old" | "new":
            return Sender(**value)
        case "media":
            return tuple(Media(**one) for one in value)
        case "status" if isinstance(value, int):
            return Status(value)
        case "refused":
            return Refused(**{**value, "advice": Advice(value["advice"])})
        case "advice":
            return Advice(value)
    return value
