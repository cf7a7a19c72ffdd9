"""“FEWER MESSAGES”, from a family's own phone: the dose changes at once, and one line says so."""

from __future__ import annotations

from datetime import datetime

from porchlight.conversations import heeding
from porchlight.conversations.dosing import Wish, choose
from porchlight.conversations.heard import Words, hear_in_thread
from porchlight.conversations.models import Message
from porchlight.conversations.placing import guardians_at, place, thread_of
from porchlight.delivery.content import ServiceKind
from porchlight.families.models import Address
from porchlight.languages.understood import Kind, understand
from porchlight.schools.models import School

SAID = "dose"  # Message.kind
WISHES = {
    Kind.FEWER: (Wish.FEW, ServiceKind.DOSE_FEW),
    Kind.ALL_MESSAGES: (Wish.USUAL, ServiceKind.DOSE_USUAL),
}


def dose_by_word(school: School, address: Address | None, words: Words, now: datetime) -> Message | None:
    """Do it for everybody at that phone. The words stand in a thread of theirs, and want no answer.

    None when it is no such wish, or nobody of ours is at that address.
    """
    if address is None or words.choice or words.media:
        return None
    guardians = guardians_at(address)
    understood = understand(words.text, [guardian.reading for guardian in guardians])
    if not guardians or understood is None or understood.kind not in WISHES:
        return None
    placing = place(school=school, address=address, text=words.text, in_reply_to=words.in_reply_to, now=now)
    if not placing.ties:
        return None
    wish, says = WISHES[understood.kind]
    for guardian in guardians:
        choose(guardian, wish, by=guardian.actor(), now=now)
    said = hear_in_thread(thread=thread_of(placing.ties[0]), words=words, kind=SAID)
    said.settled_at = now
    said.save(update_fields=["settled_at"])
    heeding.say_once(school, address, says, words, now)
    return said
