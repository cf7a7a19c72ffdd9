"""The two halves of a letter or a slip: what one adult was told, and the same in the school's language."""

from __future__ import annotations

from datetime import datetime

from porchlight.conversations.in_full import whole_of
from porchlight.conversations.models import Message
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.delivery.models import Delivery
from porchlight.delivery.words import without_ways
from porchlight.design.parts import Saying
from porchlight.languages.phrases import saying
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox.scripts import same_reading


def says_it(row: Delivery) -> bool:
    """Whether the words themselves stand on this paper, and not others in their place."""
    return _short(row) in row.body["text"]


def for_the_home(row: Delivery, message: Message | None, now: datetime) -> Saying:
    """As it was made for them; of what a telephone was told in short, all of it."""
    text, language = row.body["text"], row.parcel.language
    whole = _whole(row, message, now)
    if whole is not None:
        version = whole.for_reader(language)
        if same_reading(version.language, language):
            text = text.replace(_short(row), version.text)
    return Saying(text, language)


def for_the_school(row: Delivery, message: Message, school: School, now: datetime) -> Saying:
    """The other half: the author's own words; where theirs are too personal for paper, or go in doubt, no more."""
    if not says_it(row):
        phrase = "please_come" if row.parcel.tier > Tier.L1 else "please_ring_us_by_hand"
        instead = saying(phrase, school.language, of=school, school=school.name, phone=school.phone)
        return Saying(instead.text, instead.language)
    heading = ", ".join(filter(None, (row.parcel.sender_name, school.name)))
    whole = _whole(row, message, now)
    words = (whole.text, whole.language) if whole is not None else (message.text, message.language)
    return Saying(f"{heading}\n{without_ways(*words, school)}", words[1])


def _short(row: Delivery) -> str:
    return without_ways(row.parcel.text, row.parcel.language, row.parcel.school)


def _whole(row: Delivery, message: Message | None, now: datetime) -> Words | None:
    guardian = row.parcel.guardian
    if message is None or message.notice is None or guardian is None or not says_it(row):
        return None
    return whole_of(message.notice, Recipient(guardian), now)
