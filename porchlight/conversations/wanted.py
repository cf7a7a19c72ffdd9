"""A word by which a home asks for something we have written down: it is told at once, in their own thread.

The rooms above that know it register here; conversations never calls them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.conversations.heard import Words, hear_in_thread
from porchlight.conversations.models import Message
from porchlight.conversations.placing import guardians_at, place, thread_of
from porchlight.families.models import Address, Guardianship
from porchlight.languages.understood import Kind, understand
from porchlight.schools.models import School

SAID = "wanted"  # Message.kind

AGAIN = Rate(
    4, timedelta(hours=1)
)  # from one address: each may be a text on the school's bill, or a call at home

type Teller = Callable[[School, Sequence[Guardianship], datetime], bool]

_tellers: dict[Kind, Teller] = {}


def on_wanted(kind: Kind) -> Callable[[Teller], Teller]:
    """The teller says it to these adults about these children, and whether there was anything to say."""

    def keep(teller: Teller) -> Teller:
        _tellers[kind] = teller
        return teller

    return keep


def wanted_by_word(school: School, address: Address | None, words: Words, now: datetime) -> Message | None:
    """Tell it. The words stand in a thread of theirs; where nothing is written, a person answers them.

    Asked again and again in one hour, it was told already: a sender may be made up, and the home is who gets it.
    None when it is no such word, or nobody of ours is at that address.
    """
    if address is None or words.choice or words.media:
        return None
    guardians = guardians_at(address)
    understood = understand(words.text, [guardian.reading for guardian in guardians])
    teller = _tellers.get(understood.kind) if understood is not None else None
    if not guardians or teller is None:
        return None
    placing = place(school=school, address=address, text=words.text, in_reply_to=words.in_reply_to, now=now)
    if not placing.ties:
        return None
    said = hear_in_thread(thread=thread_of(placing.ties[0]), words=words, kind=SAID)
    was_told = not take(f"wanted:{address.pk}", AGAIN, now=now)
    if was_told or teller(school, placing.ties, now):
        said.settled_at = now
        said.save(update_fields=["settled_at"])
    return said
