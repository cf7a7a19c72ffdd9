"""A notice as another system writes it, checked as the page for writing checks it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from porchlight.api.problems import Problem
from porchlight.conversations.asking import MOST_OPTIONS
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.compose_form import LONGEST
from porchlight.conversations.models import Kind, Shape
from porchlight.conversations.notices import Draft, Question
from porchlight.conversations.times import MOST_TIMES, times_to_choose
from porchlight.schools.models import School

NO_NUL = r"^[^\x00]*$"  # what no database keeps
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
CHOOSES = {Shape.CHOOSE_ONE, Shape.CHOOSE_SEVERAL}


class Strict(Schema):
    """What is not known is not taken for something else."""

    model_config = ConfigDict(extra="forbid")


class AudienceIn(Strict):
    """For whom: ids of classes or students, years as the school calls them, or the whole school, which has no names."""

    kind: Literal["classes", "students", "year", "school"]
    names: Annotated[list[Annotated[str, Field(max_length=40, pattern=NO_NUL)]], Field(max_length=500)] = []


class QuestionIn(Strict):
    """How families may answer. `options` (two to nine) with choose_one and choose_several alone.

    `times` (two to six, after the notice goes) with choose_time alone: each home reads them in its own words, on its
    own clock, and the question closes with the last of them at the latest. `closes_at` is after the notice goes as
    well. voice_note is answered by a voice note or by words, sign by a name.
    """

    shape: Literal[
        "acknowledge",
        "yes_no",
        "choose_one",
        "choose_several",
        "choose_time",
        "number",
        "short_text",
        "voice_note",
        "sign",
    ]
    options: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=60, pattern=NO_NUL)]],
        Field(max_length=MOST_OPTIONS),
    ] = []
    times: Annotated[list[AwareDatetime], Field(max_length=MOST_TIMES)] = []
    closes_at: AwareDatetime | None = None
    answer_from: Literal["household", "each_guardian"] = "household"


class NoticeIn(Strict):
    """What is said to many homes. {child} in `text` becomes the child's name. Without `goes_at` it goes at once."""

    kind: Literal["good_news", "information", "question"] = "information"
    audience: AudienceIn
    text: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=NO_NUL)]
    language: Annotated[str, Field(max_length=20, pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
    subject: Annotated[str, Field(max_length=120, pattern=r"^[^\x00\r\n]*$")] = ""
    urgent_reason: Annotated[str, Field(max_length=300, pattern=NO_NUL)] = ""
    goes_at: AwareDatetime | None = None
    question: QuestionIn | None = None


def draft_of(notice: NoticeIn, *, school: School, now: datetime) -> Draft:
    """In the form the actions take. Raises Problem, naming each part that does not fit the others."""
    faults = [{"where": where, "what": what} for where, what in _misfits(notice, now)]
    if faults:
        raise Problem(422, "not_understood", "Mend what “faults” names and send it again.", faults=faults)
    return Draft(
        text=notice.text.strip(),
        language=notice.language,
        audience=Audience(AudienceKind(notice.audience.kind), tuple(notice.audience.names)),
        kind=Kind(notice.kind),
        subject=notice.subject.strip(),
        urgent_reason=notice.urgent_reason.strip(),
        goes_at=notice.goes_at,
        question=_question(notice, school.zone),
    )


def _misfits(notice: NoticeIn, now: datetime) -> list[tuple[str, str]]:
    found = []
    if not notice.text.strip():
        found.append(("body.text", "write some words"))
    whole = notice.audience.kind == AudienceKind.SCHOOL
    if whole == bool(notice.audience.names):
        found.append(("body.audience.names", "none for the whole school, at least one for anything else"))
    if notice.goes_at is not None and not now < notice.goes_at < LATEST:
        found.append(("body.goes_at", "a moment to come, or leave it out"))
    if (notice.kind == Kind.QUESTION) != (notice.question is not None):
        found.append(("body.question", "goes with the kind question, and with no other"))
    if notice.question is not None:
        found += _misfits_of_question(notice.question, max(now, notice.goes_at or now))
    return found


def _misfits_of_question(asked: QuestionIn, asked_at: datetime) -> list[tuple[str, str]]:
    """`asked_at`: when it goes home. What is over by then could not be answered, nor chosen."""
    found = []
    chooses = asked.shape in CHOOSES
    if chooses != (len(asked.options) >= 2) or (asked.options and not chooses):
        found.append(("body.question.options", "two to nine, with choose_one and choose_several alone"))
    times, wants = set(asked.times), asked.shape == Shape.CHOOSE_TIME
    are_to_come = all(asked_at < one < LATEST for one in times)
    if wants != (len(times) >= 2) or (times and not wants) or not are_to_come:
        what = "two to six different moments after it goes, with choose_time alone"
        found.append(("body.question.times", what))
    if asked.closes_at is not None and not asked_at < asked.closes_at < LATEST:
        found.append(("body.question.closes_at", "a moment after it goes, or leave it out"))
    return found


def _question(notice: NoticeIn, zone: ZoneInfo) -> Question | None:
    asked = notice.question
    if asked is None:
        return None
    options: list[dict[str, Any]] = [
        {"key": str(number), "labels": {notice.language: label}}
        for number, label in enumerate(asked.options, 1)
    ]
    closes_at = asked.closes_at
    if asked.times:
        times = [one.astimezone(zone) for one in set(asked.times)]
        options = times_to_choose(times)
        closes_at = min(closes_at or max(times), max(times))
    return Question(
        shape=Shape(asked.shape), options=options, closes_at=closes_at, answer_from=asked.answer_from
    )
