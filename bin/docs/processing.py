"""The record of processing (Article 30), from the register every room keeps of its tables."""

from __future__ import annotations

from collections.abc import Iterator

from tables import table

from porchlight.privacy.copying import SAFETY
from porchlight.privacy.limits import BOUNDS
from porchlight.privacy.register import Model, register, tier_of
from porchlight.privacy.words import LIMITS
from porchlight.schools.tiers import Tier
from porchlight.toolbox.kept import Kept


def page() -> str:
    """Markdown."""
    return f"""# Record of processing

What Porchlight keeps of whom, what for, on which ground, and how long: what Article 30 of the General Data
Protection Regulation asks for, made from the register that every room keeps of its tables (`kept.py` beside its
models). A table or a field that is not in it fails the build (`tests/test_house_register.py`). Each school reads its
own under Settings, What is kept; families read it by how long things are kept, at `/<school>/what-we-keep/`.

Who is who: the school decides (controller), whoever runs the server works for it (processor), and so do the gateways
a school has connected, which get a number and the words of one message each ([channels](channels.md)). Words go to
nobody else. How they are protected: [trust](trust.md).

## Limits

Days. A school chooses between the least and the most; a table without a moment of its own goes with the row it
hangs on.

{table(("limit", "of what", "we propose", "least", "most"), _limits())}
## Tables

A copy that somebody gets of what is kept about them has the fields under “copy”, as far as they may be read.

{table(("table", "whose", "purpose", "ground", "limit", "fields", "copy", "highest tier"), _tables())}"""


def _given(model: Model, kept: Kept) -> str:
    """Fields that stand in a copy."""
    if not (kept.child or kept.adult) or model._meta.label in SAFETY:
        return "–"
    return (
        ", ".join(name for name in kept.named() if kept.is_given(name) and tier_of(model, name) < Tier.L3)
        or "–"
    )


def _limits() -> Iterator[tuple[str, ...]]:
    for limit, words in LIMITS.items():
        bounds = BOUNDS.get(limit)
        days = (str(bounds.days), str(bounds.least), str(bounds.most)) if bounds else ("–", "–", "–")
        yield (limit.value, str(words), *days)


def _tables() -> Iterator[tuple[str, ...]]:
    for model, kept in sorted(register().items(), key=lambda pair: pair[0]._meta.label):
        yield (
            model._meta.label,
            ", ".join(kept.whose),
            kept.purpose.value.replace("_", " "),
            kept.ground.value,
            kept.limit.value + (f", from `{kept.since}`" if kept.since else ""),
            "; ".join(f"{sort}: {names.replace(' ', ', ')}" for sort, names in kept.fields.items()),
            _given(model, kept),
            f"L{max(tier_of(model, name) for name in ['id', *kept.named()])}",
        )
