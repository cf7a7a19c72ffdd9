"""What the phrase book knows of a phrase: what it is for, how far it may travel, its places."""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.schools.tiers import Tier


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry. `needed` places must be given; `optional` ones may be empty or missing."""

    tier: Tier
    about: str
    needed: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


def phrase(about: str, needed: str = "", optional: str = "", tier: Tier = Tier.L0) -> Phrase:
    """Places are names with spaces between."""
    return Phrase(tier, about, frozenset(needed.split()), frozenset(optional.split()))
