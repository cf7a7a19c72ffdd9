"""Who is really asking. What a proxy adds is believed from the proxies we were told of, and from nobody else.

Whether a page travels by https is no question for a header: our public address says so, and it comes from the
settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from porchlight.operations.serving.handler import PageHandler, Receive, Scope, Send

type Network = IPv4Network | IPv6Network

# Taken off every request, believed or not: nothing further in may read them by mistake.
HOP_HEADERS = frozenset({b"forwarded", b"x-real-ip", b"x-client-ip", b"true-client-ip", b"cf-connecting-ip"})


class BehindProxies:
    """Sets a request's client from its proxy's headers when the proxy is one of ours; takes all such headers off."""

    def __init__(self, pages: PageHandler, *, proxies: Sequence[str], scheme: str) -> None:
        self.pages = pages
        self._scheme = scheme
        self._trusted: list[Network] = [ip_network(proxy, strict=False) for proxy in proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            scope = self._seen_through(scope)
        await self.pages(scope, receive, send)

    def _seen_through(self, scope: Scope) -> Scope:
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        client = scope.get("client")
        passed_on = [pair for pair in headers if not _is_a_hops(pair[0])]
        seen = {**scope, "scheme": self._scheme, "headers": passed_on}
        addresses = _words(headers, b"x-forwarded-for")
        if client and addresses and self._is_trusted(client[0]):
            seen["client"] = (self._first_stranger(addresses), 0)
        elif len(passed_on) < len(headers):  # some proxy we were not told of: who asks is not who it seems
            passed_on.append((b"via", b"1.1 unnamed"))
        return seen

    def _first_stranger(self, addresses: Sequence[str]) -> str:
        """Each proxy writes on the right, so what stands left of a stranger is the stranger's own invention."""
        for address in reversed(addresses):
            if not self._is_trusted(address):
                return address if _is_address(address) else "0.0.0.0"  # noqa: S104 - an unknown asker, not a listener
        return addresses[0]

    def _is_trusted(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self._trusted)


def _is_a_hops(name: bytes) -> bool:
    return name in HOP_HEADERS or name.startswith(b"x-forwarded-")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _words(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> list[str]:
    line = b",".join(value for key, value in headers if key == name).decode("latin-1")
    return [word.strip() for word in line.split(",") if word.strip()]
