"""T29, the machine alone: every path of steps, and after each every step there is, held to the rule as it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from porchlight.delivery.changing.machine import (
    Course,
    NotNow,
    Stage,
    approved,
    confirmed,
    noticed,
    passed,
    refused,
)

STEPS = int(os.environ.get("PORCHLIGHT_T29_STEPS", "4"))  # 6 looks at some two million paths
START = datetime(2026, 10, 13, 14, 0, tzinfo=UTC)
EVENTS = (
    *(("confirm", how, by) for how in ("in_person", "by_slip", "called_back") for by in (1, 2)),
    ("approve", 1),
    ("approve", 2),
    ("refuse",),
    ("hours", 71),
    ("hours", 1),
    ("care", True),
    ("care", False),
)


@dataclass(frozen=True)
class Story:
    """What happened, told again without the machine: its rule is the sentence in the trust page."""

    now: datetime = START
    care_now: bool = False
    care_ever: bool = False
    confirmations: tuple[tuple[str, int], ...] = ()
    first: datetime | None = None
    seconds: tuple[int, ...] = ()

    def may_be_in_force(self) -> bool:
        if self.first is None:
            return False
        waited = self.now - self.first >= timedelta(hours=72)
        how, by = self.confirmations[-1]
        if self.care_ever:
            return waited and bool(self.seconds) and self.seconds[-1] != by
        return waited or how in ("in_person", "by_slip")


def step(course: Course, story: Story, event: tuple) -> tuple[Course, Story]:
    """One event on both; what the machine refuses happened to neither."""
    kind, *rest = event
    if kind == "hours":
        story = replace(story, now=story.now + timedelta(hours=rest[0]))
    if kind == "care":
        story = replace(story, care_now=rest[0])
    is_open = course.stage not in (Stage.DONE, Stage.REFUSED)
    course = noticed(course, care=story.care_now)
    story = replace(story, care_ever=story.care_ever or (story.care_now and is_open))
    try:
        if kind == "confirm":
            course = confirmed(course, how=rest[0], by=rest[1], now=story.now)
            kept = tuple(by for by in story.seconds if by != rest[1])
            story = replace(
                story,
                confirmations=(*story.confirmations, (rest[0], rest[1])),
                first=story.first or story.now,
                seconds=kept,
            )
        elif kind == "approve":
            course = approved(course, by=rest[0])
            story = replace(story, seconds=(*story.seconds, rest[0]))
        elif kind == "refuse":
            course = refused(course, now=story.now)
    except NotNow:
        pass
    return passed(course, now=story.now), story


def paths(course: Course, story: Story, left: int) -> Iterator[tuple[Course, Course, Story, tuple]]:
    """Every path of `left` steps: (before, after, story, the step between)."""
    if not left:
        return
    for event in EVENTS:
        after, told = step(course, story, event)
        yield course, after, told, event
        yield from paths(after, told, left - 1)


@pytest.mark.parametrize("care", [False, True], ids=["nothing stands", "care is asked for"])
def test_every_path_ends_as_the_rule_says(care: bool) -> None:
    """T29: in force exactly when confirmed by people and long enough ago; nothing comes back from an end."""
    begun = noticed(Course(), care=care)
    seen = set()
    for before, after, story, event in paths(begun, Story(care_now=care, care_ever=care), STEPS):
        seen.add((before.stage, event[0], after.stage))
        if before.stage in (Stage.DONE, Stage.REFUSED):
            assert after == before, (before, event)
        elif after.stage is Stage.REFUSED:
            assert event == ("refuse",)
        else:
            assert (after.stage is Stage.DONE) == story.may_be_in_force(), (story, event)
    ways_in = {stage for stage, _event, after in seen if after is Stage.DONE and stage is not Stage.DONE}
    assert ways_in >= {Stage.COOLING, Stage.NEEDS_SECOND if care else Stage.ASKED}
    assert {after for _stage, _event, after in seen} == set(Stage)


def test_time_alone_confirms_nothing() -> None:
    """T29: a wish that nobody confirmed is never in force, however long it waits."""
    assert passed(Course(), now=START + timedelta(days=3650)).stage is Stage.ASKED


def test_the_first_colleague_is_not_the_second() -> None:
    course = noticed(Course(), care=True)
    course = confirmed(course, how="in_person", by=1, now=START)
    with pytest.raises(NotNow):
        approved(course, by=1)
    both = approved(course, by=2)
    assert passed(both, now=START + timedelta(hours=71, minutes=59)).stage is Stage.COOLING
    assert passed(both, now=START + timedelta(hours=72)).stage is Stage.DONE


def test_who_confirms_anew_after_saying_yes_as_the_second_is_the_second_no_more() -> None:
    course = confirmed(noticed(Course(), care=True), how="called_back", by=1, now=START)
    course = confirmed(approved(course, by=2), how="in_person", by=2, now=START)
    assert course.stage is Stage.NEEDS_SECOND
