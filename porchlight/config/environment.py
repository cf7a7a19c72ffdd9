"""Settings from the environment, each read once, with its help: docs/settings.md is made from this register."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_network

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class BadSetting(ValueError):
    """An environment variable cannot be understood; the message says which and what it may be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings reference."""

    name: str
    default: str
    help: str
    secret: bool = False


REGISTER: dict[str, Setting] = {}


def text(name: str, default: str = "", *, help: str, secret: bool = False) -> str:
    """The value of a variable, or its default."""
    REGISTER[name] = Setting(name, default, help, secret)
    return os.environ.get(name, default)


def flag(name: str, default: bool = False, *, help: str) -> bool:
    """A yes or no. Raises BadSetting for anything else."""
    value = text(name, "yes" if default else "no", help=help).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise BadSetting(f"{name} is {value!r}; write yes or no.")


def number(name: str, default: int, *, help: str) -> int:
    """A whole number. Raises BadSetting for anything else."""
    value = text(name, str(default), help=help)
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} is {value!r}; write a whole number, such as {default}.") from None


def choice[Word: str](name: str, default: Word, among: Sequence[Word], *, help: str) -> Word:
    """One of a few words. Raises BadSetting for any other."""
    value = text(name, default, help=f"{help} One of {', '.join(among)}.").strip().lower()
    for word in among:
        if word == value:
            return word
    raise BadSetting(f"{name} is {value!r}; write one of {', '.join(among)}.")


def words(name: str, default: str = "", *, help: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default, help=help).split(",") if word.strip()]


def networks(name: str, *, help: str) -> list[str]:
    """Networks or single addresses, separated by commas. Raises BadSetting for anything else."""
    found = words(name, help=help)
    for one in found:
        try:
            ip_network(one)
        except ValueError:
            raise BadSetting(f"{name} holds {one!r}; write networks, such as 10.1.0.0/16.") from None
    return found
