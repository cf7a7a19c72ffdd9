"""The client every adapter speaks HTTP with: what libcurl could do by itself and must not, on real sockets."""

import asyncio

import pytest
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.http import BadHeader, Http, HttpError, Patience
from porchlight.delivery.gateways.tests.loopback import RESET, SILENT, Loopback
from porchlight.delivery.gateways.wire import Answer, post

PATIENCE = Patience(total=5)
PLAIN: CIMultiDict[str] = CIMultiDict({"Content-Type": "application/json"})


def everything(_piece: bytes) -> bool:
    return True


def with_a_server(work):
    """`work(http, server, url)` over one client and one server."""

    async def run():
        async with Loopback() as server, Http() as http:
            return await work(http, server, URL(server.base_url + "/messages"))

    return asyncio.run(run())


def test_a_kept_connection_that_breaks_is_unclear_and_nothing_is_sent_twice():
    async def work(http, server, url):
        assert isinstance(await post(http, url, body=b'{"first": 1}', headers=PLAIN), Answer)
        server.answer(manner=RESET)
        outcome = await post(http, url, body=b'{"second": 2}', headers=PLAIN)
        return outcome, [one.body for one in server.received]

    outcome, received = with_a_server(work)
    assert isinstance(outcome, Unclear)
    assert received == [b'{"first": 1}', b'{"second": 2}']


def test_connections_are_kept():
    ports = set()

    async def work(http, server, url):
        handle = server._handle

        async def watched(request):
            ports.add(request.transport.get_extra_info("peername")[1])
            return await handle(request)

        server._runner.server.request_handler = watched
        for number in range(5):
            assert isinstance(await post(http, url, body=b"%d" % number, headers=PLAIN), Answer)
        return [one.body for one in server.received]

    assert with_a_server(work) == [b"0", b"1", b"2", b"3", b"4"]
    assert len(ports) == 1


def test_a_broken_answer_harms_none_that_is_on_its_way():
    async def work(http, server, url):
        server.answer_at("/fine", b"yes")
        server.answer(manner=RESET)
        fine = [post(http, url.with_path("/fine"), body=b"1", headers=PLAIN) for _ in range(20)]
        bad = [post(http, url, body=b"2", headers=PLAIN) for _ in range(20)]
        server.manner = ""
        return await asyncio.gather(*fine), await asyncio.gather(*bad)

    fine, bad = with_a_server(work)
    assert {answer.body for answer in fine} == {b"yes"}
    assert len(bad) == 20


@pytest.mark.parametrize("value", ["a\r\nX-Mine: 1", "a\nb", "a\0b"])
def test_a_line_break_in_a_setting_makes_no_header_of_its_own(value):
    async def work(http, server, url):
        headers = CIMultiDict({"Authorization": f"Bearer {value}"})
        with pytest.raises(BadHeader):
            await http.post(url, b"{}", headers=headers, take=everything, patience=PATIENCE)
        return await post(http, url, body=b"{}", headers=headers), server.received

    outcome, received = with_a_server(work)
    assert (outcome.advice, outcome.code, received) == (Advice.STAFF_MUST_ACT, "unsendable_setting", [])


def test_no_proxy_of_the_environment_sees_what_families_are_told(monkeypatch):
    async def work(http, server, url):
        async with Loopback() as proxy:
            for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.base_url)
            await post(http, url, body=b"{}", headers=PLAIN)
            return len(server.received), proxy.received

    assert with_a_server(work) == (1, [])


def test_a_request_that_is_given_up_leaves_the_next_one_alone():
    async def work(http, server, url):
        server.answer(manner=SILENT)
        waiting = asyncio.ensure_future(post(http, url, body=b"1", headers=PLAIN))
        while not server.received:
            await asyncio.wait([waiting], timeout=0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        server.answer(body=b"here")
        return (await post(http, url, body=b"2", headers=PLAIN)).body

    assert with_a_server(work) == b"here"


def test_of_many_that_are_answered_at_once_those_given_up_hinder_none():
    async def work(http, server, url):
        sent = [asyncio.ensure_future(post(http, url, body=b"%d" % n, headers=PLAIN)) for n in range(40)]
        _, waiting = await asyncio.wait(sent, return_when=asyncio.FIRST_COMPLETED)
        given_up = [one for one in waiting if sent.index(one) % 2]
        for one in given_up:
            one.cancel()
        outcomes = await asyncio.gather(*sent, return_exceptions=True)
        after = await asyncio.gather(*(post(http, url, body=b"again", headers=PLAIN) for _ in range(40)))
        return outcomes, len(given_up), [answer.body for answer in after]

    outcomes, given_up, after = with_a_server(work)
    kinds = [type(outcome) for outcome in outcomes]
    assert set(kinds) <= {Answer, asyncio.CancelledError}
    assert kinds.count(asyncio.CancelledError) <= given_up
    assert kinds.count(Answer) >= 40 - given_up
    assert after == [b"{}"] * 40


def test_a_client_that_closes_waits_for_nobody():
    async def work(http, server, url):
        server.answer(manner=SILENT)
        waiting = asyncio.ensure_future(post(http, url, body=b"1", headers=PLAIN))
        while not server.received:
            await asyncio.wait([waiting], timeout=0.01)
        await http.close()
        await asyncio.wait([waiting], timeout=5)
        return waiting.cancelled()

    assert with_a_server(work)


def test_what_takes_too_long_after_leaving_is_told_from_what_never_left():
    async def work(http, server, url):
        server.answer(manner=SILENT)
        with pytest.raises(HttpError) as gone:
            await http.post(url, b"{}", headers=PLAIN, take=everything, patience=Patience(total=0.3))
        return gone.value

    gone = with_a_server(work)
    assert (gone.is_timeout, gone.left, str(gone)) == (True, True, "OPERATION_TIMEDOUT")


def test_a_header_names_what_was_answered_last_and_each_value_of_a_name():
    async def work(http, server, url):
        server.answer(429, headers={"Retry-After": "7", "X-Both": "1"})
        return await post(http, url, body=b"{}", headers=PLAIN)

    answer = with_a_server(work)
    assert (answer.status, answer.retry_after(), answer.headers["x-both"]) == (429, 7.0, "1")


def test_endless_headers_are_no_answer():
    async def work(http, server, url):
        server.answer(headers={f"X-{number}": "x" * 4000 for number in range(40)})
        return await post(http, url, body=b"{}", headers=PLAIN)

    assert isinstance(with_a_server(work), Refused | Unclear)
