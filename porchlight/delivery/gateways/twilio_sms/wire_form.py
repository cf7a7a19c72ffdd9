"""Twilio's webhooks are forms on the wire: how one is taken apart, once, for the signature and for reading."""

from __future__ import annotations

from urllib.parse import parse_qsl

from porchlight.delivery.gateways.contract import RawRequest

_MOST_FIELDS = 1000  # a text with ten pictures has about sixty
_FORM = "application/x-www-form-urlencoded"


class NotAForm(ValueError):
    """The body cannot be read as a form."""


def is_form(request: RawRequest) -> bool:
    """True for a form body; a request that names no type but has a body is taken by what it holds."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == _FORM or (not kind and bool(request.body) and b"bodySHA256=" not in request.url.encode())


def fields_of(request: RawRequest) -> dict[str, list[str]]:
    """Every name with its values in their order. Raises NotAForm."""
    try:
        pairs = parse_qsl(
            request.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise NotAForm from None
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form
