"""Tables of the languages room."""

from porchlight.languages.models.accounts import WordsAccount
from porchlight.languages.models.engines import EngineAccount, TrustedPair
from porchlight.languages.models.hard_words import HardWord
from porchlight.languages.models.known import KnownLanguage
from porchlight.languages.models.letters import Spelling
from porchlight.languages.models.memory import Sentence, Term
from porchlight.languages.models.parents import EndedHow, ParentReader
from porchlight.languages.models.phrases import OwnPhrase
from porchlight.languages.models.voices import VoiceAccount

__all__ = [
    "EndedHow",
    "EngineAccount",
    "HardWord",
    "KnownLanguage",
    "OwnPhrase",
    "ParentReader",
    "Sentence",
    "Spelling",
    "Term",
    "TrustedPair",
    "VoiceAccount",
    "WordsAccount",
]
