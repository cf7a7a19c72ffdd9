"""Tables of the languages room."""

from porchlight.languages.models.engines import EngineAccount, TrustedPair
from porchlight.languages.models.known import KnownLanguage
from porchlight.languages.models.letters import Spelling
from porchlight.languages.models.memory import Sentence, Term

__all__ = ["EngineAccount", "KnownLanguage", "Sentence", "Spelling", "Term", "TrustedPair"]
