"""T8, T41. Every gateway keeps the contract: one runner over all their tables, on real sockets, without mocks."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from importlib import import_module

import pytest
from django.conf import settings

from porchlight.delivery.gateways.contract import Accepted, Advice, Outgoing, Refused, Status, Unclear
from porchlight.delivery.gateways.http import Http, Patience
from porchlight.delivery.gateways.leaving import leaves
from porchlight.delivery.gateways.tests.loopback import DRIPPING, HANGING_UP, RESET, SILENT, nobody_listens
from porchlight.delivery.gateways.tests.table import Account, Table, bare


def tables() -> list[Table]:
    """One table for every gateway that is switched on: a folder without one stops here."""
    return [import_module(f"{path}.tests.contract_cases").TABLE for path in settings.PORCHLIGHT_GATEWAYS]


TABLES = tables()


def named(cases: list) -> dict:
    return {"argvalues": cases, "ids": [f"{table.gateway.name}: {case.name}" for table, case in cases]}


every_gateway = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.gateway.name)
that_hears = pytest.mark.parametrize(
    "table", [table for table in TABLES if table.hears], ids=lambda table: table.gateway.name
)
that_hears_nothing = pytest.mark.parametrize(
    "table", [table for table in TABLES if not table.hears], ids=lambda table: table.gateway.name
)
over_http = pytest.mark.parametrize(
    "table", [table for table in TABLES if table.speaks_http], ids=lambda table: table.gateway.name
)
every_send = pytest.mark.parametrize(("table", "case"), **named([(t, c) for t in TABLES for c in t.sends]))
every_answer = pytest.mark.parametrize(
    ("table", "case"), **named([(t, c) for t in TABLES for c in t.answers])
)
every_webhook = pytest.mark.parametrize(("table", "case"), **named([(t, c) for t in TABLES for c in t.hears]))


def send(table: Table, outgoing: Outgoing, prepare, base_url: str = "", says=lambda: None) -> tuple:
    """Send one delivery to a loopback server that `prepare` has told how to answer; outcome and requests."""

    async def run() -> tuple:
        leaves.set(says)
        async with table.server() as server, Http() as http:
            prepare(server)
            base = base_url or server.base_url
            outcome = await table.gateway.send(http, table.account(base), table.addressed(outgoing, base))
            return outcome, server.received

    return asyncio.run(run())


@every_send
def test_a_delivery_leaves_exactly_as_the_gateway_wants_it(table, case):
    _, received = send(table, case.outgoing, lambda server: server.answer())
    assert [table.seen(request) for request in received] == [case.request]


@every_answer
def test_an_answer_means_one_outcome(table, case):
    outcome, _ = send(
        table, table.sends[0].outgoing, lambda server: server.answer(case.status, case.body, case.headers)
    )
    if isinstance(case.becomes, type):
        assert isinstance(outcome, case.becomes)
    else:
        assert outcome == case.becomes


@every_gateway
def test_a_gateway_that_is_not_there_was_certainly_not_reached(table):
    outcome, _ = send(table, table.sends[0].outgoing, lambda server: None, asyncio.run(nobody_listens()))
    assert isinstance(outcome, Refused)
    assert outcome.advice == Advice.RETRY


@every_gateway
def test_it_says_when_words_leave_and_not_before(table):
    """T39. A gateway that is not there was told nothing; one that hangs up may have heard all."""
    assert table.gateway.abilities.says_when_it_leaves
    said: list[str] = []
    outgoing = table.sends[0].outgoing
    nowhere = asyncio.run(nobody_listens())
    send(table, outgoing, lambda server: None, nowhere, says=lambda: said.append("left"))
    assert not said
    send(table, outgoing, lambda server: server.answer(manner=HANGING_UP), says=lambda: said.append("left"))
    assert said


@every_gateway
@pytest.mark.parametrize("manner", [RESET, HANGING_UP])
def test_a_connection_lost_after_the_request_left_is_unclear(table, manner):
    outcome, received = send(table, table.sends[0].outgoing, lambda server: server.answer(manner=manner))
    assert isinstance(outcome, Unclear)
    assert len(received) == 1, "sent again by itself"


@every_gateway
@pytest.mark.parametrize("manner", [SILENT, DRIPPING])
def test_a_gateway_that_stalls_is_unclear_and_holds_nobody(table, manner, monkeypatch):
    module, constant = table.stalls
    real = getattr(import_module(module), constant)
    assert real.total <= 30
    monkeypatch.setattr(import_module(module), constant, Patience(total=0.3))
    outcome, received = send(table, table.sends[0].outgoing, lambda server: server.answer(manner=manner))
    assert isinstance(outcome, Unclear)
    assert len(received) == 1, "sent again by itself"


@over_http
def test_a_redirect_is_never_followed(table):
    async def run() -> tuple:
        async with table.server() as elsewhere, table.server() as server, Http() as http:
            server.answer(307, headers={"Location": f"{elsewhere.base_url}/stolen"})
            outgoing = table.addressed(table.sends[0].outgoing, server.base_url)
            outcome = await table.gateway.send(http, table.account(server.base_url), outgoing)
            return outcome, elsewhere.received

    outcome, stolen = asyncio.run(run())
    assert (outcome.advice, stolen) == (table.redirected, [])


@every_gateway
@pytest.mark.parametrize(
    "status", [*range(300, 309), *range(400, 419), 422, 425, 426, 429, 451, 500, 502, 503, 504]
)
def test_no_refusing_status_is_taken_for_a_yes(table, status):
    outcome, _ = send(
        table, table.sends[0].outgoing, lambda server: server.answer(status, b"<html>no</html>")
    )
    assert isinstance(outcome, Accepted if status in table.may_settle else Refused | Unclear)


@every_gateway
@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429, 500])
def test_of_whom_and_what_a_refusal_quotes_nothing_is_kept(table, status):
    outgoing, private = table.sends[0].outgoing, []

    def quotes(server) -> None:
        to = table.addressed(outgoing, server.base_url).to
        private.extend([to, to.lstrip("+"), outgoing.text])
        quoted = f"no: {', '.join(private[:2])}, '{outgoing.text}', wamid.HBgMNDQ3, EAApracticetoken1"
        says = {"message": quoted, "code": 5, "description": quoted, "detail": quoted}
        server.answer(status, json.dumps({**says, "error": says}, ensure_ascii=False).encode())

    outcome, received = send(table, outgoing, quotes)
    assert received
    assert isinstance(outcome, Refused)
    assert "no: […]" in outcome.detail
    kept = f"{outcome.code} {outcome.detail}"
    for one in (*private, "HBgMNDQ3", "practicetoken1"):
        assert one not in kept


@every_gateway
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b'{"messages": 5}', b"\xff\xfe", b"[" * 50_000]
)
def test_a_yes_we_cannot_read_never_raises(table, body):
    outcome, _ = send(table, table.sends[0].outgoing, lambda server: server.answer(200, body))
    assert isinstance(outcome, Accepted | Refused | Unclear)


@over_http
def test_a_pause_the_gateway_names_is_kept(table):
    outcome, _ = send(
        table, table.sends[0].outgoing, lambda server: server.answer(429, b"{}", {"Retry-After": "17"})
    )
    assert (outcome.advice, outcome.retry_after) == (Advice.RETRY, 17.0)


@every_webhook
def test_a_genuine_webhook_is_taken_and_says_what_the_table_says(table, case, shared):
    account, request = table.genuine(case, shared)
    assert table.gateway.is_genuine(account, request)
    assert [bare(event) for event in table.gateway.read(account, request)] == [
        bare(event) for event in case.becomes
    ]


@every_webhook
def test_the_same_webhook_twice_has_the_same_keys(table, case, shared):
    account, request = table.genuine(case, shared)
    first, again = (table.gateway.read(account, request) for _ in range(2))
    assert [(type(event), event.key) for event in first] == [(type(event), event.key) for event in again]
    assert len({(type(event), event.key) for event in first}) == len(first)


@every_gateway
def test_how_far_a_delivery_came_is_told_by_our_reference(table):
    told, able = {}, table.gateway.abilities
    for status, (body, query) in table.fates.items():
        account = table.account("https://gateway.example.org")
        [receipt] = table.gateway.read(account, table.sign(account, table.request(body, query)))
        assert receipt.reference == "k7mxq2" if able.echoes_reference else receipt.provider_id
        told[status] = receipt.status
    assert told == {status: status for status in table.fates}
    assert (Status.FAILED in told) == able.reports_failed
    assert (Status.READ in told) == able.reports_read
    assert (Status.DELIVERED in told) >= able.reports_delivered


@that_hears
def test_forged_webhooks_are_refused(table):
    account, request = table.genuine(table.made_up[0])
    value = table.signature_of(request)
    forged = {
        "no signature": table.with_signature(request, None),
        "empty": table.with_signature(request, ""),
        "not ascii": table.with_signature(request, "é" * len(value)),
        "half": table.with_signature(request, value[: len(value) // 2]),
        "one sign short": table.with_signature(request, value[:-1]),
        "one sign more": table.with_signature(request, value + value[-1]),
        "given twice": table.with_signature(request, f"{value}, {value}"),
        "given twice, joined": table.with_signature(request, f"{value},{value}"),
        "another school's secret": table.sign(table.another_school, request),
        "host claimed": replace(
            table.with_signature(request, None),
            headers={
                "host": "gateway.example.org",
                "x-forwarded-host": "gateway.example.org",
                "x-forwarded-for": "::1",
            },
        ),
        **{name: forge(account, request) for name, forge in table.forgeries.items()},
    }
    if table.signs_body:
        forged["no body"] = replace(request, body=b"")
        forged["more body"] = replace(request, body=request.body + b"&a=1")
    for place in range(0, len(request.body) if table.signs_body else 0, max(1, len(request.body) // 40)):
        flipped = bytes([request.body[place] ^ 1])
        forged[f"byte {place}"] = replace(
            request, body=request.body[:place] + flipped + request.body[place + 1 :]
        )
    assert table.gateway.is_genuine(account, request)
    assert [name for name, one in forged.items() if table.gateway.is_genuine(account, one)] == []


@that_hears
def test_an_account_without_secrets_trusts_nobody(table):
    account, request = table.genuine(table.made_up[0])
    empty = Account(account.settings, {}, account.sender)
    blank = Account(account.settings, dict.fromkeys(account.secrets, ""), account.sender)
    for one in (empty, blank):
        assert not table.gateway.is_genuine(one, request)
        assert not table.gateway.is_genuine(one, table.sign(blank, request))


@that_hears_nothing
@pytest.mark.parametrize("body", [b"", b"{}", b'{"status": "delivered", "reference": "k7mxq2"}'])
def test_a_gateway_that_nothing_comes_in_from_believes_nobody(table, body):
    account, request = table.account("https://gateway.example.org"), table.request(body)
    assert not table.gateway.is_genuine(account, request)
    assert table.gateway.read(account, request) == []
    assert table.gateway.greet(account, replace(request, method="GET")) is None


@every_gateway
def test_good_settings_have_no_problems_and_empty_ones_say_how_to_mend_them(table):
    assert table.gateway.problems(table.account("https://gateway.example.org")) == []
    found = table.gateway.problems(Account({}, {}, ""))
    assert found
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in found)
    missing = [field.name for field in table.gateway.fields if field.required]
    assert missing, "a gateway that asks for nothing cannot be somebody's account"
