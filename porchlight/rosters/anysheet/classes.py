"""One class has one spelling: 4A, 4-A and “4 a” are the same, as the school or the first row writes it."""

from __future__ import annotations

from collections.abc import Iterable

from porchlight.rosters.class_names import bare


class Classes:
    """Spellings so far."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._spelt: dict[str, str] = {}
        for name in known:
            self.spelt(name)

    def spelt(self, name: str) -> str:
        """The class as it was written first."""
        same = bare(name)
        return self._spelt.setdefault(same, name) if same else name
