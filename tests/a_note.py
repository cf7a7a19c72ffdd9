"""A visit of two colleagues to the grandmother of these tests, and the note they write of it."""

from __future__ import annotations

from porchlight.conversations.models import Message, Rendering
from porchlight.conversations.tests.conftest import staff
from porchlight.languages import phrases
from porchlight.languages.memory import keep, pair_of
from porchlight.meetings.models import Visit, VisitNote
from porchlight.meetings.visits import notes
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, Teaching
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from tests.test_by_calls_alone import Line

SONGS, SONGS_UR = "He learns songs by ear.", "وہ گیت سن کر سیکھتا ہے۔"
COUSINS, COUSINS_UR = "He learns songs from his cousins.", "وہ اپنے کزنوں سے گیت سیکھتا ہے۔"
PERSONAL = "His asthma keeps him awake"


def in_urdu(line: Line, text: str, translated: str) -> None:
    """Somebody who reads both put it so before."""
    pair = pair_of(line.school.school, "en", "ur", near=["Hamza Yousaf"])
    keep(pair, text, translated, by=line.school.amal.pk, name="Ms Amal", now=school_time.now(), tier=Tier.L1)


def visited(line: Line) -> tuple[Visit, StaffMember]:
    """Ms Amal and Mr Bell were at her table."""
    bell, home, now = (
        staff(line.school.school, "Mr Bell", Role.TEACHER),
        line.school.yousaf,
        school_time.now(),
    )
    visit = Visit.objects.create(
        school=line.school.school, student=home.student, guardian=home.guardian, asked_by="family", word="home",
        said_at=now, place="home", first=line.school.amal, second=bell,
    )  # fmt: skip
    visit.checks.create(school=line.school.school, staff=bell, in_at=now)
    return visit, bell


def told(line: Line, visit: Visit, aloud: str, text: str = "", *, by: StaffMember | None = None) -> VisitNote:
    """Mr Bell writes it down, and she is to hear it; half a minute later it may ring."""
    actor = (by or visit.second).actor()
    note = notes.write_note(visit, text, aloud=aloud, by=actor, now=school_time.now())
    notes.show(note, by=actor, now=school_time.now())
    line.later(seconds=31)
    return note


def lund(line: Line) -> StaffMember:
    """Ms Lund teaches 4A as well, and was not there."""
    found = staff(line.school.school, "Ms Lund", Role.TEACHER)
    Teaching.objects.create(school=line.school.school, school_class=line.school.class_4a, staff=found)
    return found


def reads_it(person: StaffMember) -> bool:
    return VisitNote.objects.visible_to(person.actor()).exists()


def takes(line: Line, *keys: str) -> list[str]:
    """She takes the call, hears it, and presses these; what was said to the last of them."""
    line.heard = 0
    line.does("answer")
    said: list[str] = []
    for key in ("1", *keys):
        said = line.does("press", keys=key)
    return said


def in_her_call(line: Line, aloud: str, *more: str) -> str:
    """All that is said to her of a note, in Urdu."""
    say = phrases.say
    first = say("visit_note_written", "ur", of=line.school.school, first="Ms Amal", second="Mr Bell")
    rest = [say(one, "ur", of=line.school.school, who="Mr Bell") for one in more]
    return "\n".join([first, aloud, *rest, say("visit_note_listen", "ur", of=line.school.school)])


def everything() -> list[str]:
    """All that stands in threads."""
    return [
        *Message.objects.values_list("text", flat=True),
        *Rendering.objects.values_list("text", flat=True),
    ]
