"""A worker's search uses as many processes as the server allows; what was pinned stays, and the judge finds nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest
from pytest_django import Settings

from bench.planner.check import check
from porchlight.conversations.tests.conftest import Town
from porchlight.meetings.models import Meeting, RoundDay, Wish
from porchlight.meetings.planned import searching, taking
from porchlight.meetings.planned.loading import instance_of
from porchlight.meetings.planner import planning
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.crew import Crew
from porchlight.meetings.tests.a_round import ARound, a_round
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.tests.test_a_plan import some_families
from porchlight.meetings.tests.test_the_board_by_hand import placed


@pytest.fixture
def made(town: Town) -> ARound:
    """On three days: fewer are of no use to two."""
    found = a_round(town)
    day = RoundDay.objects.create(
        school=town.school, round=found.round, day=date(2026, 10, 16), starts=time(16), ends=time(18)
    )
    found.days.append(day)
    for host in (found.amal, found.boone):
        found.there(host, time(16), time(18), day=2)
    some_families(found, town)
    return found


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many processes were started beside the worker, at each search."""
    started: list[int] = []

    class Counted(Crew):
        def __init__(self, told: Mapping[str, Any], board: Board, others: int) -> None:
            started.append(others)
            super().__init__(told, board, others)

    monkeypatch.setattr(planning, "Crew", Counted)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    return started


def searched(made: ARound, town: Town, **effort: Any) -> Any:
    row = searching.ask(made.round, by=town.okafor.actor(), now=NOW, **effort)
    searching.work(town.school.pk, row.pk)
    row.refresh_from_db()
    return row


def test_two_look_together_and_what_is_pinned_stays(
    made: ARound, town: Town, settings: Settings, beside: list[int]
) -> None:
    settings.PLANNER_WORKERS = 2
    pinned = placed(made, 9, 14)
    Wish.objects.filter(pk=pinned.pk).update(pinned_by=town.okafor)
    before = Meeting.objects.get(wish=pinned).starts_at
    row = searched(made, town, seconds=2)
    told = instance_of(made.round, now=NOW)
    errors, found = check(told, {"instance": told["name"], "assignments": row.plan})
    assert (beside, row.outcome, errors, found["held"]) == ([1], "done", [], 7)
    assert len(row.progress) > 1
    taking.take(row, by=town.okafor.actor(), now=NOW)
    assert Meeting.objects.get(wish=pinned).starts_at == before


def test_one_looks_where_the_server_says_so_or_has_one_processor_or_steps_are_counted(
    made: ARound, town: Town, settings: Settings, beside: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PLANNER_WORKERS = 1
    assert searching.processes() == 1
    settings.PLANNER_WORKERS = 8
    assert searching.processes() == 4
    assert len(searched(made, town, steps=40).plan) == 6
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert searching.processes() == 1
    assert beside == []
