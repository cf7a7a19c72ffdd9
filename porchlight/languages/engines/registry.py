"""The engines there are. None is a school's until it has an account there and trusts it with a pair of languages."""

from __future__ import annotations

from porchlight.languages.engines import azure, deepl, google, google_v3, libretranslate
from porchlight.languages.engines.contract import Engine

ENGINES: dict[str, Engine] = {
    one.name: one
    for one in (libretranslate.engine, deepl.engine, google.engine, google_v3.engine, azure.engine)
}


class UnknownEngine(LookupError):
    """There is no engine of this name here."""


def get(name: str) -> Engine:
    """Raises UnknownEngine."""
    try:
        return ENGINES[name]
    except KeyError:
        raise UnknownEngine(name) from None
