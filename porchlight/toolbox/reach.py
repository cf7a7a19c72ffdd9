"""Whom we may speak to: the open internet, and of this house's own network only what whoever runs the server named.

Asked for the address a connection is really made to, after the name was looked up, so that no name can lead us inside.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import pycurl
from django.conf import settings

type Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")


class NotPublic(ValueError):
    """An address that leads somewhere other systems have no business to send us."""


def is_reachable(address: str) -> bool:
    """Whether we may connect to this IP address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(found in ip_network(named) for named in settings.WEBHOOKS_INSIDE):
        return True
    return all(map(_is_public, _all_of(found)))


def _all_of(address: Address) -> list[Address]:
    """The address, and every one that travels inside it."""
    found: list[Address] = [address]
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        found += [one for one in inner if one is not None]
        if address.ipv4_mapped is not None:  # the IPv4 address is what counts
            found.remove(address)
    return found


def _is_public(address: Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def check_url(url: str) -> None:
    """Raises NotPublic for what no webhook may be sent to, as far as it can be told before its name is looked up."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotPublic("form") from None
    is_inside = _is_named(host)
    if parts.scheme != "https" and not (is_inside and parts.scheme == "http"):
        raise NotPublic("https")
    if not host or parts.username or parts.password or parts.fragment or any(sign.isspace() for sign in url):
        raise NotPublic("form")
    if not is_inside and port not in {None, 443}:
        raise NotPublic("port")
    if _is_ip(host) and not is_reachable(host):
        raise NotPublic("inside")


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_named(host: str) -> bool:
    """An IP address of our own network that whoever runs the server named."""
    return _is_ip(host) and any(ip_address(host) in ip_network(named) for named in settings.WEBHOOKS_INSIDE)


class Sockets:
    """libcurl's question before each connection, `open`: a socket, or none where the address may not be reached.

    libcurl works with a duplicate of each, so ours are closed when its work is over.
    """

    def __init__(self) -> None:
        self.refused = False
        self._opened: list[socket.socket] = []

    def open(self, _purpose: int, place: Any) -> Any:
        """Asked with the very address the connection would go to."""
        family, kind, protocol, address = place
        if not is_reachable(str(address[0])):
            self.refused = True
            return pycurl.SOCKET_BAD
        made = socket.socket(family, kind, protocol)
        self._opened.append(made)
        return made

    def close(self) -> None:
        """Ours."""
        for one in self._opened:
            one.close()
