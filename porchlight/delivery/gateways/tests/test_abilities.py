"""What a gateway says it can do, it does: the channel table in the docs is made from these declarations."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    Heard,
    InboundEvent,
    MissedCall,
    Option,
    Outgoing,
    Receipt,
    Refused,
    Status,
    Unclear,
)
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.table import Account, Table
from porchlight.delivery.gateways.tests.test_contract import every_gateway, send

ODD = [
    "",
    " ",
    "\n",
    "a\r\nb",
    "é\0",
    "[::1",
    "https://[::1",
    "https://",
    "http://127.0.0.1:99999",
    "\ud800",
    "x" * 9999,
]


def told(table: Table) -> list[InboundEvent]:
    return [event for case in table.hears for event in case.becomes]


def receipts(table: Table) -> list[Receipt]:
    return [event for event in told(table) if isinstance(event, Receipt)]


@every_gateway
def test_what_comes_back_is_what_is_declared(table):
    able = table.gateway.abilities
    heard = [event for event in told(table) if isinstance(event, Heard)]
    assert bool(heard) == able.receives
    assert any(isinstance(event, MissedCall) for event in told(table)) == able.missed_calls
    # Some reports may say more than is promised, as mail does when it bounces; none may say less.
    statuses = {one.status for one in receipts(table)}
    assert any(one.reference for one in receipts(table)) >= able.echoes_reference
    assert (Status.DELIVERED in statuses) >= able.reports_delivered
    assert (Status.READ in statuses) >= able.reports_read
    assert any(one.choice for one in heard) == bool(able.options or table.answers_by_key)
    if able.identities_without_number:
        assert any(one.sender.user_id and not one.sender.number for one in heard)
        assert any(case.outgoing.to_is_user_id for case in table.sends)


@every_gateway
def test_every_failure_says_why_and_every_reference_is_ours(table):
    for one in receipts(table):
        assert (one.refused is not None) == (one.status == Status.FAILED)
        assert one.provider_id or one.reference


@every_gateway
def test_the_declared_length_fits_and_one_more_is_refused_before_it_leaves(table):
    longest = table.gateway.abilities.max_text
    first = table.sends[0].outgoing._replace(text="x" * longest, options=())
    if longest:
        _, received = send(table, first, lambda server: server.answer())
        assert len(received) == 1
        outcome, received = send(
            table, first._replace(text="x" * (longest + 1)), lambda server: server.answer()
        )
        assert (outcome.advice, received) == (Advice.OUR_FAULT, [])
    assert 0 <= longest < 100_000


@every_gateway
def test_the_declared_number_of_options_fits(table):
    count = table.gateway.abilities.options
    options = tuple(Option(f"k{n}", f"Label {n}") for n in range(count))
    plain, offered = (
        send(
            table, table.sends[0].outgoing._replace(text="Pick", options=some), lambda server: server.answer()
        )[1]
        for some in ((), options)
    )
    assert (table.seen(plain[0]) != table.seen(offered[0])) == bool(count)


@every_gateway
def test_words_nobody_can_write_never_raise(table):
    odd = table.sends[0].outgoing._replace(text="half \ud800 pair \0", options=(Option("\ud800", "\ud800"),))
    outcome, _ = send(table, odd, lambda server: server.answer())
    assert isinstance(outcome, Accepted | Refused | Unclear)


@every_gateway
@pytest.mark.parametrize("value", ODD)
def test_no_setting_makes_sending_raise_and_a_wrong_one_is_said(table, value):
    async def outcomes() -> list:
        found = []
        async with table.server() as server, Http() as http:
            good = table.account(server.base_url)
            for field in table.gateway.fields:
                kept = "secrets" if field.secret else "settings"
                wrong = replace(good, **{kept: {**getattr(good, kept), field.name: value}})
                outgoing = table.addressed(table.sends[0].outgoing, server.base_url)
                found.append(await table.gateway.send(http, wrong, outgoing))
                assert all(isinstance(problem, str) for problem in table.gateway.problems(wrong))
        return found

    assert all(isinstance(outcome, Accepted | Refused | Unclear) for outcome in asyncio.run(outcomes()))


@every_gateway
def test_an_account_with_nothing_in_it_is_refused_not_raised(table):
    async def run():
        async with Http() as http:
            empty = Account({"base_url": "http://127.0.0.1:9"}, {}, "")
            return await table.gateway.send(http, empty, Outgoing("k", "+447700900123", "Hello", "en"))

    assert isinstance(asyncio.run(run()), Refused)


@every_gateway
def test_each_field_is_asked_for_in_words(table):
    for field in table.gateway.fields:
        assert field.label[0].isupper()
        assert field.help.endswith((".", "…"))
        assert field.name.isidentifier()
    assert len({field.name for field in table.gateway.fields}) == len(table.gateway.fields)


@every_gateway
@pytest.mark.parametrize("code", ["no_connection", "http_418", "never heard of it", ""])
def test_every_code_can_be_explained(table, code):
    sentence = table.gateway.explain(code)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
