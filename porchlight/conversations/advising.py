"""A second thought before words to a home leave: blame that may be heard in them, and good words that came before.

Only ever shown beside the words. Nothing waits for it, nothing is kept of it, and nobody else sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.conversations.models import Author, Kind, Message
from porchlight.conversations.notices import Draft, Preview
from porchlight.design.moments import day
from porchlight.design.parts import Saying
from porchlight.families.models import Student
from porchlight.languages.inviting import Kind as Heard
from porchlight.languages.inviting import blame_in, worries
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.gaps import Many, Question

GOOD_NEWS_EVERY = timedelta(days=28)  # a home that heard something good since then has heard it lately
HEARD_AS = {
    Heard.ALWAYS: gettext_lazy("“%(words)s” reads as blame: always and never are seldom the whole of it."),
    Heard.LABEL: gettext_lazy("“%(words)s” reads as a verdict on the child. What did you see?"),
    Heard.YOU: gettext_lazy("“%(words)s” reads as blame of the home."),
    Heard.COMPARE: gettext_lazy("“%(words)s” measures the child by others."),
    Heard.THREAT: gettext_lazy("“%(words)s” reads as a threat."),
    Heard.MOTIVE: gettext_lazy("“%(words)s” says why. Nobody can see that; they may know."),
    Heard.TOLD: gettext_lazy("“%(words)s” reads as a reproach."),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What may be heard in a sentence, and what could stand there instead. `key` takes it, by one press."""

    heard: str
    invitation: Saying
    key: str


@dataclass(frozen=True, slots=True)
class GoodWord:
    """When this child's homes last heard something good, in words."""

    child: Student
    words: str
    is_late: bool  # none, or none lately


def advice(text: str, language: str, *, students: Iterable[Student] = ()) -> list[Advice]:
    """What a home may hear as blame, in the words of the page, each with an invitation in the text's own language."""
    students = list(students)
    one = students[0].short_name if len(students) == 1 else "{child}"
    return [
        Advice(
            heard=str(HEARD_AS[seen.kind]) % {"words": seen.words},
            invitation=Saying(seen.invitation.replace("{child}", one), seen.language),
            key=seen.key,
        )
        for seen in blame_in(text, language, names=[child.name for child in students])
    ]


def good_words(students: Sequence[Student], *, school: School, by: Actor, now: datetime) -> list[GoodWord]:
    """For each child the last good word of a colleague that this actor may know of."""
    question = _last_good_words(by, school_time.now().date(), connection.vendor)
    last = dict(question.ask(students=[child.pk for child in students]))
    return [_good_word(child, last.get(child.pk), school, now) for child in students]


@lru_cache(maxsize=128)
def _last_good_words(by: Actor, _today: date, _vendor: str) -> Question[tuple[int, datetime]]:
    """Of each child: when. Worded once a day for a colleague; who may know of it is asked each time."""
    rows = Message.objects.visible_to(by).standing().filter(author=Author.STAFF, kind=Kind.GOOD_NEWS)
    of_each = rows.filter(thread__student__in=Many("students")).order_by().values("thread__student")
    return Question(of_each.annotate(at=Max("said_at")).values_list("thread__student", "at"))


def _good_word(child: Student, at: datetime | None, school: School, now: datetime) -> GoodWord:
    names = {"name": child.short_name}
    if at is None:
        return GoodWord(child, _("No good word from school about %(name)s yet.") % names, is_late=True)
    names["day"] = day(at, now=now, zone=school.zone)
    words = _("Last good word from school about %(name)s: %(day)s.") % names
    return GoodWord(child, words, is_late=at < now - GOOD_NEWS_EVERY)


def before_a_worry(
    draft: Draft, seen: Preview, *, school: School, by: Actor, now: datetime
) -> list[GoodWord]:
    """Whom a worry would reach without a good word before it. What is urgent is not held up by a thought."""
    is_worry = draft.kind == Kind.WORRY or (seen.resolved.homes == 1 and worries(draft.text, draft.language))
    if not is_worry or draft.urgent_reason or draft.kind == Kind.GOOD_NEWS:
        return []
    found = good_words(students_of(seen), school=school, by=by, now=now)
    return [one for one in found if one.is_late]


def students_of(seen: Preview) -> list[Student]:
    """The children that the words are about, each once."""
    return list({one.pk: one for to in seen.resolved.recipients for one in to.students}.values())
