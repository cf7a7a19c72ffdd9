"""Each of Meta's codes answers three things: again? whom to tell? what to say?"""

import asyncio

import pytest

from porchlight.delivery.gateways.contract import Advice, ApprovedTemplate, Outgoing, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.whatsapp_cloud.adapter import gateway
from porchlight.delivery.gateways.whatsapp_cloud.errors import ERRORS, reported
from porchlight.delivery.gateways.whatsapp_cloud.tests.contract_cases import account

CLASSES = {
    Advice.RETRY: [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 135000, 133016, 131053],
    Advice.RETRY_LATE: [131048, 131049, 130472],
    Advice.NEEDS_TEMPLATE: [131047],
    Advice.NEXT_CHANNEL: [131026, 131050, 131030, 131051, 131062, 130497],
    Advice.BAD_ADDRESS: [131021, 137000],
    Advice.STAFF_MUST_ACT: [
        *(132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 131063),
        *(0, 3, 10, 190, 200, 299, 131005, 131031, 368, 131042, 131045, 131037),
    ],
    Advice.OUR_FAULT: [100, 131008, 131009],
}


@pytest.mark.parametrize(("advice", "codes"), CLASSES.items(), ids=CLASSES)
def test_codes_fall_into_the_classes_meta_describes(advice, codes):
    assert {code: ERRORS[str(code)].advice for code in codes} == dict.fromkeys(codes, advice)


@pytest.mark.parametrize(
    "code", [*sorted(ERRORS), "no_connection", "text_too_long", "http_418", "424242", ""]
)
def test_staff_always_get_a_whole_sentence(code):
    sentence = gateway.explain(code)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert len(sentence) <= 140


def outcome_of(outgoing: Outgoing, answer: bytes = b"{}") -> tuple:
    async def run() -> tuple:
        async with Loopback() as server, Http() as http:
            server.answer(400, answer)
            return await gateway.send(http, account(server.base_url), outgoing), server.received

    return asyncio.run(run())


def test_what_filled_a_template_is_taken_out_of_metas_sentence():
    notice = ApprovedTemplate("school_notice", "en", ("Hamza Yousaf",))
    answer = b'{"error": {"code": 132012, "message": "Hamza Yousaf does not fit"}}'
    refused, _ = outcome_of(Outgoing("k", "+447700900123", "", "en", template=notice), answer)
    assert refused == Refused(Advice.STAFF_MUST_ACT, "132012", "[…] does not fit")


def test_a_message_without_words_never_leaves():
    refused, received = outcome_of(Outgoing("k", "+447700900123", " \n", "en"))
    assert (refused, received) == (Refused(Advice.OUR_FAULT, "no_words"), [])


def test_a_failed_status_without_a_reason_still_says_what_to_do():
    assert (reported({}).advice, reported({}).code) == (Advice.NEXT_CHANNEL, "unknown")
    assert (
        reported({"code": "131026", "title": "Undeliverable to +44 7700 900123"}).detail
        == "Undeliverable to […]"
    )
