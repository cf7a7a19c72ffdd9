"""Profiles of law, read from `profiles/<place>.toml` and checked whole: a slip of the pen stops the start.

Every section but `[student.by_country]` names its `rule` (what sort of rule it is) and its `source`.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from porchlight.toolbox.folding import fold
from porchlight.toolbox.kept import Limit

FOLDER = Path(__file__).parent / "profiles"
YEAR = 365  # days


class BadProfile(ValueError):
    """A profile says something that cannot be, or leaves something out."""


class Rule(enum.StrEnum):
    """What sort of rule a figure is."""

    LAW = "law"
    CARRIER = "carrier"  # asked by the networks that carry messages
    GUIDANCE = "guidance"  # of an authority or a profession
    CHOICE = "choice"  # ours, where the law names no figure


class KeptAwayBy(enum.StrEnum):
    """What it takes before a parent may be left out."""

    COURT = "court"
    ORDER = "order"  # a court's order, a statute or a binding document


class Receiving(enum.StrEnum):
    """What a message costs whom it comes to."""

    FREE = "free"
    MAY_COST = "may_cost"


class Authority(enum.StrEnum):
    """Who is told when something got out."""

    STATE = "state"
    INFORMATION_COMMISSIONER = "information_commissioner"
    DATA_PROTECTION_AUTHORITY = "data_protection_authority"
    DATA_PROTECTION_COMMISSION = "data_protection_commission"
    PRIVACY_COMMISSIONER = "privacy_commissioner"
    FAMILIES = "families"


@dataclass(frozen=True, slots=True)
class Figure[T]:
    """One thing a profile says, on which sort of rule it stands, and where that is written."""

    value: T
    rule: Rule
    source: str


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when nothing that can wait is sent, at the home's clock."""

    since: time
    until: time


@dataclass(frozen=True, slots=True)
class Breach:
    """Within how many hours whom."""

    hours: int
    whom: Authority


@dataclass(frozen=True, slots=True)
class Years:
    """How long one sort of records is kept."""

    proposed: int
    least: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything a place asks for."""

    name: str
    countries: frozenset[str]
    is_for_elsewhere: bool
    quiet: Figure[Hours]
    agrees_from: Figure[int]
    agrees_by_country: Mapping[str, int]
    adult: Figure[int]
    copies: Figure[int]  # days
    breach: Figure[Breach]
    stop: tuple[Figure[tuple[str, ...]], ...]  # as they are written
    emergency: Figure[tuple[str, ...]]
    kept_away_by: Figure[KeptAwayBy]
    receiving: Figure[Receiving]
    keep: Mapping[Limit, Figure[Years]]

    def age_to_agree(self, country: str) -> int:
        """From which birthday a student agrees alone to a service on the net."""
        return self.agrees_by_country.get(country, self.agrees_from.value)

    @property
    def stop_words(self) -> frozenset[str]:
        """Folded: whole messages that always end messages here."""
        return frozenset(fold(word) for figure in self.stop for word in figure.value)


@cache
def profiles() -> Mapping[str, Profile]:
    """All of them by name. Raises BadProfile."""
    read = {path.stem: profile_in(path.stem, path.read_bytes()) for path in sorted(FOLDER.glob("*.toml"))}
    spoken_for: dict[str, str] = {}
    for name, profile in read.items():
        for country in profile.countries:
            if country in spoken_for:
                raise BadProfile(f"{name}.toml: {country} is in {spoken_for[country]}.toml as well.")
            spoken_for[country] = name
    if sum(profile.is_for_elsewhere for profile in read.values()) != 1:
        raise BadProfile("Exactly one profile says “elsewhere = true”.")
    return read


def profile_in(name: str, content: bytes) -> Profile:
    """One file. Raises BadProfile, naming the file and what to mend."""
    try:
        page = _Page(name, tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadProfile(f"{name}.toml: {problem}") from None
    made = Profile(
        name=name,
        countries=frozenset(page.countries()),
        is_for_elsewhere=page.elsewhere(),
        quiet=page.figure("quiet", lambda said: Hours(page.clock(said, "from"), page.clock(said, "until"))),
        agrees_by_country=page.ages_by_country(),
        agrees_from=page.figure("student", lambda said: page.number(said, "agrees_from", 10, 21)),
        adult=page.figure("adult", lambda said: page.number(said, "age", 15, 25)),
        copies=page.figure("copies", lambda said: page.number(said, "days", 1, 90)),
        breach=page.figure(
            "breach",
            lambda said: Breach(page.number(said, "hours", 1, 720), page.one_of(said, "whom", Authority)),
        ),
        stop=page.stop_words(),
        emergency=page.figure("emergency", lambda said: page.words(said, "numbers")),
        kept_away_by=page.figure("parents", lambda said: page.one_of(said, "kept_away_by", KeptAwayBy)),
        receiving=page.figure("costs", lambda said: page.one_of(said, "receiving", Receiving)),
        keep=page.keep(),
    )
    page.must_be_empty()
    return made


class _Page:
    """A file while it is read: what was taken is gone from it, so that whatever is left was written in vain."""

    def __init__(self, name: str, raw: dict[str, Any]) -> None:
        self.name, self.raw = name, raw

    def wrong(self, what: str) -> BadProfile:
        return BadProfile(f"{self.name}.toml: {what}")

    def countries(self) -> list[str]:
        found = self.raw.pop("countries", None)
        if not isinstance(found, list) or not found:
            raise self.wrong("“countries” is a list of two-letter codes.")
        for code in found:
            if not (isinstance(code, str) and len(code) == 2 and code.isascii() and code.isupper()):
                raise self.wrong(f"“countries” holds {code!r}; write two capitals.")
        return found

    def elsewhere(self) -> bool:
        found = self.raw.pop("elsewhere", False)
        if not isinstance(found, bool):
            raise self.wrong("“elsewhere” is true or left out.")
        return found

    def figure[T](self, section: str, value: Any) -> Figure[T]:
        said = self.raw.pop(section, None)
        if not isinstance(said, dict):
            raise self.wrong(f"[{section}] is missing.")
        return self.said(section, said, value)

    def said[T](self, section: str, said: dict[str, Any], value: Any) -> Figure[T]:
        """The value of a section with its rule and source, and nothing beside them."""
        try:
            made: T = value(said)
            rule, source = self.one_of(said, "rule", Rule), said.pop("source", None)
        except BadProfile as problem:
            raise BadProfile(str(problem).replace(".toml: ", f".toml: [{section}] ", 1)) from None
        if not isinstance(source, str) or len(source) < 10:
            raise self.wrong(f"[{section}] names its “source”.")
        if said:
            raise self.wrong(f"[{section}] holds {', '.join(said)}, which nothing reads.")
        return Figure(made, rule, source)

    def clock(self, said: dict[str, Any], key: str) -> time:
        found = said.pop(key, None)
        if not isinstance(found, time):
            raise self.wrong(f"“{key}” is a time such as 21:00:00.")
        return found

    def number(self, said: dict[str, Any], key: str, least: int, most: int) -> int:
        found = said.pop(key, None)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise self.wrong(f"“{key}” is a whole number from {least} to {most}.")
        return found

    def one_of[E: enum.StrEnum](self, said: dict[str, Any], key: str, kinds: type[E]) -> E:
        found = said.pop(key, None)
        if found not in set(kinds):
            raise self.wrong(f"“{key}” is one of {', '.join(kinds)}.")
        return kinds(found)

    def words(self, said: dict[str, Any], key: str) -> tuple[str, ...]:
        found = said.pop(key, None)
        if not isinstance(found, list) or not found or not all(isinstance(one, str) and one for one in found):
            raise self.wrong(f"“{key}” is a list of words.")
        return tuple(found)

    def by_language(self, said: dict[str, Any]) -> tuple[str, ...]:
        languages = said.pop("words", None)
        if not isinstance(languages, dict) or not languages:
            raise self.wrong("“words” has a list for each language: words.en = […].")
        return tuple(word for tag in list(languages) for word in self.words(languages, tag))

    def stop_words(self) -> tuple[Figure[tuple[str, ...]], ...]:
        asked = [name for name in ("stop", "stop_of_carriers") if name in self.raw or name == "stop"]
        return tuple(self.figure(name, self.by_language) for name in asked)

    def ages_by_country(self) -> dict[str, int]:
        section = self.raw.get("student")
        ages = section.pop("by_country", {}) if isinstance(section, dict) else {}
        return {country: self.number(ages, country, 10, 21) for country in list(ages)}

    def keep(self) -> dict[Limit, Figure[Years]]:
        found: dict[Limit, Figure[Years]] = {}
        for name, said in self.raw.pop("keep", {}).items():
            if name not in set(Limit):
                raise self.wrong(f"[keep.{name}] is no limit we know.")
            figure: Figure[Years] = self.said(f"keep.{name}", said, self._years)
            if figure.value.least > figure.value.proposed:
                raise self.wrong(f"[keep.{name}] proposes less than the least.")
            found[Limit(name)] = figure
        return found

    def _years(self, said: dict[str, Any]) -> Years:
        return Years(self.number(said, "proposed_years", 1, 30), self.number(said, "least_years", 1, 30))

    def must_be_empty(self) -> None:
        if self.raw:
            raise self.wrong(f"{', '.join(self.raw)}: nothing reads this.")
