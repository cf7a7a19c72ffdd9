"""Webhooks that are forms on the wire, or JSON with the same few words: taken apart without ever raising."""

from __future__ import annotations

from urllib.parse import parse_qsl

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import RawRequest
from porchlight.delivery.gateways.tolerant import clean

_MOST = 100  # names; a text has about a dozen


def words_of(request: RawRequest) -> dict[str, str]:
    """Each name with its one value. {} for what is neither form nor JSON object, or names something twice: of two
    values nobody could say which one was signed."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
        return _of_json(request.body)
    try:
        pairs = parse_qsl(
            request.body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST, strict_parsing=True
        )
    except ValueError:
        return {}
    found = dict(pairs)
    return found if len(found) == len(pairs) else {}


def _of_json(body: bytes) -> dict[str, str]:
    try:
        said = tolerant.json_of(body)
    except tolerant.Unreadable:
        return {}
    if not isinstance(said, dict) or len(said) > _MOST:
        return {}
    return {name: tolerant.text(said, name) for name in said if not isinstance(said[name], dict | list)}


def storable(said: dict[str, str]) -> dict[str, str]:
    """The same, without what databases refuse."""
    return {clean(name): clean(value) for name, value in said.items()}
