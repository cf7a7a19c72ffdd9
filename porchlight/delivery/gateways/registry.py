"""Finds the gateways named in settings: adding one is a folder and a line in `PORCHLIGHT_GATEWAYS`."""

from functools import cache
from importlib import import_module

from django.conf import settings

from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.gateways.contract import Gateway


class UnknownGateway(LookupError):
    """No gateway of this name is switched on; the message lists those that are."""


@cache
def all_gateways() -> dict[str, Gateway]:
    """Every switched-on gateway by name. Each folder's `adapter` module offers `gateway`, one ready instance."""
    found: dict[str, Gateway] = {}
    for path in settings.PORCHLIGHT_GATEWAYS:
        gateway: Gateway = import_module(f"{path}.adapter").gateway
        found[gateway.name] = gateway
    return found


def get(name: str) -> Gateway:
    """The gateway of this name, also one that people carry. Raises UnknownGateway with the names there are."""
    if name in BY_HAND:
        return BY_HAND[name]
    try:
        return all_gateways()[name]
    except KeyError:
        raise UnknownGateway(f"No gateway {name!r} here; switched on: {', '.join(all_gateways())}") from None
