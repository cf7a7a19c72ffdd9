"""What is said, before it is said to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.conversations.models import Ask, Notice
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Urgency
from porchlight.files.models import StoredFile
from porchlight.schools.tiers import Tier

HELD_BACK = "held_back"  # Message.kind: more was said to the home than stands in the thread


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said, before it is said to anybody."""

    words: Words
    travels: Words | None = None  # said to the home in place of `words`, which alone stand in the thread
    kind: str = ""
    subject: str = ""
    tier: Tier = Tier.L1
    urgent_reason: str = ""
    notice: Notice | None = None
    ask: Ask | None = None
    sound: StoredFile | None = None  # said aloud; the words say that it was
    read_out: StoredFile | None = None  # the very words, in a person's voice, for whoever is rung
    enclosed: StoredFile | None = None  # a photo or a letter beside the words

    @property
    def said(self) -> Words:
        """What the home is told."""
        return self.travels or self.words

    @property
    def urgency(self) -> Urgency:
        return Urgency.URGENT if self.urgent_reason else Urgency.ORDINARY
