"""Where a request comes from, as one place: what a household or a phone changes at will does not make it another."""

from __future__ import annotations

from ipaddress import IPv6Network, ip_address

A_HOUSEHOLD = 64  # bits of an IPv6 address that stay; a subscriber chooses the rest


def place_of(address: str) -> str:
    """An IPv4 address as it is, an IPv6 one as its /64; whatever is no address as it is written."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), A_HOUSEHOLD), strict=False))
