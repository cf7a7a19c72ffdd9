"""What a home asks for besides saying something: a call; or perhaps something else than the STOP we took it for.

Each is seen by a person: the words stand in their thread, and the office has it in its tray.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from porchlight.conversations.heard import Words, hear_in_thread, to_triage
from porchlight.conversations.models import Answer, Ask, Message, Shape, TriageItem, TriageReason
from porchlight.conversations.placing import Placed, guardians_at, place, thread_of
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Parcel
from porchlight.families.models import Address, Channel, ContactPoint, Guardian
from porchlight.languages.understood import Kind, understand
from porchlight.schools.models import School
from porchlight.toolbox.folding import digits

LATELY = timedelta(days=30)  # a question put so long ago may still be what a short word is about
AN_ATTEMPT = 20  # letters: who writes more is telling something
NOT_AGAIN_FOR = timedelta(hours=8)
ASKS_FOR_CALL, TAKEN_AS_STOP = "asks_for_call", "taken_as_stop"  # Message.kind
NUMBER_CHANGED = "number_changed"
MOST_WAITING = 3
NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")


def wants_a_call(address: Address | None, words: Words) -> bool:
    """ "CALL", "phone karo": what every help text says to write."""
    if address is None or words.choice:
        return False
    reads = [guardian.reading for guardian in guardians_at(address)]
    understood = understand(words.text, reads)
    return understood is not None and understood.kind is Kind.CALL


def says_number_changed(address: Address | None, words: Words) -> bool:
    """ "My new number is …", "mera number badal gaya hai", from a family we know: whatever number stands in it."""
    if address is None or words.choice:
        return False
    reads = [guardian.reading for guardian in guardians_at(address)]
    understood = understand(NUMBER.sub(" ", digits(words.text)), reads)
    return understood is not None and understood.kind is Kind.NEW_NUMBER


def ask_the_office(
    school: School, address: Address, words: Words, placing: Placed, now: datetime
) -> TriageItem:
    """A changed number is a request to the office, and changes nothing: these words may be anybody's."""
    message = _in_thread(words, placing, NUMBER_CHANGED)
    item = to_triage(school, address, words, TriageReason.NUMBER_CHANGED, message)
    say_once(school, address, ServiceKind.MET_BY_A_PERSON, words, now)
    return item


def ask_the_office_for(guardian: Guardian, text: str, point: ContactPoint | None, *, now: datetime) -> None:
    """The same from their own page. Pressed many times, it waits in the tray a few times at most."""
    sender = str(guardian)[:254]
    waiting = TriageItem.objects.in_school(guardian.school_id).waiting()
    mine = waiting.filter(reason=TriageReason.NUMBER_CHANGED, sender=sender)
    if mine.count() >= MOST_WAITING:
        return
    address = point.address if point is not None else None
    channel = address.channel if address is not None else Channel.SMS
    said = Words(text=text, channel=channel, at=now, sender=sender)
    to_triage(guardian.school, address, said, TriageReason.NUMBER_CHANGED)


def promise_a_call(
    school: School, address: Address, words: Words, placing: Placed, now: datetime
) -> TriageItem:
    """The words into their thread where that is clear, the wish to the office, which has the number; and say so."""
    message = _in_thread(words, placing, ASKS_FOR_CALL)
    item = to_triage(school, address, words, TriageReason.ASKS_FOR_CALL, message)
    say_we_will_ring(school, address, words, now)
    return item


def say_we_will_ring(school: School, address: Address, words: Words, now: datetime) -> None:
    """Once for a while, however often it rings."""
    say_once(school, address, ServiceKind.WE_WILL_RING, words, now)


def stop_or_answer(*, school: School, address: Address | None, words: Words, now: datetime) -> str:
    """STOP was taken, as the rules of the trade want it; but "cancel" may have been meant for our question.

    With a question put to them lately a person is asked to look. The confirmation they got says how to START again.
    """
    guardians = guardians_at(address) if address is not None else []
    if address is None or not _asked_lately(school, guardians, now):
        return "nothing was asked"
    placing = place(school=school, address=address, text=words.text, in_reply_to=words.in_reply_to, now=now)
    message = _in_thread(words, placing, TAKEN_AS_STOP)
    to_triage(school, address, words, TriageReason.STOP_OR_ANSWER, message)
    return "a person looks"


def say_who_reads_it(school: School, address: Address | None, words: Words, now: datetime) -> None:
    """A few letters that fit no answer, while a question of ours is open: say once that a person reads them."""
    if address is None:
        return
    guardians = guardians_at(address)
    if (len(words.text.strip()) > AN_ATTEMPT and not words.choice) or not guardians:
        return
    for guardian in guardians:
        asks = Ask.objects.in_school(school).put_to(guardian).open(now=now)
        asks = asks.exclude(shape=Shape.SHORT_TEXT).filter(created_at__gte=now - LATELY)
        answered = Answer.objects.filter(thread__guardian=guardian, accepted=True).values("ask")
        if asks.exclude(pk__in=answered).exists():
            say_once(school, address, ServiceKind.MET_BY_A_PERSON, words, now)
            return


def _in_thread(words: Words, placing: Placed, kind: str) -> Message | None:
    if not placing.is_clear:
        return None
    return hear_in_thread(thread=thread_of(placing.ties[0]), words=words, kind=kind)


def _asked_lately(school: School, guardians: Sequence[Guardian], now: datetime) -> bool:
    asks = (Ask.objects.in_school(school).put_to(guardian) for guardian in guardians)
    return any(rows.filter(created_at__gte=now - LATELY).exists() for rows in asks)


def say_once(
    school: School, address: Address, kind: ServiceKind, words: Words, now: datetime, **places: object
) -> None:
    """A service message, not again for some hours."""
    lately = Parcel.objects.in_school(school).filter(
        service_kind=kind.value, deliveries__address=address, created_at__gte=now - NOT_AGAIN_FOR
    )
    if not lately.exists():
        language = next((guardian.reading for guardian in guardians_at(address)), school.language)
        serve(school=school, kind=kind, to=address, language=language, now=now, account=words.line, **places)
