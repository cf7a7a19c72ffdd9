"""The line to push services: connections of its own, each to the open internet alone, whatever a name leads to.

Apart from those of other gateways, so that none that one of them keeps open inside our own network is ever used again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from yarl import URL

from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.web_push.subscription import NotASubscription
from porchlight.delivery.gateways.wire import address
from porchlight.toolbox.reach import check_url

_lines: dict[asyncio.AbstractEventLoop, Http] = {}


def place_of(settings: Mapping[str, str], endpoint: str) -> tuple[URL, bool]:
    """Where a browser is told, and whether that is the account's own push service for trying out.

    Raises NotPublic for what is not on the open internet, NotASubscription for what is no address.
    """
    own = address(settings.get("base_url", ""), "")
    try:
        url = URL(endpoint)
        if own.host and url.host and url.origin() == own.origin():
            return url, True
    except ValueError:
        raise NotASubscription from None
    check_url(endpoint)
    return url, False


def line() -> Http:
    """This event loop's; opened when it is first needed."""
    loop = asyncio.get_running_loop()
    if loop not in _lines:
        _lines[loop] = Http(public_only=True)
    return _lines[loop]


async def close() -> None:
    """Part from every push service this event loop still speaks with."""
    found = _lines.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()
