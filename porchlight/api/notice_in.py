"""A notice as another system writes it, checked as the page for writing checks it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from porchlight.api.problems import Problem
from porchlight.conversations.asking import MOST_OPTIONS
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.compose_form import LONGEST
from porchlight.conversations.models import Kind, Shape
from porchlight.conversations.notices import Draft, Question
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
    """How families may answer. `options` (two to nine) with choose_one and choose_several alone."""

    shape: Literal["acknowledge", "yes_no", "choose_one", "choose_several", "short_text", "number"]
    options: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=60, pattern=NO_NUL)]],
        Field(max_length=MOST_OPTIONS),
    ] = []
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
        question=_question(notice),
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
        options, chooses = notice.question.options, notice.question.shape in CHOOSES
        if chooses != (len(options) >= 2) or (options and not chooses):
            found.append(("body.question.options", "two to nine, with choose_one and choose_several alone"))
        closes = notice.question.closes_at
        if closes is not None and not now < closes < LATEST:
            found.append(("body.question.closes_at", "a moment to come, or leave it out"))
    return found


def _question(notice: NoticeIn) -> Question | None:
    asked = notice.question
    if asked is None:
        return None
    return Question(
        shape=Shape(asked.shape),
        options=[
            {"key": str(number), "labels": {notice.language: label}}
            for number, label in enumerate(asked.options, 1)
        ],
        closes_at=asked.closes_at,
        answer_from=asked.answer_from,
    )
