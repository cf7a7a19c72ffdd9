"""What the phone tells us becomes texts, statuses and "please ring me"; everything else is recorded, never lost."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from porchlight.delivery.gateways.contract import Advice, Heard, Ignored, MissedCall, Receipt, Refused, Status
from porchlight.delivery.gateways.office_phone import errors, reading
from porchlight.delivery.gateways.office_phone.adapter import gateway
from porchlight.delivery.gateways.office_phone.tests.phone import account, event, signed


def read(found: object) -> list:
    return gateway.read(account(), signed(found))


def received(**changes: object) -> dict[str, object]:
    payload = {
        "messageId": "abc123",
        "message": "1",
        "phoneNumber": "+447700900123",
        "sender": "+447700900123",
        "recipient": None,
        "simNumber": 1,
        "receivedAt": "2026-09-01T15:10:00.000+01:00",
    }
    return event("sms:received", **{**payload, **changes})


def test_a_text_is_heard_with_its_sender_and_time():
    [heard] = read(received())
    assert (heard.sender.number, heard.text) == ("+447700900123", "1")
    assert heard.at == datetime(2026, 9, 1, 15, 10, tzinfo=timezone(timedelta(hours=1)))
    assert heard.raw == received()


@pytest.mark.parametrize("given", ["07700 900123", "+44 7700 900123", "00447700900123"])
def test_a_number_as_phones_show_it_becomes_one_number(given):
    [heard] = read(received(phoneNumber=given, sender=given))
    assert heard.sender.number == "+447700900123"


def test_a_sender_with_a_name_instead_of_a_number_is_kept_as_it_is():
    [heard] = read(received(phoneNumber="Mobile Net", sender="Mobile Net"))
    assert (heard.sender.number, heard.sender.user_id) == ("", "Mobile Net")


def test_the_same_text_told_twice_has_the_same_key_and_another_text_has_another():
    [first], [again], [other], [later] = (
        read(received()),
        read({**received(), "id": "another event", "webhookId": "another hook"}),
        read(received(message="2")),
        read(received(receivedAt="2026-09-01T15:10:01.000+01:00")),
    )
    assert first.key == again.key
    assert len({first.key, other.key, later.key}) == 3


def test_texts_kept_while_the_phone_was_offline_come_one_by_one():
    one, two = received()["payload"], received(message="2")["payload"]
    heard = read(event("sms:batch:received", messages=[one, two]))
    assert [h.text for h in heard] == ["1", "2"]
    assert heard[0].key == read(received())[0].key


def test_a_picture_message_names_its_parts_without_keeping_their_bytes():
    [heard] = read(
        event(
            "mms:downloaded",
            messageId="m1",
            phoneNumber="+447700900123",
            body="Look",
            receivedAt="2026-09-01T15:10:00Z",
            attachments=[
                {"partId": 7, "contentType": "audio/amr", "data": "AAAA", "size": 3},
                {"partId": 8, "contentType": "text/x-vcard"},
            ],
        )
    )
    assert heard.text == "Look"
    assert [(m.kind, m.provider_id, m.url) for m in heard.media] == [
        ("audio", "m1/7", "inbox/m1/attachments/7"),
        ("document", "m1/8", "inbox/m1/attachments/8"),
    ]
    assert "AAAA" not in json.dumps(heard.raw)


@pytest.mark.parametrize(
    ("name", "status", "extra", "refused"),
    [
        ("sms:sent", Status.SENT, {"sentAt": "2026-09-01T14:10:00Z"}, None),
        ("sms:delivered", Status.DELIVERED, {"deliveredAt": "2026-09-01T14:10:00Z"}, None),
        (
            "sms:failed",
            Status.FAILED,
            {"failedAt": "2026-09-01T14:10:00Z", "reason": "TTL expired"},
            Refused(Advice.STAFF_MUST_ACT, "ttl-expired", "TTL expired"),
        ),
        ("sms:cancelled", Status.FAILED, {"cancelledAt": "2026-09-01T14:10:00Z"}, reading.CANCELLED),
    ],
)
def test_statuses_become_receipts_that_echo_our_reference(name, status, extra, refused):
    [receipt] = read(event(name, messageId="k7mxq2", phoneNumber="+447700900123", **extra))
    assert isinstance(receipt, Receipt)
    assert (receipt.reference, receipt.provider_id, receipt.status) == ("k7mxq2", "k7mxq2", status)
    assert receipt.key == f"k7mxq2:{status.name.lower()}"
    assert receipt.at == datetime(2026, 9, 1, 14, 10, tzinfo=UTC)
    assert receipt.refused == refused


def test_every_ring_asks_for_a_call_back():
    [call] = read(event("call:ringing", phoneNumber="07700 900123"))
    assert isinstance(call, MissedCall)
    assert call.sender.number == "+447700900123"


@pytest.mark.parametrize(
    "found",
    [
        event("system:ping"),
        event("app:started"),
        event("call:started", phoneNumber="+447700900123"),
        event("call:ringing", phoneNumber=None),
        event("sms:received", message="no sender"),
        event("sms:sent"),
        event("sms:data-received", data="AA==", phoneNumber="+447700900123"),
        event("mms:received", subject="coming"),
        event("sms:batch:received", messages="none"),
        event("tomorrow:invented", new="thing"),
        {"event": 5, "payload": []},
        {},
    ],
)
def test_what_asks_nothing_of_us_is_recorded_with_its_kind(found):
    [ignored] = read(found)
    assert isinstance(ignored, Ignored)
    assert ignored.kind
    assert ignored.raw == found


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff\xfe", b"null"])
def test_no_body_is_an_exception(body):
    [ignored] = gateway.read(account(), signed(body))
    assert isinstance(ignored, Ignored)


def test_every_event_of_the_published_api_is_understood(shared):
    api = json.loads((shared / "standards/sms-gateways/android-sms-gateway-swagger.json").read_text())
    names = api["components"]["schemas"]["smsgateway.WebhookEvent"]["enum"]
    kinds = {
        name: type(read(event(name, messageId="m", phoneNumber="+447700900123", attachments=[]))[0])
        for name in names
    }
    assert kinds == {
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
        (
            "Send result: RESULT_ERROR_NO_SERVICE (Failed because service is currently unavailable)",
            Advice.RETRY,
            "RESULT_ERROR_NO_SERVICE",
        ),
        ("Send result: RESULT_RIL_SIM_ABSENT (The radio failed)", Advice.STAFF_MUST_ACT, "RESULT_SIM_ABSENT"),
        ("Send result: RESULT_NEWLY_INVENTED (x)", Advice.NEXT_CHANNEL, "RESULT_NEWLY_INVENTED"),
        ("Delivery result from SC +447700900000: 67", Advice.BAD_ADDRESS, "tp-status-0x43"),
        ("Delivery result from SC +447700900000: 70", Advice.RETRY_LATE, "tp-status-0x46"),
        ("Delivery result from SC +447700900000: 98", Advice.RETRY_LATE, "tp-status-0x62"),
        ("Delivery result: 5", Advice.NEXT_CHANNEL, "tp-status-0x05"),
        (
            "sendSMS: The string supplied did not seem to be a phone number.",
            Advice.BAD_ADDRESS,
            "phone-number",
        ),
        ("sendSMS: SIM 2 not found", Advice.STAFF_MUST_ACT, "no-such-sim"),
        ("Can't send message: No SIMs found", Advice.STAFF_MUST_ACT, "no-sim"),
        ("Unknown", Advice.NEXT_CHANNEL, "unknown"),
        ("", Advice.NEXT_CHANNEL, "unknown"),
    ],
)
def test_each_reason_of_a_failure_says_what_to_do(reason, advice, code):
    refused = errors.of_reason(reason)
    assert (refused.advice, refused.code) == (advice, code)
    assert "447700" not in refused.detail
