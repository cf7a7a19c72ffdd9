"""What came along is fetched whole or not at all, from the gateway alone, and shows our access to nobody else."""

from __future__ import annotations

import asyncio
import hashlib
from io import BytesIO

import pytest
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import fetching
from porchlight.delivery.gateways.contract import Advice, Fetched, Media, Refused
from porchlight.delivery.gateways.fetching import download, is_trusted
from porchlight.delivery.gateways.http import Http, Patience
from porchlight.delivery.gateways.tests.loopback import (
    CHUNKED,
    DRIPPING,
    HANGING_UP,
    RESET,
    SILENT,
    Loopback,
    nobody_listens,
)
from porchlight.delivery.gateways.tests.table import Account, Table
from porchlight.delivery.gateways.tests.test_contract import TABLES

SOUND = b"OggS" + b"\x07" * 5000
MOST = 100_000
bringing = pytest.mark.parametrize(
    "table", [table for table in TABLES if table.brings], ids=lambda table: table.gateway.name
)


def account_of(table: Table, base: str) -> Account:
    return (table.brings.account or table.account)(base)


def fetch(table: Table, patch, prepare, *, media: Media | None = None, most: int = MOST, base: str = ""):
    """Fetch over a pretend gateway that `prepare` has told how to answer: outcome, bytes, requests."""

    async def run():
        into = BytesIO(b"from an earlier try, and longer than what comes now" * 200)
        async with Loopback() as server, Http() as http:
            at = base or server.base_url
            table.brings.based_at(patch, at)
            prepare(server)
            wanted = media or table.brings.media(at)
            outcome = await table.gateway.fetch(http, account_of(table, at), wanted, into, most)
            return outcome, into.getvalue(), server.received

    return asyncio.run(run())


def test_every_gateway_that_brings_files_has_a_table_of_how() -> None:
    assert [t.gateway.name for t in TABLES if t.gateway.abilities.brings_files] == [
        t.gateway.name for t in TABLES if t.brings
    ]


@bringing
def test_what_came_along_is_fetched_whole_and_only_the_gateway_is_shown_who_asks(table, monkeypatch):
    outcome, got, received = fetch(table, monkeypatch, lambda server: table.brings.serves(server, SOUND))
    assert outcome == Fetched(len(SOUND), hashlib.sha256(SOUND).hexdigest())
    assert got == SOUND
    shown = [
        (one.path, name, one.headers.get(name, ""))
        for one, (_, name, _) in zip(received, table.brings.asks, strict=True)
    ]
    assert shown == list(table.brings.asks)
    assert {one.method for one in received} == {"GET"}


@bringing
def test_more_than_the_measure_is_left_where_it_is(table, monkeypatch):
    outcome, got, _ = fetch(
        table, monkeypatch, lambda server: table.brings.serves(server, SOUND), most=len(SOUND) - 1
    )
    assert (outcome.code, outcome.advice) == ("media_too_large", Advice.NEXT_CHANNEL)
    assert SOUND not in got


@bringing
def test_what_the_gateway_no_longer_has_is_said_to_be_gone(table, monkeypatch):
    outcome, _, _ = fetch(table, monkeypatch, lambda server: server.answer(404, b"{}"))
    assert (outcome.code, outcome.advice) == table.brings.gone


@bringing
@pytest.mark.parametrize("status", [401, 403])
def test_an_access_that_is_refused_is_for_staff(table, monkeypatch, status):
    outcome, _, _ = fetch(table, monkeypatch, lambda server: server.answer(status, b"{}"))
    assert outcome.advice == Advice.STAFF_MUST_ACT


@bringing
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_trouble_is_tried_again(table, monkeypatch, status):
    outcome, _, _ = fetch(
        table, monkeypatch, lambda server: server.answer(status, b"{}", {"Retry-After": "9"})
    )
    assert outcome.advice == Advice.RETRY


@bringing
@pytest.mark.parametrize("manner", [RESET, HANGING_UP])
def test_a_line_that_breaks_is_tried_again_and_half_a_file_is_none(table, monkeypatch, manner):
    outcome, _, _ = fetch(table, monkeypatch, lambda server: server.answer(manner=manner))
    assert isinstance(outcome, Refused)
    assert outcome.advice == Advice.RETRY


@bringing
def test_a_gateway_that_is_not_there_is_tried_again(table, monkeypatch):
    outcome, _, _ = fetch(table, monkeypatch, lambda server: None, base=asyncio.run(nobody_listens()))
    assert (outcome.advice, outcome.code) == (Advice.RETRY, "no_connection")


@bringing
def test_a_place_that_is_nobodys_is_not_asked(table, monkeypatch):
    async def run():
        async with Loopback() as stranger, Http() as http:
            base = "https://gateway.example.org"
            table.brings.based_at(monkeypatch, base)
            elsewhere = table.brings.elsewhere(stranger.base_url)
            outcome = await table.gateway.fetch(http, account_of(table, base), elsewhere, BytesIO(), MOST)
            return outcome, stranger.received

    outcome, asked = asyncio.run(run())
    assert outcome.code in {"media_elsewhere", "media_gone", "no_connection"}
    assert asked == []


@bringing
def test_a_redirect_takes_our_access_nowhere(table, monkeypatch):
    async def run():
        async with Loopback() as stranger, Loopback() as server, Http() as http:
            table.brings.based_at(monkeypatch, server.base_url)
            at = table.brings.serves(server, SOUND)
            server.answer_at(at, b"", 302, {"Location": f"{stranger.base_url}/stolen"})
            media = table.brings.media(server.base_url)
            account = account_of(table, server.base_url)
            outcome = await table.gateway.fetch(http, account, media, BytesIO(), MOST)
            return outcome, stranger.received

    outcome, asked = asyncio.run(run())
    assert outcome.code == "media_elsewhere"
    assert asked == []


@bringing
def test_an_account_without_secrets_is_refused_not_raised(table, monkeypatch):
    async def run():
        async with Loopback() as server, Http() as http:
            server.answer(401, b"{}")
            table.brings.based_at(monkeypatch, server.base_url)
            empty = Account({"base_url": server.base_url}, {}, "")
            media = table.brings.media(server.base_url)
            return await table.gateway.fetch(http, empty, media, BytesIO(), MOST)

    assert asyncio.run(run()).advice == Advice.STAFF_MUST_ACT


@bringing
@pytest.mark.parametrize("odd", ["", " ", "../../x", "\ud800", "a\r\nb", "http://", "x" * 5000])
def test_no_name_of_a_file_makes_it_raise(table, monkeypatch, odd):
    for media in (Media("audio", odd), Media("audio", "x", url=odd)):
        outcome, _, received = fetch(table, monkeypatch, lambda server: server.answer(404), media=media)
        assert isinstance(outcome, Refused)
        assert all(".." not in one.path for one in received)


def get(prepare, *, most: int = MOST, digest: str = ""):
    async def run():
        into = BytesIO()
        async with Loopback() as server, Http() as http:
            prepare(server)
            url = URL(server.base_url)
            headers = CIMultiDict({"X": "1"})
            return await download(http, url, into=into, most=most, headers=headers, digest=digest)

    return asyncio.run(run())


def test_bytes_that_are_not_those_the_gateway_spoke_of_are_damaged():
    told = hashlib.sha256(SOUND).hexdigest()
    assert get(lambda server: server.answer(body=SOUND), digest=told) == Fetched(len(SOUND), told)
    damaged = get(lambda server: server.answer(body=SOUND[:-1] + b"x"), digest=told)
    assert (damaged.code, damaged.advice) == ("media_damaged", Advice.RETRY)


def test_a_length_nobody_announced_is_counted_while_it_comes():
    found = get(lambda server: server.answer(body=b"x" * 200_000, manner=CHUNKED))
    assert found.code == "media_too_large"


@pytest.mark.parametrize("manner", [SILENT, DRIPPING])
def test_a_gateway_that_stalls_holds_nobody(monkeypatch, manner):
    assert fetching.TIMEOUT.total <= 120
    assert fetching.TIMEOUT.idle <= 25
    monkeypatch.setattr(fetching, "TIMEOUT", Patience(total=0.3))
    found = get(lambda server: server.answer(manner=manner))
    assert (found.code, found.advice) == ("no_connection", Advice.RETRY)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://api.example.org/x", True),
        ("https://lookaside.fbsbx.com/x?mid=1", True),
        ("https://fbsbx.com.evil.example/x", False),
        ("https://evilfbsbx.com/x", False),
        ("http://lookaside.fbsbx.com/x", False),
        ("https://lookaside.fbsbx.com:8443/x", False),
        ("https://user@lookaside.fbsbx.com/x", False),
        ("https://api.example.org:444/x", False),
        ("http://api.example.org/x", False),
        ("http://169.254.169.254/latest", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_our_access_travels_only_to_the_gateway_and_its_own_store(url, trusted):
    assert is_trusted(URL(url), base=URL("https://api.example.org/"), hosts=(".fbsbx.com",)) is trusted


def test_nothing_is_trusted_where_there_is_no_base():
    assert not is_trusted(URL(""), base=URL(""))
