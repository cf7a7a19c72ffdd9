"""The address was given by a browser, so that anybody may have chosen it: it never leads into our own network."""

from __future__ import annotations

import asyncio

import pytest

from porchlight.delivery.gateways.contract import Advice, Outcome, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.web_push.adapter import gateway
from porchlight.delivery.gateways.web_push.subscription import Subscription, to_base64
from porchlight.delivery.gateways.web_push.tests.contract_cases import BROWSER, account, outgoing


async def told(endpoint: str, base: str = "") -> Outcome:
    to = Subscription(endpoint, to_base64(BROWSER.point), to_base64(BROWSER.auth))
    async with Http() as http:
        try:
            return await gateway.send(http, account(base), outgoing()._replace(to=to.line))
        finally:
            await gateway.close()


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.net/push/1", "https://127.0.0.1/push/1", "https://10.0.0.9/push/1",
        "https://169.254.169.254/latest", "https://[::1]/push/1", "https://[::ffff:10.0.0.9]/push/1",
        "https://push.example.net:8443/push/1", "https://me:you@push.example.net/push/1", "file:///etc/passwd",
        "push/1", "https://",
    ],
)  # fmt: skip
def test_no_address_inside_is_a_browsers(endpoint: str) -> None:
    refused = asyncio.run(told(endpoint))
    assert isinstance(refused, Refused)
    assert (refused.advice, refused.code) == (Advice.BAD_ADDRESS, "not_public")


def test_a_name_that_leads_inside_is_stopped_at_the_connection() -> None:
    """`localhost` is looked up as any name is; what it leads to is asked about before anything is said."""
    assert asyncio.run(told("https://localhost/push/1")) == Refused(Advice.BAD_ADDRESS, "not_public")


def test_the_push_service_for_trying_out_is_one_and_no_other() -> None:
    async def run() -> tuple[Outcome, Outcome, int]:
        async with Loopback() as ours, Loopback() as other:
            ours.answer(201)
            taken = await told(f"{ours.base_url}/push/1", base=ours.base_url)
            return taken, await told(f"{other.base_url}/push/1", base=ours.base_url), len(other.received)

    taken, refused, reached = asyncio.run(run())
    assert not isinstance(taken, Refused)
    assert (refused, reached) == (Refused(Advice.BAD_ADDRESS, "not_public"), 0)
