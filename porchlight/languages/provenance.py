"""Where each version of a text comes from, which one a reader gets, and the seam where translation engines fit."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from porchlight.toolbox import scripts


class Provenance(enum.StrEnum):
    """Who made a version."""

    ORIGINAL = "original"  # the words as their author wrote them
    PERSON = "person"  # a person wrote this version for this message
    SCHOOL_TEMPLATE = "school_template"  # a version the school keeps of its own text
    PHRASE_BOOK = "phrase_book"  # Porchlight's own words
    ENGINE = "engine"  # a machine; `by` names it and its version


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
        return self.provenance is Provenance.ENGINE and not self.checked_by


@dataclass(frozen=True, slots=True)
class RenderedVersion:
    """What one reader gets. `is_original` says that no version was made for them, or none was needed."""

    text: str
    language: str
    is_original: bool
    provenance: Provenance
    by: str = ""
    checked_by: str = ""

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


@dataclass(frozen=True, slots=True)
class Translation:
    """What an engine made of a text. `engine` is its name and version, as families and staff are told."""

    text: str
    source: str
    target: str
    engine: str

    def as_version(self) -> Version:
        return Version(self.text, self.target, Provenance.ENGINE, self.engine)


class CannotTranslate(Exception):
    """The engine does not do this pair, or did not answer; the original goes out, marked so."""


class Engine(Protocol):
    """A translation engine. Named places like {child} and numbers must come back as they went in."""

    @property
    def name(self) -> str: ...

    def can(self, source: str, target: str) -> bool:
        """Does it translate this pair of BCP-47 tags, scripts included?"""
        ...

    def translate(self, text: str, source: str, target: str) -> Translation:
        """Raises CannotTranslate."""
        ...


_engines: dict[str, Engine] = {}


def register_engine(engine: Engine) -> None:
    """Switch an engine on. None is by default: no family's words leave the school for a machine unasked."""
    _engines[engine.name] = engine


def forget_engine(name: str) -> None:
    """Switch it off again."""
    _engines.pop(name, None)


def engine_for(source: str, target: str) -> Engine | None:
    """The first engine, in order of registration, that translates this pair."""
    source, target = scripts.normal(source), scripts.normal(target)
    return next((engine for engine in _engines.values() if engine.can(source, target)), None)
