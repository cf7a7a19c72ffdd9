"""A fortnight at Maple Street School, told through the real road: what stands on every picture.

Everything goes out by notices and replies and comes back from the practice town's phones. Each step sets the
clock first, so that a page shows the same minute however long the telling takes; what is drawn by lot
(keys, codes) is drawn from a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Kind, Message, Notice, Template
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.placing import thread_between
from porchlight.conversations.seeing import settle
from porchlight.conversations.tell import reply
from porchlight.conversations.templating import versions_of
from porchlight.conversations.worrying import raise_worry, take_up
from porchlight.families.models import Household
from porchlight.languages.provenance import Provenance, Version
from porchlight.learning.registering import take_register
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from porchlight.welcome.invitations import add_colleague
from tests.maple import Maple
from tests.screenshots import said

LONDON = ZoneInfo("Europe/London")
FIRST_DAY = datetime(2026, 10, 6, tzinfo=LONDON)  # a Tuesday
LAST = datetime(2026, 10, 20, 15, 10, 5, tzinfo=LONDON)  # a fortnight later: every picture's moment


@dataclass
class Fortnight:
    """The school after it, and what pages are looked up by."""

    maple: Maple
    notices: dict[str, Notice] = field(default_factory=dict)

    def at(self, day: int, hour: int, minute: int) -> datetime:
        """It is this hour of this day, counted from the first Tuesday."""
        moment = (FIRST_DAY + timedelta(days=day)).replace(hour=hour, minute=minute, second=5)
        self.maple.at(moment)
        return moment

    def last(self) -> None:
        """It is the moment of the pictures."""
        self.maple.at(LAST)

    def tells(self, name: str, draft: Draft, *, by: str) -> Notice:
        """A notice leaves, and arrives where it can."""
        now = school_time.now()
        notice = write(draft, school=self.maple.school, by=self.maple.actor(by), now=now)
        release(notice, by=self.maple.actor(by), now=now)
        self.maple.later(seconds=31)
        self.maple.carry()
        self.notices[name] = notice
        return notice

    def text(self, name: str, *, question: Question | None = None, kind: str = "") -> Draft:
        """A notice to 4A from one of the school's own texts."""
        kept = Template.objects.in_school(self.maple.school).get(name=name)
        versions = versions_of(kept)
        own = versions.pop("en")
        return Draft(
            own.text, "en", self.classes("4A"), kind=kind or kept.kind, versions=versions, question=question,
            template_id=kept.pk,
        )  # fmt: skip

    def classes(self, *names: str) -> Audience:
        rows = SchoolClass.objects.in_school(self.maple.school).filter(name__in=names).order_by("name")
        return Audience(AudienceKind.CLASSES, tuple(rows.values_list("key", flat=True)))

    def writes(self, to: str, about: str, text: str, *, by: str = "Ms Amal", kind: str = "") -> Message:
        """A colleague writes to one home, in their thread."""
        thread = thread_between(self.maple.guardian(to), self.maple.student(about))
        return reply(
            thread=thread, text=text, language="en", by=self.maple.actor(by), now=school_time.now(), kind=kind
        )

    def hears(self, *lines: tuple[str, str]) -> None:
        """Families write: who, and what. A line "*" is a voice note, "#" a missed call."""
        for who, text in lines:
            values = {
                "*": {"enclose": "voice", "seconds": 12, "channel": "whatsapp"},
                "#": {"ring": True},
            }.get(text, {"text": text})
            self.maple.town.answer(self.maple.phone(who), **values)
        self.maple.carry()

    def needs_no_answer(self, *words: str, by: str = "Ms Amal") -> None:
        """A colleague read it and pressed so."""
        for one in words:
            settle(self.message(one), by=self.maple.actor(by), now=school_time.now())

    def message(self, words: str) -> Message:
        """What a home said in these words."""
        return Message.objects.in_school(self.maple.school).from_home().get(text__startswith=words)


@contextmanager
def drawn_by_lot(seed: int) -> Iterator[None]:
    """Keys and codes fall the same way every time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("random._urandom", random.Random(seed).randbytes)  # what `secrets` draws from
        yield


def tell_it(maple: Maple) -> Fortnight:
    """Live through the fortnight."""
    story = Fortnight(maple)
    for chapter in CHAPTERS:
        chapter(story)
    story.last()
    return story


def the_first_evening(story: Fortnight) -> None:
    """Ms Amal says hello to 4A. Some homes answer the same day; three numbers turn out to be wrong."""
    town = story.maple.town
    for name in ("Kausar Butt", "Ibrahim's mother", "Stacey Wright"):
        phone = story.maple.guardian(name).key
        town.call(lambda there, phone=phone: there.phones.remove(phone))
    story.at(0, 15, 20)
    versions = {"ur": Version(said.HELLO_UR, "ur", Provenance.PERSON, "Ms Amal")}
    story.tells("hello", Draft(said.HELLO, "en", story.classes("4A"), versions=versions), by="Ms Amal")
    story.at(0, 16, 40)
    story.hears(*said.FIRST_ANSWERS)
    story.at(0, 16, 55)
    story.needs_no_answer(*said.KIND_WORDS)
    story.writes("Mr Yousaf", "Hamza Yousaf", said.GOOD_WORD, kind=Kind.GOOD_NEWS)
    story.writes("Carmen Ruiz", "Lucía García Ruiz", said.THANKS_LUCIA)
    story.maple.later(seconds=6)
    story.maple.carry()


def the_office_writes_to_everybody(story: Fortnight) -> None:
    """The whole school hears of picture day; those who opened WhatsApp have read it."""
    story.at(1, 9, 5)
    draft = Draft(said.PICTURE_DAY, "en", Audience(AudienceKind.SCHOOL), subject="Picture day")
    story.tells("pictures", draft, by="Mrs Okafor")
    for name in said.READERS:
        story.maple.town.read(story.maple.phone(name))
    story.maple.carry()


def a_question_and_many_answers(story: Fortnight) -> None:
    """May the children of 4A come to the museum? Homes answer in seven languages, by tap and by word."""
    story.at(2, 8, 30)
    draft = story.text("Trip to the museum", question=Question("yes_no"))
    story.tells("museum", draft, by="Ms Amal")
    story.at(2, 17, 10)
    story.hears(*said.MUSEUM_ANSWERS)


def a_night_and_a_weekend(story: Fortnight) -> None:
    """Words at night are met by the out-of-hours reply; a colleague is worried, and the lead takes it up."""
    story.at(3, 21, 40)
    story.hears(("Helen Ward", said.AT_NIGHT))
    story.at(6, 8, 15)
    worry = raise_worry(
        story.message("Jack would not"), by=story.maple.actor("Ms Amal"), words="", now=school_time.now()
    )
    story.at(6, 8, 35)
    take_up(worry, by=story.maple.actor("Ms Reyes"), now=school_time.now())
    story.writes("Helen Ward", "Jack Ward", said.THANKS_JACK)
    story.maple.later(seconds=6)
    story.maple.carry()


def some_say_stop_and_some_cannot_be_placed(story: Fortnight) -> None:
    """A STOP, a missed call from a new number, and words from people nobody has written down."""
    town = story.maple.town
    story.at(7, 10, 2)
    town.answer(story.maple.phone("Mark Carter"), stop=True)
    town.register_phone(id="new-1", owner="Imran", number="+447700900991", channels=["whatsapp"])
    town.register_phone(id="new-2", owner="", number="+447700900992", channels=["sms"])
    town.answer("new-2", channel="sms", account="maple", ring=True)
    story.maple.carry()
    story.at(10, 11, 32)
    town.answer("new-1", channel="whatsapp", text=said.NEW_NUMBER)
    story.maple.carry()


def a_choice_for_another_class(story: Fortnight) -> None:
    """5B chooses an evening; a colleague from next door asks."""
    story.at(8, 12, 15)
    question = Question("choose_one", said.EVENINGS)
    story.tells(
        "evening", Draft(said.EVENING, "en", story.classes("5B"), kind="question", question=question),
        by="Mrs Okafor",
    )  # fmt: skip
    story.at(8, 18, 20)
    story.hears(*said.EVENING_ANSWERS)


def good_news_goes_home(story: Fortnight) -> None:
    """Three kind words go home, and two that WhatsApp would not take, so that somebody has to look."""
    story.at(9, 15, 25)
    for who, about, words in said.GOOD_NEWS:
        story.writes(who, about, words, kind=Kind.GOOD_NEWS)
    story.maple.later(seconds=6)
    story.maple.carry()
    story.maple.town.set_weather("whatsapp", rude="code", code="131009", times=2)
    story.writes("Gemma Reed", "Daisy Reed", said.LOST_WORDS, by="Mrs Okafor", kind=Kind.GOOD_NEWS)
    story.writes("Fadumo Warsame", "Hodan Warsame", said.LOST_TOO, kind=Kind.GOOD_NEWS)
    story.maple.later(seconds=6)
    story.maple.carry()


def the_last_days(story: Fortnight) -> None:
    """What waits for an answer on the day of the pictures, one of it longer than promised."""
    story.at(13, 9, 12)
    story.hears(("Natalie Cole", said.WAITS_LONG))
    story.at(14, 8, 4)
    story.hears(("Mr Yousaf", said.FEVER), ("Saima Khan", said.BOOK))
    story.at(14, 8, 50)
    registers(story, "4A", missing=("Hamza Yousaf", "Finn Doyle"))
    story.at(14, 12, 20)
    story.maple.answers("Mr Yousaf", enclose="voice", channel="whatsapp")
    story.at(14, 12, 40)
    story.hears(("Ewa Kowalczyk", "*"), ("Carmen Ruiz", said.DENTIST))
    story.at(14, 13, 20)
    worried = story.message(said.FEVER)
    raise_worry(worried, by=story.maple.actor("Ms Amal"), words=said.WHY_WORRIED, now=school_time.now())
    story.at(14, 14, 30)
    shoes = {"ur": Version(said.SHOES_UR, "ur", Provenance.PERSON, "Ms Amal")}
    story.tells("shoes", Draft(said.SHOES, "en", story.classes("4A"), versions=shoes), by="Ms Amal")
    home = Household.objects.in_school(story.maple.school).get(label="Yousaf family")
    kind = replace(story.text("A good day"), audience=Audience(AudienceKind.HOUSEHOLDS, (home.key,)))
    story.tells("good-day", kind, by="Ms Amal")
    by = story.maple.actor("Mr Bell")
    add_colleague(
        school=story.maple.school,
        name="Miss Oyelaran-Featherstonehaugh",
        email="",
        roles=(Role.LIAISON,),
        by=by,
    )
    story.at(14, 15, 4)
    later = Draft(said.HALF_TERM, "en", story.classes("4A"), goes_at=LAST + timedelta(days=2, hours=17))
    story.tells("half-term", later, by="Ms Amal")


def registers(story: Fortnight, name: str, *, missing: tuple[str, ...]) -> None:
    """Ms Amal takes the register: of these two, one home has told us already."""
    away = [story.maple.student(child) for child in missing]
    now = school_time.now()
    take_register(
        SchoolClass.objects.in_school(story.maple.school).get(name=name),
        day=story.maple.school.local(now).date(),
        missing=away,
        by=story.maple.actor("Ms Amal"),
        now=now,
    )
    story.maple.later(seconds=31)
    story.maple.carry()


CHAPTERS: tuple[Callable[[Fortnight], None], ...] = (
    the_first_evening,
    the_office_writes_to_everybody,
    a_question_and_many_answers,
    a_night_and_a_weekend,
    some_say_stop_and_some_cannot_be_placed,
    a_choice_for_another_class,
    good_news_goes_home,
    the_last_days,
)
