"""What the phone tells us becomes texts, statuses and "please ring me"; everything else is recorded, never lost."""

import json

import pytest

from porchlight.delivery.gateways.contract import Advice, Heard, Ignored, Receipt, Sender
from porchlight.delivery.gateways.office_phone import errors, reading
from porchlight.delivery.gateways.office_phone.tests.webhook_cases import TEXT, event


def read(found: object) -> list:
    return reading.read(json.dumps(found).encode(), "GB")


def received(**changes: object) -> dict[str, object]:
    return event("sms:received", **{**TEXT, **changes})


@pytest.mark.parametrize("given", ["07700 900123", "+44 7700 900123", "07700-900-123"])
def test_a_number_as_phones_show_it_becomes_one_number(given):
    [heard] = read(received(phoneNumber=given))
    assert heard.sender == Sender(number="+447700900123")


@pytest.mark.parametrize("name", ["Mobile Net", "GIFFGAFF", "60123"])
def test_a_sender_that_is_no_number_is_kept_as_it_is(name):
    [heard] = read(received(phoneNumber=name))
    assert heard.sender == Sender(user_id=name)


def test_the_same_text_told_by_two_hooks_has_one_key_and_another_text_has_another():
    [first], [again], [other], [later] = (
        read(received()),
        read({**received(), "id": "another event", "webhookId": "another hook"}),
        read(received(message="2")),
        read(received(receivedAt="2026-09-01T15:10:01.000+01:00")),
    )
    assert first.key == again.key
    assert len({first.key, other.key, later.key}) == 3


def test_the_raw_event_is_kept_without_the_bytes_of_pictures():
    [heard] = read(received())
    assert heard.raw == received()
    picture = {"partId": 7, "contentType": "image/jpeg", "data": "AAAA"}
    [heard] = read(
        event("mms:downloaded", messageId="m1", phoneNumber="+447700900123", attachments=[picture])
    )
    assert heard.raw["payload"]["attachments"] == [{"partId": 7, "contentType": "image/jpeg"}]


@pytest.mark.parametrize(
    "found",
    [
        event("sms:received", message="no sender"),
        event("sms:sent"),
        event("mms:downloaded"),
        event("sms:batch:received", messages="none"),
        event("sms:batch:received", messages=[]),
        {"event": "sms:received", "payload": "text"},
        {"event": 5, "payload": []},
        {},
    ],
)
def test_what_is_broken_is_recorded_with_its_kind(found):
    [ignored] = read(found)
    assert isinstance(ignored, Ignored)
    assert ignored.kind
    assert ignored.raw == found


def test_every_event_of_the_published_api_is_understood(shared):
    api = json.loads((shared / "standards/sms-gateways/android-sms-gateway-swagger.json").read_text())
    names = api["components"]["schemas"]["smsgateway.WebhookEvent"]["enum"]
    said = {name: event(name, messageId="m", phoneNumber="+447700900123", attachments=[]) for name in names}
    assert {name: type(read(one)[0]) for name, one in said.items()} == {
        "sms:received": Heard,
        "sms:data-received": Ignored,
        "sms:sent": Receipt,
        "sms:delivered": Receipt,
        "sms:failed": Receipt,
        "system:ping": Ignored,
        "mms:received": Ignored,
        "mms:downloaded": Heard,
    }


@pytest.mark.parametrize(
    ("reason", "advice", "code"),
    [
        ("Send result: RESULT_ERROR_RADIO_OFF (Failed)", Advice.STAFF_MUST_ACT, "RESULT_ERROR_RADIO_OFF"),
        ("Send result: RESULT_RIL_SIM_ABSENT (The radio failed)", Advice.STAFF_MUST_ACT, "RESULT_SIM_ABSENT"),
        ("Send result: RESULT_NEWLY_INVENTED (x)", Advice.NEXT_CHANNEL, "RESULT_NEWLY_INVENTED"),
        ("Delivery result from SC +447700900000: 67", Advice.BAD_ADDRESS, "tp_0x43"),
        ("Delivery result from SC +447700900000: 70", Advice.RETRY_LATE, "tp_0x46"),
        ("Delivery result from SC +447700900000: 98", Advice.RETRY_LATE, "tp_0x62"),
        ("Delivery result: 5", Advice.NEXT_CHANNEL, "tp_0x05"),
        ("TTL expired", Advice.STAFF_MUST_ACT, "ttl_expired"),
        (
            "sendSMS: The string supplied did not seem to be a phone number.",
            Advice.BAD_ADDRESS,
            "phone_number",
        ),
        ("sendSMS: SIM 2 not found", Advice.STAFF_MUST_ACT, "no_such_sim"),
        ("Can't send message: No SIMs found", Advice.STAFF_MUST_ACT, "no_sim"),
        ("Unknown", Advice.NEXT_CHANNEL, "unknown"),
        ("", Advice.NEXT_CHANNEL, "unknown"),
    ],
)
def test_each_reason_of_a_failure_says_what_to_do(reason, advice, code):
    refused = errors.reported(reason)
    assert (refused.advice, refused.code) == (advice, code)
    assert "447700" not in refused.detail


def test_every_sentence_leads_to_a_line_of_the_table():
    assert {code for _, code in errors.SENTENCES} <= set(errors.ERRORS)
