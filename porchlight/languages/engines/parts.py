"""What several engines write and say alike: codes of languages, and lists of translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from porchlight.languages.engines.markup import unmarked
from porchlight.toolbox import scripts


def code_of(tag: str, own: Mapping[str, str]) -> str:
    """An engine's word for a language of ours: its own where it has one, else the plain language's.

    Empty for a language in other letters than its usual ones, as Roman Urdu: the engine would answer in those.
    """
    tag = scripts.normal(tag)
    plain = scripts.base(tag)
    return own.get(tag) or ("" if scripts.script(tag) != scripts.script(plain) else plain)


def sentences(rows: Iterable[object], name: str) -> list[str]:
    """The words under `name` in each row, names and numbers as masks again. Raises ValueError where one has none."""
    found = [row.get(name) if isinstance(row, dict) else None for row in rows]
    texts = [one for one in found if isinstance(one, str)]
    if len(texts) != len(found):
        raise ValueError("a translation without text")
    return [unmarked(one) for one in texts]
