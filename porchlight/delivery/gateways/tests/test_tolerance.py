"""T12. Nothing a gateway sends can raise: unknown fields change nothing, and any body at all is recorded somehow."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Heard,
    IdentityChanged,
    Ignored,
    MissedCall,
    Receipt,
    TemplateChanged,
)
from porchlight.delivery.gateways.tests.table import as_json, bare
from porchlight.delivery.gateways.tests.test_contract import TABLES, every_webhook, that_hears

EVENTS = (Heard, Receipt, MissedCall, IdentityChanged, TemplateChanged, AddressFailed, Ignored)
patient = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))

# Also what databases refuse: NUL and half surrogate pairs.
words = st.text(st.characters(codec=None), max_size=20)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | words
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def storable(value: object) -> bool:
    """True when every word in it fits into any database's text and JSON."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return "\0" not in value and value == value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return all(storable(key) and storable(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(storable(inner) for inner in value)
    if is_dataclass(value):
        return all(storable(getattr(value, field.name)) for field in fields(value))
    return not isinstance(value, float) or abs(value) < float("inf")


def check_recorded(table, body: bytes, query: str = "") -> None:
    events = table.gateway.read(table.account("https://gateway.example.org"), table.request(body, query))
    assert events, "silence"
    for event in events:
        assert isinstance(event, EVENTS)
        assert isinstance(event.key, str)
        assert event.key
        assert storable(event), event


@that_hears
@patient
@given(body=st.binary(max_size=200))
def test_any_bytes_are_recorded(table, body):
    check_recorded(table, body)


@that_hears
@patient
@given(body=anything)
def test_any_json_is_recorded(table, body):
    check_recorded(table, json.dumps(body).encode())


@that_hears
@patient
@given(pairs=st.lists(st.tuples(words, words), max_size=8), data=st.data())
def test_any_form_is_recorded(table, pairs, data):
    known = {name for case in table.made_up for name, _ in parse_qsl(case.body.decode("utf-8", "replace"))}
    if known:
        pairs = pairs + [
            (name, data.draw(words)) for name in data.draw(st.sets(st.sampled_from(sorted(known))))
        ]
    check_recorded(
        table,
        urlencode(pairs, errors="surrogatepass").encode(),
        data.draw(st.sampled_from(["", "ref=%00%ED%A0%80"])),
    )


def damaged(value: object, data: st.DataObject) -> object:
    """A real payload with one part of it replaced by anything, or gone."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(value)))
        if not data.draw(st.integers(0, 9)):
            return {name: inner for name, inner in value.items() if name != key}
        return {**value, key: damaged(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 9)):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], damaged(value[place], data), *value[place + 1 :]]
    return data.draw(anything)


@that_hears
@patient
@given(data=st.data())
def test_a_damaged_payload_is_recorded(table, data, shared):
    case = data.draw(st.sampled_from(table.hears))
    _, request = table.genuine(case, shared)
    try:
        whole = json.loads(request.body)
    except ValueError:
        pairs = [
            data.draw(st.sampled_from([(n, v), (n, data.draw(words))]))
            for n, v in parse_qsl(request.body.decode())
        ]
        check_recorded(table, urlencode(pairs, errors="surrogatepass").encode())
    else:
        check_recorded(table, json.dumps(damaged(whole, data)).encode())


def with_news(value: object) -> object:
    """The payload with fields of tomorrow in every object."""
    if isinstance(value, dict):
        return {
            **{key: with_news(inner) for key, inner in value.items()},
            "zz_new": {"id": "x", "type": "y"},
            "zz": 1,
        }
    return [with_news(inner) for inner in value] if isinstance(value, list) else value


@every_webhook
def test_fields_of_tomorrow_change_nothing(table, case, shared):
    account, request = table.genuine(case, shared)
    try:
        body = as_json(with_news(json.loads(request.body)))
    except ValueError:
        body = request.body + b"&ZzNew=1&ZzNewer=%F0%9F%99%82" if b"=" in request.body else request.body
    told = table.gateway.read(account, table.request(body, case.query))
    assert [bare(event) for event in told] == [bare(event) for event in case.becomes]


def test_there_is_something_to_test():
    assert TABLES


@pytest.mark.parametrize("depth", [63, 2_000, 200_000])
@that_hears
def test_a_body_nested_for_ever_is_recorded(table, depth):
    check_recorded(table, b'{"entry":' * depth + b"1" + b"}" * depth)
    check_recorded(table, b"[" * depth)
