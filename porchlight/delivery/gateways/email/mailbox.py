"""Mail addresses: taken apart without guessing, and our own reply addresses with a token in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_LOCAL, LONGEST = 64, 254  # RFC 5321, 4.5.3.1
_ATOM = r"[^\s\x00-\x1f\x7f-\x9f()<>\[\]:;@\\,\".\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?", re.I)
_TOKEN = re.compile(r"[A-Za-z0-9._=~-]{6,60}")


class NotAMailbox(ValueError):
    """This is no address mail can go to. The text stays out of the message: errors end in logs."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`local@domain`; the domain in the ASCII form servers use."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """The part before the @ has letters that only SMTPUTF8 servers know."""
        return not self.local.isascii()


def parse(text: str) -> Mailbox:
    """One bare address. Raises NotAMailbox for anything else: names, lists, quoted local parts, spaces."""
    local, at, domain = text.strip().rpartition("@")
    if len(text) > 2 * LONGEST:
        raise NotAMailbox("length")
    try:
        plain = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise NotAMailbox("domain") from None
    labels = plain.split(".")
    if not at or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotAMailbox("domain")
    too_long = len(local.encode()) > LONGEST_LOCAL or len(local.encode()) + len(plain) >= LONGEST
    if too_long or not _LOCAL.fullmatch(local):
        raise NotAMailbox("local part")
    return Mailbox(local, plain)


def is_mailbox(text: str) -> bool:
    """True for one bare address."""
    try:
        parse(text)
    except NotAMailbox:
        return False
    return True


def with_token(mailbox: str, token: str) -> str:
    """`reply@…` and a token as `reply+token@…`, where an answer comes back to. Raises NotAMailbox.

    The token must survive mail programs that write addresses in small letters, and fit: at most 60 letters,
    and 64 with what stands before it.
    """
    if not _TOKEN.fullmatch(token):
        raise NotAMailbox("token")
    base = parse(mailbox)
    return str(parse(f"{base.local}+{token}@{base.domain}"))


def token_in(address: str, mailbox: str) -> str:
    """The token of an address made by `with_token` from `mailbox`, or ""."""
    try:
        found, base = parse(address), parse(mailbox)
    except NotAMailbox:
        return ""
    local, plus, token = found.local.partition("+")
    same = (local.casefold(), found.domain) == (base.local.casefold(), base.domain)
    return token if same and plus and _TOKEN.fullmatch(token) else ""
