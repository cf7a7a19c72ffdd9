"""What providers report of our mail becomes receipts that name our reference, and wishes that are kept."""

import pytest

from porchlight.delivery.gateways.contract import AddressFailed, Advice, Ignored, Receipt, Status
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests import hooks as w
from porchlight.delivery.gateways.email.tests.samples import FATHER, account

# provider, file, test, what it becomes: kind of event, status or advice, code
CORPUS = [
    ("postmark", "test_bounce_event", Receipt, Status.FAILED, "recipient 550 5.1.1"),
    ("postmark", "test_open_event", Ignored, None, "opened"),
    ("postmark", "test_spam_event", AddressFailed, Advice.OPTED_OUT, "complained"),
    ("postmark", "test_resubscribe", Ignored, None, "subscribed"),
    ("postmark", "test_bounce_unsubscribe_variant", Ignored, None, "unsubscribed"),  # names no mailbox
    ("mailgun", "test_delivered_event", Receipt, Status.DELIVERED, ""),
    ("mailgun", "test_failed_temporary_event", Ignored, None, "deferred"),
    ("mailgun", "test_rejected_event", Receipt, Status.FAILED, "other"),
    ("mailgun", "test_unsubscribed_event", AddressFailed, Advice.OPTED_OUT, "unsubscribed"),
    ("mailgun", "test_clicked_event", Ignored, None, "clicked"),
    ("mailjet", "test_sent_event", Receipt, Status.DELIVERED, ""),
    ("mailjet", "test_click_event", Ignored, None, "opened"),
    ("mailjet", "test_blocked_event", Receipt, Status.FAILED, "invalid"),
    ("mailjet", "test_unsub_event", AddressFailed, Advice.OPTED_OUT, "unsubscribed"),
    ("mailjet", "test_non_grouped_event", Receipt, Status.DELIVERED, ""),
    ("mandrill", "test_send_event", Receipt, Status.SENT, ""),
    ("mandrill", "test_click_event", Ignored, None, "clicked"),
    ("brevo", "test_sent_event", Ignored, None, "queued"),
    ("brevo", "test_hard_bounce", Receipt, Status.FAILED, "recipient 550 5.5.0"),
    ("brevo", "test_blocked", Receipt, Status.FAILED, "blocked"),
    ("brevo", "test_complaint", AddressFailed, Advice.OPTED_OUT, "complained"),
    ("brevo", "test_error_email", Receipt, Status.FAILED, "other"),
    ("brevo", "test_opened_event", Ignored, None, "opened"),
    ("brevo", "test_proxy_open_event", Ignored, None, "opened"),
    ("brevo", "test_clicked_event", Ignored, None, "clicked"),
]


def posted(provider: str, payload):
    if provider == "mandrill":
        return w.mandrill(payload)
    return w.as_json(w.mailgun_status(payload), login="") if provider == "mailgun" else w.as_json(payload)


def test_a_mailbox_that_is_unavailable_is_one_to_mend(shared):
    request = posted("brevo", w.published(shared, "brevo_webhooks.json", "test_hard_bounce"))
    [receipt] = gateway.read(account("brevo"), request)
    assert receipt.refused.advice == Advice.BAD_ADDRESS


@pytest.mark.parametrize(("provider", "test", "kind", "meaning", "code"), CORPUS)
def test_every_published_status_has_one_meaning(shared, provider, test, kind, meaning, code):
    request = posted(provider, w.published(shared, f"{provider}_webhooks.json", test))
    school = account(provider)
    assert gateway.is_genuine(school, request)
    [event] = gateway.read(school, request)
    assert type(event) is kind
    if kind is Receipt:
        assert (event.status, event.refused.code if event.refused else "") == (meaning, code)
    elif kind is AddressFailed:
        assert (event.advice, event.code) == (meaning, code)
    else:
        assert event.kind == code
    assert gateway.explain(code or "other").endswith(".")


def test_mailguns_older_forms_are_read_too(shared):
    for test, code in (("test_dropped_spam", "spam"), ("test_invalid_mailbox", "recipient 550 5.1.1")):
        fields = w.published(shared, "mailgun_webhooks.json", test)
        request = w.as_form(w.mailgun_signed({**fields, "message-id": "x@elsewhere.example"}))
        assert gateway.is_genuine(account("mailgun"), request)
        [event] = gateway.read(account("mailgun"), request)
        assert (type(event), event.refused.code) == (Receipt, code)


@pytest.mark.parametrize(
    ("provider", "payload"),
    [
        ("postmark", {"RecordType": "Delivery", "MessageID": "uuid", "Metadata": {"reference": "k7mxq2"}}),
        ("mailgun", {"event-data": {"event": "delivered", "timestamp": 1.5, "user-variables": {"reference": "k7mxq2"}, "message": {"headers": {"message-id": "other@mailgun"}}}}),
        ("mailgun", {"event-data": {"event": "delivered", "timestamp": 1.5, "message": {"headers": {"message-id": "k7mxq2@maple-street.example.org"}}}}),
        ("mailjet", [{"event": "sent", "time": 1, "MessageID": 5, "email": FATHER, "Payload": '{"reference": "k7mxq2"}'}]),
        ("mandrill", [{"event": "send", "_id": "m1", "ts": 1, "msg": {"email": FATHER, "metadata": {"reference": "k7mxq2"}}}]),
        ("brevo", {"event": "delivered", "email": FATHER, "message-id": "<x@relay>", "X-Mailin-custom": '{"reference": "k7mxq2"}'}),
    ],
)  # fmt: skip
def test_each_provider_gives_our_reference_back(provider, payload):
    [receipt] = gateway.read(account(provider), posted(provider, payload))
    assert (receipt.reference, receipt.status in (Status.SENT, Status.DELIVERED)) == ("k7mxq2", True)


def test_a_mailbox_that_is_only_full_is_not_a_bad_address():
    soft = {
        "RecordType": "Bounce",
        "Type": "SoftBounce",
        "MessageID": "u",
        "Email": FATHER,
        "Details": "mailbox full",
    }
    [receipt] = gateway.read(account("postmark"), w.as_json(soft))
    assert (receipt.refused.advice, receipt.refused.code) == (Advice.RETRY_LATE, "soft_bounce")
    [full] = gateway.read(
        account("postmark"), w.as_json({**soft, "Type": "HardBounce", "Details": "552 5.2.2 full"})
    )
    assert full.refused.advice == Advice.RETRY_LATE


def test_a_bounce_that_names_no_mail_of_ours_still_marks_the_mailbox():
    bounce = {"RecordType": "Bounce", "Type": "HardBounce", "Email": FATHER, "Details": "550 5.1.1 nobody"}
    [failed] = gateway.read(account("postmark"), w.as_json(bounce))
    assert isinstance(failed, AddressFailed)
    assert (failed.sender.mailbox, failed.advice) == (FATHER, Advice.BAD_ADDRESS)


def test_the_same_status_twice_has_one_key_and_another_has_another():
    def read(record, event_id):
        payload = {
            "RecordType": record,
            "MessageID": "uuid",
            "ID": event_id,
            "Recipient": FATHER,
            "Email": FATHER,
        }
        return gateway.read(account("postmark"), w.as_json(payload))[0].key

    assert read("Delivery", 1) == read("Delivery", 2)
    assert read("Delivery", 1) != read("Bounce", 1)
