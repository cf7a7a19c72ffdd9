"""A question only the office can answer, with what it may answer and why it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ONE, TWO, HOME, APART, SAME, OTHER = "one", "two", "home", "apart", "same", "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` decides the words: `telling.question`. One that `must` be answered keeps the sheet waiting."""

    kind: str  # twice, mended, shared
    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    answer: str = ""
    must: bool = False

    @property
    def is_open(self) -> bool:
        return self.must and self.answer not in self.choices
