"""Where a company's interface stands, and where its answers may send people."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from porchlight.meetings.video.contract import Access


def base_of(access: Access, usual: str) -> str:
    """The address that calls begin with: the one in the account's settings, else the company's usual one."""
    return access.settings.get("base_url", "").rstrip("/") or usual


def leads_to(address: str, access: Access, is_theirs: Callable[[str], bool]) -> bool:
    """Whether it leads to the company's own hosts, or to the account's: nobody is sent elsewhere by an answer."""
    parts, own = urlsplit(address), urlsplit(access.settings.get("base_url", ""))
    if own.hostname and parts.netloc == own.netloc:
        return parts.scheme in {"https", own.scheme}
    return parts.scheme == "https" and is_theirs(parts.hostname or "")
