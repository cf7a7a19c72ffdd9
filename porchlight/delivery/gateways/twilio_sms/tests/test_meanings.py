"""Each of Twilio's codes answers three things: again? whom to tell? what to say?"""

import pytest

from porchlight.delivery.gateways.contract import Advice, RawRequest, Receipt, Status
from porchlight.delivery.gateways.tests.table import Account
from porchlight.delivery.gateways.twilio_sms.adapter import gateway
from porchlight.delivery.gateways.twilio_sms.errors import ERRORS, reported

CLASSES = {
    Advice.OPTED_OUT: [21610],
    Advice.BAD_ADDRESS: [21211, 21614, 30005, 30006],
    Advice.RETRY: [20429, 30001, 30003, 30008],
    Advice.NEXT_CHANNEL: [30004, 30007],
    Advice.STAFF_MUST_ACT: [20003, 21606, 21608, 30034],
    Advice.OUR_FAULT: [21602, 21617],
}


@pytest.mark.parametrize(("advice", "codes"), CLASSES.items(), ids=CLASSES)
def test_codes_fall_into_the_classes_twilio_describes(advice, codes):
    assert {code: ERRORS[str(code)].advice for code in codes} == dict.fromkeys(codes, advice)


@pytest.mark.parametrize(
    "code", [*sorted(ERRORS), "no_connection", "text_too_long", "http_418", "424242", ""]
)
def test_staff_always_get_a_whole_sentence(code):
    sentence = gateway.explain(code)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert len(sentence) <= 140


def test_every_status_word_of_twilio_has_one_meaning_and_a_new_one_is_never_delivered():
    words = [
        "accepted",
        "scheduled",
        "queued",
        "sending",
        "sent",
        "delivered",
        "read",
        "undelivered",
        "failed",
    ]
    told = {}
    for word in [*words, "canceled", "teleported", "Delivered", ""]:
        form = f"MessageSid=SM1&MessageStatus={word}&To=%2B447700900123".encode()
        [event] = gateway.read(Account(), RawRequest("POST", "https://s.example.org/", {}, form))
        told[word] = event.status if isinstance(event, Receipt) else event.kind
    assert told == {
        "accepted": Status.QUEUED,
        "scheduled": Status.QUEUED,
        "queued": Status.QUEUED,
        "sending": Status.QUEUED,
        "sent": Status.SENT,
        "delivered": Status.DELIVERED,
        "read": Status.READ,  # texts are not read-receipted today; Twilio's richer channels are
        "undelivered": Status.FAILED,
        "failed": Status.FAILED,
        "canceled": Status.FAILED,
        "teleported": "status.teleported",
        "Delivered": "status.Delivered",
        "": "status.unnamed",
    }


def test_a_reported_number_is_taken_out():
    assert reported("30003", "Unreachable destination handset +447700900123").detail == (
        "Unreachable destination handset […]"
    )
