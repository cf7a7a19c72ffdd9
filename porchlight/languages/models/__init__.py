"""Tables of the languages room."""

from porchlight.languages.models.engines import EngineAccount, TrustedPair
from porchlight.languages.models.hard_words import HardWord
from porchlight.languages.models.known import KnownLanguage
from porchlight.languages.models.memory import Sentence, Term
from porchlight.languages.models.voices import VoiceAccount

__all__ = ["EngineAccount", "HardWord", "KnownLanguage", "Sentence", "Term", "TrustedPair", "VoiceAccount"]
