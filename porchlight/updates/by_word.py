"""“CLASS” and “QUESTION TONIGHT”, from a family's own phone: told at once, in their language, read out where rung."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from porchlight.conversations.models import Kind as Sort
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.speaking import words_for_sound
from porchlight.conversations.tell import tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wanted import on_wanted
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.families.models import Channel, Enrolment, Guardianship, Student
from porchlight.families.models.people import in_force
from porchlight.files.models import StoredFile
from porchlight.languages.understood import Kind
from porchlight.schools.actors import system
from porchlight.schools.models import School, SchoolClass
from porchlight.updates.facts import facts_of, read_aloud, told
from porchlight.updates.tonight import choose, words_of
from porchlight.updates.week_days import week_of

# A chat carries words or sound in one message, so the sound follows; a call is the sound, a text has none.
SOUND_BESIDE = (Channel.WHATSAPP, Channel.TELEGRAM)

type Found = tuple[Words, Callable[[str], StoredFile | None]]


@on_wanted(Kind.ABOUT_CLASS)
def about_class(school: School, ties: Sequence[Guardianship], now: datetime) -> bool:
    """What the class learns this term, how school works and whom to ask."""
    today = school.local(now).date()

    def find(school_class: SchoolClass) -> Found | None:
        facts = facts_of(school_class, on=today)
        if not facts:
            return None
        words = told(facts, school)
        return words, lambda spoken: read_aloud(school_class, words, spoken=spoken)

    return _say(school, ties, find, now)


@on_wanted(Kind.TONIGHT)
def tonight(school: School, ties: Sequence[Guardianship], now: datetime) -> bool:
    """This week's question for the dinner table."""
    week = week_of(school.local(now).date())

    def find(school_class: SchoolClass) -> Found | None:
        question = choose(school_class, week=week)
        lines = [line("update_tonight", question=words_of(question)), line("update_answer")]
        return said_in_all(lines, school), lambda _spoken: None

    return _say(school, ties, find, now)


def _say(
    school: School,
    ties: Sequence[Guardianship],
    find: Callable[[SchoolClass], Found | None],
    now: datetime,
) -> bool:
    """One message for each class that has something to tell; brothers and sisters of one class get it once."""
    is_said = False
    for school_class, theirs in _by_class(school, ties, now).items():
        found = find(school_class)
        if found is None:
            continue
        words, aloud = found
        children: dict[int, list[Student]] = defaultdict(list)
        adults = {tie.guardian_id: tie.guardian for tie in theirs}
        for tie in theirs:
            children[tie.guardian_id].append(tie.student)
        for pk, adult in adults.items():
            utterance = Utterance(words=words, kind=Sort.INFORMATION, read_out=aloud(adult.spoken))
            to = [Recipient(adult, tuple(children[pk]))]
            said = tell(school=school, recipients=to, utterance=utterance, by=system(school.pk), now=now)
            if utterance.read_out is not None and any(one.channel in SOUND_BESIDE for one in said.planned):
                _aloud(school, to, utterance.read_out, now)
            is_said = True
    return is_said


def _aloud(school: School, to: Sequence[Recipient], sound: StoredFile, now: datetime) -> None:
    """The colleague's own voice, as a voice note under the words it says."""
    utterance = Utterance(words=words_for_sound(school, school.name), kind=Sort.INFORMATION, sound=sound)
    tell(school=school, recipients=to, utterance=utterance, by=system(school.pk), now=now)


def _by_class(
    school: School, ties: Sequence[Guardianship], now: datetime
) -> dict[SchoolClass, list[Guardianship]]:
    today = in_force(school.local(now).date())
    places = Enrolment.objects.in_school(school).filter(today, student__in=[tie.student_id for tie in ties])
    found: dict[SchoolClass, list[Guardianship]] = defaultdict(list)
    for one in places.select_related("school_class__school").order_by("school_class__name", "pk"):
        if one.school_class.closed_at is None:
            found[one.school_class] += [tie for tie in ties if tie.student_id == one.student_id]
    return found
