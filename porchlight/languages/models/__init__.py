"""Tables of the languages room."""

from porchlight.languages.models.engines import EngineAccount, TrustedPair
from porchlight.languages.models.known import KnownLanguage
from porchlight.languages.models.letters import Spelling
from porchlight.languages.models.memory import Sentence, Term
from porchlight.languages.models.parents import EndedHow, ParentReader

__all__ = [
    "EndedHow",
    "EngineAccount",
    "KnownLanguage",
    "ParentReader",
    "Sentence",
    "Spelling",
    "Term",
    "TrustedPair",
]
