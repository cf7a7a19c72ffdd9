"""`/metrics`: figures of the server for whoever brings the token; nobody's name, number or words in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from porchlight.delivery.models import Lane
from porchlight.operations.tests.conftest import NOW
from porchlight.operations.tests.test_health import _as_just_started
from porchlight.schools.models import School
from porchlight.toolbox import school_time

__all__ = ["_as_just_started"]  # a fixture

TOKEN = "a-token-of-forty-letters-for-prometheus-1"


@pytest.fixture(autouse=True)
def _guarded(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(school_time, "now", lambda: NOW)


def ask(path: str = "/metrics", token: str = TOKEN) -> object:
    headers = {"host": "porchlight.example.org", "Accept": "*/*", "Authorization": f"Bearer {token}"}
    return Client().get(path, headers=headers)


def figures() -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    families = text_string_to_metric_families(ask().content.decode())
    return {
        one.name: {
            tuple(sorted(sample.labels.items())): sample.value
            for sample in one.samples
            if not sample.name.endswith("_created")
        }
        for one in families
    }


pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"])


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "2"])
def test_without_the_token_it_is_not_there(token: str, database_kind: str, maple: School) -> None:
    assert ask(token=token).status_code == 404


def test_where_none_is_set_nobody_gets_it(database_kind: str, maple: School, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = ""
    assert ask(token="").status_code == 404


def test_what_waits_is_measured_and_no_school_is_named(database_kind: str, maple: School) -> None:
    Lane.objects.update(due_at=NOW - timedelta(minutes=9))
    found = figures()
    assert found["porchlight_up"] == {(): 1.0}
    assert found["porchlight_schools"] == {(): 1.0}
    assert set(found["porchlight_outbox_oldest_seconds"].values()) == {540.0}
    assert sum(found["porchlight_lanes_late"].values()) == Lane.objects.count() > 0
    assert maple.slug not in ask().content.decode()


def test_schools_are_named_where_the_server_wants_it(
    database_kind: str, maple: School, settings: LazySettings
) -> None:
    settings.METRICS_SCHOOLS = True
    assert {dict(labels)["school"] for labels in figures()["porchlight_lanes"]} == {maple.slug}


def test_pages_are_counted_by_room_method_and_kind_of_answer(database_kind: str, maple: School) -> None:
    def counted() -> float:
        key = (("method", "GET"), ("room", "home"), ("status", "4xx"))
        return figures()["porchlight_pages"].get(key, 0.0)

    before = counted()
    Client().get("/no-such-school/?child=Hamza", headers={"host": "porchlight.example.org"})
    assert counted() == before + 1
    assert b"Hamza" not in ask().content


def test_t49_more_schools_cost_no_more_questions(database_kind: str, maple: School) -> None:
    counts = []
    for extra in (0, 20):
        School.objects.bulk_create(
            School(slug=f"school-{number}", name=f"School {number}") for number in range(extra)
        )
        with CaptureQueriesContext(connection) as queries:
            assert ask().status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_health_tells_each_check_with_figures_to_whoever_brings_the_token(
    database_kind: str, maple: School
) -> None:
    Lane.objects.update(due_at=NOW - timedelta(hours=1))
    answer = ask("/health").json()
    assert answer["checks"]["outbox"] == {"well": False, "late_lanes": 1, "oldest_due_seconds": 3600}
    assert answer["checks"]["database"] == {"well": True}
    assert set(answer["checks"]) == {"database", "disk", "tables", "workers", "outbox", "inbox"}
    assert "checks" not in ask("/health", token="wrong").json()


def test_a_broker_that_is_away_is_a_reason(database_kind: str, maple: School, settings: LazySettings) -> None:
    settings.BROKER_URL = "amqp://guest:guest@127.0.0.1:1//"
    answer = ask("/health")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["The message broker does not answer."]
    assert answer.json()["checks"]["broker"] == {"well": False}
