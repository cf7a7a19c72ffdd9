"""`/health`: 200 when all is well, 503 with reasons that anybody may read. And what is said while the database is away."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.test import Client

from porchlight.delivery.models import Lane, WebhookRoute
from porchlight.design.tests.flat import flat
from porchlight.operations import health
from porchlight.operations.models import Heartbeat
from porchlight.operations.tests.conftest import NOW
from porchlight.schools.connecting import connected_with
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from tests.plugins.postgres import database

HOUR = timedelta(hours=1)
on_both = pytest.mark.parametrize(
    "database_kind", ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres])]
)


@pytest.fixture(autouse=True)
def _as_just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_in_step_at", float("-inf"))
    monkeypatch.setattr(school_time, "now", lambda: NOW)


def ask(path: str = "/health", **headers: str) -> tuple[int, dict[str, Any]]:
    answer = Client(raise_request_exception=False).get(
        path, headers={"host": "porchlight.example.org", **headers}
    )
    return answer.status_code, answer.json()


@on_both
@pytest.mark.parametrize("path", ["/health", "/health/", "/health/pages/"])
def test_a_server_that_is_well_says_so(path: str, database_kind: str, maple: School) -> None:
    assert ask(path) == (200, {"well": True, "reasons": []})


@on_both
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda: Heartbeat.objects.all().delete(), "No worker has been at work for a minute."),
        (
            lambda: Heartbeat.objects.update(at=F("at") - timedelta(seconds=90)),
            "No worker has been at work for a minute.",
        ),
        (lambda: Lane.objects.update(due_at=NOW - HOUR), "Messages that are due do not leave."),
        (
            lambda: WebhookRoute.objects.update(waiting_since=NOW - HOUR),
            "Messages that came in are not read.",
        ),
    ],
)
def test_a_fault_is_a_reason_and_pages_are_still_made(
    fault: Callable[[], object], reason: str, database_kind: str, maple: School
) -> None:
    fault()
    assert ask() == (503, {"well": False, "reasons": [reason]})
    assert ask("/health/pages/") == (200, {"well": True, "reasons": []})


def test_a_gateway_that_holds_one_school_up_does_not_wake_whoever_runs_the_server(maple: School) -> None:
    Lane.objects.update(due_at=NOW - HOUR, held_at=NOW - HOUR, held_reason="Pay the bill.")
    assert ask() == (200, {"well": True, "reasons": []})


def test_tables_out_of_step_are_a_reason_until_they_are_in_step(maple: School) -> None:
    applied = MigrationRecorder.Migration.objects.get(app="operations", name="0002_whom_each_account_saw")
    MigrationRecorder.Migration.objects.filter(pk=applied.pk).update(app="elsewhere")
    assert ask("/health/pages/") == (
        503,
        {"well": False, "reasons": ["The tables are not those this version needs."]},
    )
    applied.save()
    assert ask("/health/pages/")[0] == 200


def test_a_full_disk_is_a_reason(maple: School, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "free")
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage(199 << 20))
    assert ask() == (503, {"well": False, "reasons": ["The disk is nearly full."]})


def test_a_server_without_schools_wants_no_workers_yet(safe_settings: Any, db: None) -> None:
    assert ask() == (200, {"well": True, "reasons": []})


@pytest.mark.parametrize("path", ["/health", "/health/pages/"])
def test_a_database_that_is_away_is_the_reason_and_another_page_asks_to_come_back(
    path: str, safe_settings: Any, django_db_blocker: Any
) -> None:
    away = database("postgresql://nobody:x@127.0.0.1:1/nowhere")
    with django_db_blocker.unblock(), connected_with(away):
        assert ask(path) == (503, {"well": False, "reasons": ["The database does not answer."]})
        page = Client(raise_request_exception=False).get(
            "/maple-street/", headers={"host": "porchlight.example.org"}
        )
        hook = Client(raise_request_exception=False).post(
            "/hooks/twilio_sms/x/", headers={"host": "porchlight.example.org"}
        )
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "Back in a few minutes" in page.content.decode()
    assert hook.status_code == 503


@pytest.mark.parametrize(
    ("reasons", "title"),
    [([], "All is well"), (["Messages that are due do not leave."], "Not well")],
)
def test_people_get_a_page(reasons: list[str], title: str, maple: School) -> None:
    if reasons:
        Lane.objects.update(due_at=NOW - HOUR)
    answer = Client().get(
        "/health", headers={"host": "porchlight.example.org", "accept": "text/html,*/*;q=0.8"}
    )
    page = flat(answer.content.decode())
    assert answer.status_code == (503 if reasons else 200)
    assert f"<h1>{title}</h1>" in page
    assert [reason for reason in reasons if reason not in page] == []
    assert (answer.headers["Cache-Control"], "Accept" in answer.headers["Vary"]) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        True,
    )


def test_people_get_it_in_their_language_and_programs_always_the_same(maple: School) -> None:
    Lane.objects.update(due_at=NOW - HOUR)
    page = Client().get(
        "/health",
        headers={"host": "porchlight.example.org", "accept": "text/html", "accept-language": "es"},
    )
    assert "Los mensajes que ya deberían salir no salen." in page.content.decode()
    answer = ask(**{"accept-language": "es", "accept": "application/json"})
    assert answer[1]["reasons"] == ["Messages that are due do not leave."]


def test_it_is_asked_often_and_asks_little(maple: School, django_assert_max_num_queries: Any) -> None:
    ask()
    with django_assert_max_num_queries(6):
        ask()
    assert Client().post("/health", headers={"host": "porchlight.example.org"}).status_code == 405
