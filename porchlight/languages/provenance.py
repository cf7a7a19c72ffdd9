"""Where each version of a text comes from, and which one a reader gets."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from porchlight.toolbox import scripts


class Provenance(enum.StrEnum):
    """Who made a version."""

    ORIGINAL = "original"  # the words as their author wrote them
    PERSON = "person"  # a person wrote this version for this message
    SCHOOL_TEMPLATE = "school_template"  # a version the school keeps of its own text
    PHRASE_BOOK = "phrase_book"  # Porchlight's own words
    ENGINE = "engine"  # a machine; `by` names it
    LETTERS = "letters"  # people's words, put into Latin letters by a machine; `by` names whose words
    ENGINE_LETTERS = (
        "engine_letters"  # a machine's words, put into other letters by one; `by` names the engine
    )
    MEMORY = "memory"  # put together from sentences that people translated or checked before


OURSELVES = "Porchlight"  # `by` of people of ours, whose words nobody at the school has read over
MACHINES = frozenset({Provenance.ENGINE, Provenance.LETTERS, Provenance.ENGINE_LETTERS})


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language and script. `by` is the person or engine, `checked_by` who read it over."""

    text: str
    language: str  # BCP-47
    provenance: Provenance
    by: str = ""
    checked_by: str = ""

    @property
    def is_unchecked_machine(self) -> bool:
        """Machine words nobody has read over: shown as such, with the original beside them."""
        return self.provenance in MACHINES and not self.checked_by


@dataclass(frozen=True, slots=True)
class RenderedVersion:
    """What one reader gets. `is_original` says that no version was made for them, or none was needed."""

    text: str
    language: str
    is_original: bool
    provenance: Provenance
    by: str = ""
    checked_by: str = ""

    @property
    def is_unchecked_machine(self) -> bool:
        """As of a version."""
        return self.provenance in MACHINES and not self.checked_by

    @property
    def is_translated_by_machine(self) -> bool:
        """A machine chose the words, and nobody has read them over."""
        return self.is_unchecked_machine and self.provenance is not Provenance.LETTERS

    @property
    def is_by_letters_alone(self) -> bool:
        """People chose the words; only their letters are a machine's, and nobody has read them over."""
        return self.provenance is Provenance.LETTERS and not self.checked_by

    def needs_mark(self, reads: str | Sequence[str]) -> bool:
        """True when this reader meets the original in a language or script that is not theirs: say so."""
        tags = [reads] if isinstance(reads, str) else list(reads)
        return self.is_original and not any(scripts.same_reading(self.language, tag) for tag in tags)


def version_for(
    reads: str | Sequence[str], *, original: Version, versions: Mapping[str, Version]
) -> RenderedVersion:
    """The version for a reader of `reads` (best first), or the original. `versions` by BCP-47 tag.

    The original counts as a version too. Urdu and Roman Urdu never stand in for one another. An empty version
    is none.
    """
    usable = {tag: version for tag, version in versions.items() if version.text.strip()}
    found = scripts.matches(reads, [original.language, *usable])
    chosen = original if found in {None, original.language} else usable[str(found)]
    return RenderedVersion(
        chosen.text, chosen.language, chosen is original, chosen.provenance, chosen.by, chosen.checked_by
    )
