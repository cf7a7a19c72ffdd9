"""Whatever is asked, every answer is one that the description has: by schemathesis, through the whole server in-process.

PORCHLIGHT_API_EXAMPLES says how many requests of each sort each operation gets.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from porchlight.api.tests.conftest import System
from porchlight.api.tests.test_writing import notice
from porchlight.conversations.models import Ask, Message
from porchlight.conversations.tests.conftest import Town
from porchlight.rosters.models import RosterImport

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

EXAMPLES = int(os.environ.get("PORCHLIGHT_API_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = {GenerationMode.POSITIVE: CHECKS, GenerationMode.NEGATIVE: [*CHECKS, negative_data_rejection]}


@contextmanager
def one_connection() -> Iterator[None]:
    """The server leaves the test's own connection open, as Django's test client does."""
    heard = (signals.request_started, signals.request_finished)
    for signal in heard:
        signal.disconnect(close_old_connections)
    yield
    for signal in heard:
        signal.connect(close_old_connections)


def described() -> Any:
    with one_connection():
        return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


def headers(ids: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {ids['secret']}", "Accept-Encoding": "identity"}


@pytest.fixture
def ids(town: Town, system: Any) -> dict[str, str]:
    """Something to be found at each address that names one thing; a notice was sent, so a delivery stands as well."""
    library: System = system()
    look = library.sends("notices/previews", notice(town)).json()["look"]
    sent = library.sends("notices", notice(town, look=look)).json()
    message = Message.objects.get(notice__key=sent["id"])
    ask = Ask.objects.create(school=town.school, message=message, shape="yes_no", code="A2")
    run = RosterImport.objects.create(
        school=town.school, file_name="x.csv", digest="", source="sheet", looked_at=timezone.now()
    )
    return {
        "students": town.yousaf.student.key,
        "guardians": town.yousaf.guardian.key,
        "classes": town.class_4a.key,
        "threads": message.thread.key,
        "messages": message.key,
        "asks": ask.key,
        "notices": sent["id"],
        "rosters": run.key,
        "secret": library.secret,
    }


def walk(mode: GenerationMode, ids: dict[str, str], examples: int) -> int:
    """Each operation, asked so often. Returns how many there are."""
    schema = described()
    operations = [found.ok() for found in schema.get_all_operations()]
    with one_connection():
        for operation in operations:
            _ask(operation, mode, ids, examples)
    return len(operations)


def _ask(operation: Any, mode: GenerationMode, ids: dict[str, str], examples: int) -> None:
    """Every other time about something that is there."""
    place = operation.path.removeprefix("/api/v1/").partition("/")[0]
    asked = 0

    @seed(7)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal asked
        assume([] not in (case.query or {}).values())  # of an empty list nothing is sent that could be wrong
        asked += 1
        if mode is GenerationMode.POSITIVE and "id" in (case.path_parameters or {}) and asked % 2:
            case.path_parameters["id"] = ids[place]
        case.call_and_validate(checks=MODES[mode], headers=headers(ids))

    ask()
    assert asked


@pytest.mark.parametrize("mode", list(MODES))
def test_every_answer_is_one_that_the_description_has(mode: GenerationMode, ids: dict[str, str]) -> None:
    assert walk(mode, ids, EXAMPLES) == 25


def test_an_answer_that_the_description_has_not_would_be_found(ids: dict[str, str]) -> None:
    schema = described()
    del schema.raw_schema["paths"]["/api/v1/token"]["get"]["responses"]["200"]
    case = schema["/api/v1/token"]["GET"].Case()
    with one_connection(), pytest.raises(FailureGroup, match="Undocumented status code"):
        case.call_and_validate(checks=CHECKS, headers=headers(ids))
