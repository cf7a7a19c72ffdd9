"""`porchlight serve`, as a program: real pages, compressed files with far-future names, a clean end."""

from __future__ import annotations

import gzip
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from porchlight.operations.tests.running import Program, ask, free_port, porchlight, surroundings
from tests.plugins.maple_street import copy

YEARS = "max-age=315360000, public, immutable"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, _migrated_file: Path) -> Path:
    """A folder with an empty, migrated database."""
    folder = tmp_path_factory.mktemp("porchlight")
    copy(_migrated_file, folder / "porchlight.sqlite3")
    return folder


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[int]:
    port = free_port()
    program = Program("serve", "--port", str(port), env=surroundings(home))
    try:
        line = program.until("answers at")
        assert line == (
            f"Porchlight answers at http://127.0.0.1:{port}/ as http://127.0.0.1:8000. Ctrl-C stops it.\n"
        )
        link = program.until("/set-up/")  # there is no school yet, and whoever started the server may make it
        assert re.fullmatch(r"http://127\.0\.0\.1:8000/set-up/[a-z2-9]{26}/\n", link)
        yield port
    finally:
        code = program.end(signal.SIGTERM)
    assert (code, program.said[-1]) == (0, "Stopped.\n")


def test_a_page_names_its_stylesheet_by_content_and_a_browser_may_keep_it_for_years(served: int) -> None:
    page = ask(served, "/accounts/login/", Accept_Encoding="gzip")
    assert (page.status, page.headers["Content-Encoding"]) == (200, "gzip")
    [css] = re.findall(
        r'href="(/static/design/porchlight\.[0-9a-f]{12}\.css)"', gzip.decompress(page.body).decode()
    )
    brotli = ask(served, css, Accept_Encoding="gzip, br")
    zipped = ask(served, css, Accept_Encoding="gzip")
    plain = ask(served, css)
    assert [one.headers["Content-Encoding"] for one in (brotli, zipped, plain)] == ["br", "gzip", None]
    assert [one.headers["Cache-Control"] for one in (brotli, zipped, plain)] == [YEARS] * 3
    assert plain.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert gzip.decompress(zipped.body) == plain.body
    assert len(brotli.body) < len(zipped.body) < len(plain.body) / 3


def test_a_server_without_a_school_says_where_one_is_made(served: int) -> None:
    assert ask(served, "/").headers["Location"] == "/set-up/"
    assert "There is no school yet" in ask(served, "/set-up/").text


def test_every_file_a_page_names_is_there(served: int) -> None:
    page = ask(served, "/accounts/login/").text
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(named) >= 4
    assert {name: ask(served, name).status for name in named} == dict.fromkeys(named, 200)


def test_a_page_that_is_not_there_is_said_plainly_and_a_strange_host_is_refused(served: int) -> None:
    assert ask(served, "/oak-lane/").status == 404
    assert ask(served, "/", Host="elsewhere.example.org").status == 400


def test_a_taken_port_is_one_plain_sentence(served: int, home: Path) -> None:
    done = porchlight("serve", "--port", str(served), env=surroundings(home))
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"CommandError: Port {served} on 127.0.0.1 is taken, perhaps by another Porchlight: stop what uses it, "
        f"or choose another with --port {served + 1}.\n",
    )


def test_ctrl_c_ends_it_cleanly_and_the_next_start_collects_nothing_anew(served: int, home: Path) -> None:
    collected = home / "static" / "collected-from"
    written = collected.stat().st_mtime_ns
    program = Program("serve", "--port", str(free_port()), env=surroundings(home))
    program.until("answers at")
    assert (program.end(signal.SIGINT), program.said[-1]) == (0, "Stopped.\n")
    assert collected.stat().st_mtime_ns == written


def test_tables_that_are_not_up_to_date_are_said(tmp_path: Path) -> None:
    done = porchlight("serve", "--port", str(free_port()), env=surroundings(tmp_path))
    assert done.returncode == 1
    assert re.fullmatch(
        r"CommandError: \d+ changes of the tables are waiting\. Run `porchlight migrate`\.\n", done.stderr
    )


def test_a_database_that_is_away_is_said_and_pages_ask_to_come_back(home: Path) -> None:
    port = free_port()
    away = surroundings(home, DATABASE_URL="postgresql://nobody:x@127.0.0.1:1/nowhere")
    program = Program("serve", "--port", str(port), env=away)
    program.until("answers at")
    page, pages = ask(port, "/maple-street/"), ask(port, "/health/pages/")
    assert program.end(signal.SIGTERM) == 0
    assert (page.status, page.headers["Retry-After"], pages.status) == (503, "30", 503)
    assert program.said[0] == (
        "The database does not answer (OperationalError). Pages will say so until it does.\n"
    )


@pytest.mark.parametrize(
    ("words", "more"),
    [(("--host", "0.0.0.0"), {}), ((), {"PORCHLIGHT_BASE_URL": "https://porchlight.example.org"})],
)
def test_a_server_others_can_reach_needs_a_secret_of_its_own(
    words: tuple[str, ...], more: dict[str, str], home: Path
) -> None:
    done = porchlight("serve", *words, "--port", str(free_port()), env=surroundings(home, **more))
    assert done.returncode == 1
    assert re.fullmatch(
        r"CommandError: Others can reach this server, so it needs a secret of its own: set PORCHLIGHT_SECRET_KEY "
        r"to a long random text, such as [2-9a-z]{50}, and keep it\.\n",
        done.stderr,
    )
