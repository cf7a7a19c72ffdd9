"""Mail that comes in through each provider says who wrote what to whom, what came along, and how far to trust it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from porchlight.delivery.gateways.contract import Heard, Ignored, Sender
from porchlight.delivery.gateways.email import providers
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests import hooks as w
from porchlight.delivery.gateways.email.tests.letters import TO, heard, mails, raw, requests
from porchlight.delivery.gateways.email.tests.samples import FATHER, REPLY, SCHOOL, TOKEN, account

LOCAL = timezone(timedelta(hours=-7))


@pytest.mark.parametrize("provider", list(providers.PROVIDERS))
def test_every_published_mail_is_genuine_and_heard(shared, provider):
    request = requests(shared)[provider]
    assert gateway.is_genuine(account(provider), request)
    [heard] = gateway.read(account(provider), request)
    assert isinstance(heard, Heard)


@pytest.mark.parametrize(
    ("provider", "sender", "name", "recipients", "subject", "text", "html", "message_id", "spam", "score", "verified"),
    [
        ("postmark", "from+test@example.org", "Displayed From", ("test@inbound.example.com", "other@example.com", "cc@example.com"),
         "Test subject", "Test body plain", "<div>Test body html</div>", "CAEPk3R+4Zr@mail.example.org", False, 1.7, True),
        ("mailgun", "from+test@example.org", "Displayed From", ("test@inbound.example.com", "other@example.com", "cc@example.com"),
         "Test subject", "Test body plain", "<div>Test body html</div>", "CAEPk3R+4Zr@mail.example.org", False, 1.7, True),
        ("mailjet", "from+test@example.org", "Displayed From", ("test@inbound.example.com", "other@example.com", "cc@example.com"),
         "Test subject", "Test body plain", "<div>Test body html</div>", "CAEPk3R+4Zr@mail.example.org", None, 1.7, None),
        ("mandrill", "test@example.org", "A tester", ("delivered-to@example.com", "test@inbound.example.com", "other@example.com"),
         "Test subject", "It's a body…\n", '<div dir="ltr">It\'s a body…</div>\n', "CAEPk3RKEx@mail.example.org", None, 1.7, None),
        ("brevo", "from@example.com", "Sender Name", ("test@anymail.dev", "test+cc@anymail.dev"),
         "Testing Brevo inbound", "This is a *test message*.\n\n- Sender\n",
         '<div dir="ltr">This is a <u>test message</u>.<div><br></div><div>- Mike</div><div><br></div></div>\n',
         "ABCDE12345@mail.example.com", None, 2.9, None),
    ],
)  # fmt: skip
def test_each_provider_says_the_same_things_in_its_own_way(
    shared, provider, sender, name, recipients, subject, text, html, message_id, spam, score, verified
):
    [mail] = mails(provider, requests(shared)[provider])
    assert (mail.sender, mail.sender_name, mail.recipients) == (sender, name, recipients)
    assert (mail.subject, mail.text, mail.html, mail.parts) == (subject, text, html, ())
    assert (mail.message_id, mail.in_reply_to) == (message_id, "")
    assert (mail.spam, mail.spam_score, mail.verified, mail.automatic) == (spam, score, verified, False)


@pytest.mark.parametrize(
    "name", ["postmark-inbound-test-payload.json", "postmark-inbound-test-payload-with-raw.json"]
)
def test_postmarks_own_test_payloads_are_read(shared, name):
    payload = w.published(shared, name)
    [mail] = mails("postmark", w.as_json(payload))
    assert mail.sender == payload["FromFull"]["Email"]
    assert mail.subject == payload["Subject"]
    attached = (
        [] if "RawEmail" in payload else [part["Name"] for part in payload["Attachments"]]
    )  # not in its raw mail
    assert [part.name for part in mail.parts if part.content] == attached


def test_an_answer_finds_its_thread_by_the_token_in_its_address():
    event = heard(raw())
    assert (event.reply_token, event.text) == (TOKEN, "Yes")
    assert event.sender == Sender(mailbox=FATHER, name="Yousaf")
    assert event.at == datetime(2026, 9, 1, 14, 10, tzinfo=UTC)
    assert event.raw["subject"] == "Re: School is closed"


@pytest.mark.parametrize("header", ["To", "Cc", "Delivered-To", "X-Original-To"])
def test_the_token_is_found_wherever_programs_leave_the_address(header):
    addresses = {"To": "Maple Street School <office@maple-street.example.org>", header: f"School <{TO}>"}
    assert heard(raw(**addresses)).reply_token == TOKEN


def test_without_our_address_there_is_no_token_and_a_person_looks():
    assert heard(raw(To="office@maple-street.example.org")).reply_token == ""
    assert heard(raw(To=f"other+{TOKEN}@in.example.org")).reply_token == ""


def test_one_mail_to_two_threads_is_heard_in_both_under_different_keys():
    other = "p3n9rdk7mxq2"
    first, second = gateway.read(account("postmark"), raw(To=f"{TO}, reply+{other}@in.example.org"))
    assert {first.reply_token, second.reply_token} == {TOKEN, other}
    assert first.key != second.key


def test_the_same_mail_again_has_the_same_key_even_from_another_try():
    again = raw(X_Try="2")
    assert heard(raw()).key == heard(again).key
    assert heard(raw(From="Somebody <else@home.example.com>")).key != heard(raw()).key


def test_what_it_answers_is_our_message_id_even_when_a_program_names_others():
    ours = f"k7mxq2@{SCHOOL.partition('@')[2]}"
    assert heard(raw(In_Reply_To=f"<{ours}>")).in_reply_to == ours
    assert (
        heard(
            raw(In_Reply_To="<x@elsewhere.example>", References=f"<{ours}> <x@elsewhere.example>")
        ).in_reply_to
        == ours
    )
    assert heard(raw(In_Reply_To="<x@elsewhere.example>")).in_reply_to == "x@elsewhere.example"


def test_the_quote_is_left_aside_and_everything_is_kept_beside():
    event = heard(
        raw(
            "Hamza is ill.\n\nOn Tue, 1 Sep 2026 at 14:00, School <office@maple-street.example.org> wrote:\n> Closed\n"
        )
    )
    assert event.text == "Hamza is ill."
    assert "> Closed" in event.full_text


def test_a_mail_that_says_it_all_in_the_subject_is_not_empty():
    assert heard(raw("\n", Subject="Hamza is ill today")).text == "Hamza is ill today"


def test_a_mail_in_html_alone_is_read():
    event = heard(
        raw(
            "<p>Yes,</p><p>9 o'clock</p><blockquote>Old</blockquote>", Content_Type="text/html; charset=utf-8"
        )
    )
    assert event.text == "Yes,\n\n9 o'clock"


@pytest.mark.parametrize("text", ["جی ہاں، حمزہ بیمار ہے", "Sí, mañana 👍", "हाँ"])
def test_every_script_arrives(text):
    assert heard(raw(text)).text == text


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated; owner-email=x"},
        {"Precedence": "bulk"},
        {"Precedence": "Auto_Reply"},
        {"X-Autoreply": "yes"},
        {"X-Autorespond": "Away"},
        {"Return-Path": "<>"},
    ],
)
def test_what_a_program_wrote_is_never_an_answer(headers):
    event = heard(raw("I am away until Monday. 1", **headers))
    assert event.automatic
    assert event.reply_token == TOKEN


@pytest.mark.parametrize("headers", [{}, {"Auto-Submitted": "no"}, {"Precedence": "normal"}])
def test_what_a_person_wrote_is(headers):
    assert not heard(raw(**headers)).automatic


@pytest.mark.parametrize(
    ("headers", "verified"),
    [
        ({"X-Spam-Tests": "DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU"}, True),
        ({"Received-SPF": "Pass (sender SPF authorized)"}, True),
        ({"Received-SPF": "Pass", "Return-Path": "<bounce@mail.home.example.com>"}, True),
        ({"Received-SPF": "Pass", "Return-Path": "<x@attacker.example>"}, None),
        ({"X-Spam-Tests": "DKIM_SIGNED,DKIM_VALID"}, None),
        ({"Received-SPF": "SoftFail"}, False),
        ({"Received-SPF": "Fail", "X-Spam-Tests": "DKIM_VALID_AU"}, True),
        ({"X-Spam-Tests": "SPF_FAIL"}, False),
        ({"Authentication-Results": "mx.example; dkim=pass; dmarc=pass"}, None),
        ({}, None),
    ],
)
def test_only_the_providers_own_verdict_speaks_for_a_sender(headers, verified):
    assert heard(raw(**headers)).verified is verified


@pytest.mark.parametrize(
    "sender",
    [
        f"=?utf-8?q?{FATHER.replace('@', '=40')}=2C?= <x@attacker.example>",
        f'"{FATHER}" <x@attacker.example>',
        f"{FATHER} <x@attacker.example>",
    ],
)
def test_a_name_cannot_pretend_to_be_an_address(sender):
    found = gateway.read(account("postmark"), raw(From=sender, X_Spam_Tests="DKIM_VALID_AU"))
    for event in found:
        assert (
            isinstance(event, Ignored)
            or event.sender.mailbox == "x@attacker.example"
            or event.verified is False
        )


def test_two_from_headers_are_believed_neither():
    event = heard(raw(X_Spam_Tests="DKIM_VALID_AU\nFrom: x@attacker.example"))
    assert event.verified is False


def test_two_senders_are_believed_neither():
    event = heard(raw(From=f"{FATHER}, x@attacker.example", X_Spam_Tests="DKIM_VALID_AU"))
    assert event.verified is False


def test_no_sender_is_recorded_and_answers_nothing():
    [event] = gateway.read(account("postmark"), raw(From="nobody"))
    assert isinstance(event, Ignored)


@pytest.mark.parametrize("provider", list(providers.PROVIDERS))
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"items": 5}',
        b"token=1",
        b"mandrill_events=%5B%7B%7D%5D",
        b'{"RecordType": []}',
        b'[{"event": 5}]',
        b"[" * 5000,
    ],
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "text/plain; charset=nonsense",
    ],
)
def test_no_body_is_an_exception(provider, body, kind):
    request = w.RawRequest(
        "POST", w.URL, {"content-type": kind, **w.basic("porchlight:correct horse battery")}, body
    )
    gateway.is_genuine(account(provider), request)
    assert all(isinstance(event, Ignored) for event in gateway.read(account(provider), request))


def test_mails_with_broken_parts_are_still_heard():
    event = heard(raw("Yes\n", Content_Type="text/plain; charset=no-such-thing"))
    assert isinstance(event, Heard)
    event = heard(
        raw("Yes\n", Date="yesterday", Message_ID=None, References="<" * 5000, Subject="=?utf-8?b?!!?=")
    )
    assert (event.text, event.at) == ("Yes", None)
    assert REPLY not in event.key
