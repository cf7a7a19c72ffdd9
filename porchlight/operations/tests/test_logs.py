"""Log lines: a number for each request, names of pages and kinds of people, and nobody's words or secrets."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.test import Client

from porchlight.accounts.models import User
from porchlight.operations.logs.records import logging_config
from porchlight.operations.tests.running import ask, in_a_thread
from porchlight.schools.models import School, StaffMember

CANARY = "canary7q2x"
pytestmark = pytest.mark.urls("porchlight.operations.tests.probe_pages")


class Logged:
    """The lines as a server would write them."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def pages(self) -> list[dict[str, Any]]:
        """Lines about pages, without what is different each time."""
        fields = ("page", "method", "status", "school", "actor", "level")
        return [{key: one[key] for key in fields} for one in self.records if one["event"] == "page"]


@pytest.fixture
def logged() -> Iterator[Logged]:
    """Everything that reaches the root logger, through the house's own formatter."""
    settings = logging_config("json", "info")["formatters"]["record"]
    formatter = logging.config.DictConfigurator({}).configure_custom(dict(settings))
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    yield Logged(handler.stream)
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def maple(db: None) -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School")


def test_a_page_is_one_line_with_its_name_its_school_and_the_kind_of_person(
    maple: School, logged: Logged
) -> None:
    user = User.objects.create_user("amal@example.org")
    StaffMember.objects.create(school=maple, user=user, name="Ms Amal")
    browser = Client()
    browser.get("/maple-street/desk/")
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    browser.get("/maple-street/desk/")
    browser.get("/maple-street/nothing-here/")
    common = {"method": "GET", "level": "info", "school": "maple-street"}
    assert logged.pages() == [
        {"page": "home:desk", "status": 302, "actor": "nobody", **common},
        {"page": "home:desk", "status": 200, "actor": "staff", **common},
        {"page": "nowhere", "status": 404, "actor": "signed in", **common},
    ]
    assert "amal" not in logged.text.lower()


def test_every_line_about_a_request_carries_its_number_and_the_answer_too(db: None, logged: Logged) -> None:
    browser = Client(raise_request_exception=False)
    numbers = [browser.get("/design/broken/").headers["X-Request-ID"] for _ in range(2)]
    assert numbers[0] != numbers[1]
    assert [(one["event"], one["request"]) for one in logged.records] == [
        ("Internal Server Error: /design/broken/", numbers[0]),
        ("page", numbers[0]),
        ("Internal Server Error: /design/broken/", numbers[1]),
        ("page", numbers[1]),
    ]


@pytest.mark.django_db(transaction=True)
def test_no_secret_and_nobodys_words_reach_a_line_not_even_when_a_page_breaks(logged: Logged) -> None:
    School.objects.create(slug="maple-street", name="Maple Street School")
    with in_a_thread() as server:
        broke = ask(
            server.port,
            f"/maple-street/n/{CANARY}/?name={CANARY}",
            "GET",
            Cookie=f"mark={CANARY}",
            Referer=f"https://{CANARY}.example.org/",
            User_Agent=CANARY,
        )
        for path in (
            f"/maple-street/n/{CANARY}/message/",
            f"/maple-street/join/{CANARY}/",
            f"/hooks/whatsapp_cloud/{CANARY}/",
            f"/hooks/stop/maple-street/{CANARY}/",
            f"/accounts/password/reset/key/1-{CANARY}/",
            f"/{CANARY}/n/{CANARY}/message/",
            f"/maple-street/?next={CANARY}",
        ):
            assert ask(server.port, path).status in {200, 302, 403, 404}
    assert broke.status == 500
    assert logged.pages()[0]["status"] == 500
    assert len(logged.pages()) == 8
    assert CANARY not in logged.text
    [told] = [one["exception"] for one in logged.records if one["event"].startswith("Internal Server Error")]
    assert [one["kind"] for one in told] == ["RuntimeError", "LookupError"]
    assert told[0]["at"][-1].startswith("porchlight/operations/tests/probe_pages.py:")
    assert told[0]["at"][-1].endswith(" telling")
    [said] = [one["event"] for one in logged.records if one["logger"] == "library"]
    assert said == "Could not look up /maple-street/n/…/…"


def test_a_line_of_a_library_is_kept_without_secrets_on_one_line(logged: Logged) -> None:
    logging.getLogger("library").warning(
        "could not post to %s for %s\nforged", f"/hooks/x/{CANARY}/", "a.father@example.org"
    )
    [record] = logged.records
    assert record["event"] == "could not post to /hooks/x/…/ for … forged"


def test_what_code_passes_along_is_kept_only_when_it_is_on_the_list(logged: Logged) -> None:
    logging.getLogger("porchlight.test").warning("A job failed.", extra={"job": "tick", "name_of": "Hamza"})
    [record] = logged.records
    assert (record["job"], "Hamza" in logged.text) == ("tick", False)


def test_an_exception_of_the_database_says_its_code_and_not_its_row(logged: Logged, db: None) -> None:
    class Refused(Exception):
        sqlstate = "23505"

    try:
        raise Refused("Key (name)=(Hamza) already exists")
    except Refused:
        logging.getLogger("porchlight.test").exception("Could not be kept.")
    [record] = logged.records
    assert record["exception"][0]["code"] == "23505"
    assert "Hamza" not in logged.text


def test_people_get_lines_they_can_read() -> None:
    formatter = logging.config.DictConfigurator({}).configure_custom(
        dict(logging_config("console", "info")["formatters"]["record"])
    )
    record = logging.makeLogRecord(
        {"name": "porchlight.test", "levelname": "WARNING", "msg": "A job failed."}
    )
    assert "A job failed." in formatter.format(record)
    assert formatter.format(record).count("\n") == 0
    try:
        raise LookupError("Hamza")
    except LookupError:
        record.exc_info = sys.exc_info()
    line, kind, where = formatter.format(record).splitlines()
    assert ("A job failed." in line, kind) == (True, "  LookupError")
    assert re.fullmatch(
        r"    porchlight/operations/tests/test_logs.py:\d+ test_people_get_lines_they_can_read", where
    )


def test_files_and_health_are_not_said_unless_something_is_wrong(db: None, logged: Logged) -> None:
    browser = Client(raise_request_exception=False)
    with closing(browser.get("/static/design/porchlight.css")) as answer:
        assert (answer.status_code, len(b"".join(answer.streaming_content)) > 1000) == (200, True)
    assert logged.pages() == []


def test_t19_nobody_writes_a_line_of_their_own_into_the_log(maple: School, logged: Logged) -> None:
    forged = "\r\n2026-10-06T08:00:00Z [info] page status=200\u2028\x85\x1b[31m\u202e"
    asked = [
        "/maple-street/%0d%0a2026%20%5binfo%5d%20forged/",
        "/maple-street/messages/%E2%80%A8forged%C2%85%1b%5b31m/",
        "/maple-street%0d%0aforged/desk/",
    ]
    for path in asked:
        Client().get(path, headers={"user-agent": forged, "x-request-id": forged, "referer": forged})
    pages = [one for one in logged.records if one["event"] == "page"]
    assert len(pages) == len(asked)
    assert [part for part in ("forged", "[31m", "\u202e") if part in logged.text] == []
