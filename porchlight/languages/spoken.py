"""Which languages the families of a school read, and what stands ready for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from porchlight.families.models import Guardian
from porchlight.languages.engines.contract import Engine
from porchlight.languages.models import EngineAccount, TrustedPair
from porchlight.languages.pairs import plain
from porchlight.schools.models import School
from porchlight.toolbox.scripts import autonym


@dataclass(frozen=True, slots=True)
class Way:
    """From one language into another, and who translates."""

    source: str
    target: str
    adults: int  # who read the other language
    account: EngineAccount | None
    can: Sequence[EngineAccount]  # those whose engine knows both

    @property
    def words(self) -> str:
        """`English → اردو`, each name in its own direction."""
        return f"\u2068{autonym(self.source)}\u2069 \u2192 \u2068{autonym(self.target)}\u2069"

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.source}>{self.target}"


def read_here(school: School) -> Counter[str]:
    """Tags without regions, with how many adults read each."""
    rows = Guardian.objects.in_school(school).filter(left_at=None).only("speaks", "reads", "script")
    return Counter(plain(one.reading) for one in rows)


def others(school: School) -> list[str]:
    """Languages that families read and the school does not write in; the most read first."""
    own = plain(school.language)
    return [tag for tag, _count in read_here(school).most_common() if tag not in {own, "und"}]


def ways(school: School) -> list[Way]:
    """Out to each language that families read, and back."""
    own, read = plain(school.language), read_here(school)
    accounts = list(EngineAccount.objects.in_school(school).open())
    trusted = {
        (row.source, row.target): row.account
        for row in TrustedPair.objects.in_school(school).select_related("account")
    }
    found = []
    for tag in others(school):
        for source, target in ((own, tag), (tag, own)):
            can = [one for one in accounts if knows(one.adapter, source, target)]
            found.append(Way(source, target, read[tag], trusted.get((source, target)), can))
    return found


def knows(engine: Engine, source: str, target: str) -> bool:
    """Whether the engine has a name for both; whether it really translates them, a test sentence tells."""
    return bool(engine.code(source, is_target=False) and engine.code(target, is_target=True))
