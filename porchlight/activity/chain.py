"""The record as a chain: what a link is, and what is wrong with a chain that somebody touched.

Every link's digest is SHA-256 over the digest before it, its number and the entry it seals; so any entry that is
changed, gone or in another's place breaks the chain there. Who can write past the application could forge the rest of
it anew: the anchors kept elsewhere find that (`anchoring.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

BEFORE_THE_FIRST = "0" * 64


class Sealed(NamedTuple):
    """What of an entry the chain holds fast."""

    id: int
    school_id: int
    verb: str
    actor_kind: str
    actor_id: int | None
    about_type: str
    about_id: int | None
    at: datetime
    facts: Mapping[str, Any]
    digest: str


class Link(NamedTuple):
    """One seal as it is found, with its entry; None where that is gone."""

    number: int
    digest: str
    entry: Sealed | None


class Fault(NamedTuple):
    """Where the record is not as it was written, and in what way."""

    number: int
    words: str


def digest_of(words: str, salt: str) -> str:
    """What an entry keeps of the words beside it: they can be proved while they are there, not guessed when gone."""
    return sha256(f"{salt}\n{words}".encode()).hexdigest()


def link(before: str, number: int, entry: Sealed) -> str:
    """The digest of the link that seals this entry."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    whole = [before, number, *entry[:7], at, dict(entry.facts), entry.digest]
    return sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def faults(links: Iterable[Link], anchors: Mapping[int, str]) -> Iterator[Fault]:
    """What is wrong with a chain, given in the order of its numbers. `anchors`: number → digest, kept elsewhere."""
    before, expected = BEFORE_THE_FIRST, 1
    left = dict(anchors)
    for found in links:
        if found.number != expected:
            yield Fault(expected, f"links {expected} to {found.number - 1} are gone")
        if found.entry is None:
            yield Fault(found.number, "its entry is gone")
        elif link(before, found.number, found.entry) != found.digest:
            yield Fault(found.number, "its entry, or the link itself, was changed or moved")
        if left.pop(found.number, found.digest) != found.digest:
            yield Fault(found.number, "the anchor kept elsewhere says otherwise: the chain was written anew")
        before, expected = found.digest, found.number + 1
    for number in sorted(left):
        yield Fault(number, "the anchor kept elsewhere knows it, and the chain ends before it")
