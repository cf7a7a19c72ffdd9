"""Inbound events to and from the JSON their rows keep: our few words, one table for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
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
    "ignored": Ignored,
}
NAMES = {kind: name for name, kind in KINDS.items()}
FIELDS = {kind: [f.name for f in fields(kind) if f.name != "raw"] for kind in KINDS.values()}


def kind_of(event: InboundEvent) -> str:
    """The row's `kind`."""
    return NAMES[type(event)]


def written(event: InboundEvent) -> dict[str, Any]:
    """The row's `event`: every field but the raw payload, which has a column of its own."""
    return {name: _plain(getattr(event, name)) for name in FIELDS[type(event)]}


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


def _plain(value: object) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Sender | Media | Refused):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name != "content"}
    return value


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
