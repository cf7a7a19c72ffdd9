"""Mail: what arrives in the pretend mailboxes, and how an answer reaches the school's mail service."""

from __future__ import annotations

import json
import smtplib
from email.message import EmailMessage
from urllib.parse import parse_qs

import pytest
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from django.test import RequestFactory

import practice
from practice.signing import mailgun_signature
from practice.tests.asking import ask
from practice.tests.shapes import shape


@pytest.fixture
def town(callback):
    url = callback.url.replace("http://", "http://school:practice@")
    with practice.town_in_thread(smtp_port=0, status_pause=0, retry_waits=(0.02, 0.02)) as town:
        town.register_account(gateway="mail", name="maple", callback=url, domain="reply.example.org")
        town.register_phone(id="anna", owner="Anna Kowalska", mailbox="anna@example.net")
        yield town


def send(town, to="anna@example.net", html="", **headers):
    message = EmailMessage()
    message["From"] = "Maple Street School <office@maple-street.example.org>"
    message["To"] = to
    message["Subject"] = "Łódź trip — Hamza"
    message["Reply-To"] = "Maple Street School <r+tok3n@reply.example.org>"
    message["Message-ID"] = "<one@maple-street.example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Dear Anna,\nwill you come?\n")
    if html:
        message.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp:
        smtp.send_message(message, from_addr="bounces@maple-street.example.org")


def posted(town, callback):
    town.settle()
    return callback.posts[-1]


def test_a_mail_is_shown_in_its_mailbox(town):
    send(town)
    [line] = town.received("anna")
    assert (line.subject, line.text) == ("Łódź trip — Hamza", "Dear Anna,\nwill you come?")
    assert dict(line.headers)["Reply-To"] == "Maple Street School <r+tok3n@reply.example.org>"


def test_a_mailbox_nobody_has_is_refused(town):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(town, to="nobody@example.net")
    assert refused.value.recipients["nobody@example.net"][0] == 550


@pytest.mark.parametrize(
    ("weather", "code"),
    [({"rude": "500"}, 451), ({"rude": "429"}, 452), ({"rude": "code", "code": "554"}, 554)],
)
def test_a_rude_mail_server_takes_nothing(town, weather, code):
    town.set_weather("mail", **weather)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(town)
    assert refused.value.smtp_code == code
    assert town.received("anna") == []


def test_a_server_that_hangs_up_after_taking_leaves_it_unclear(town):
    town.set_weather("mail", rude="taken-reset")
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        send(town)
    assert len(town.received("anna")) == 1


@pytest.mark.shared
def test_an_answer_comes_in_postmarks_form(town, callback, shared):
    send(town)
    town.answer("anna", channel="email", text="Tak, przyjdę.\nAnna")
    post = posted(town, callback)
    body = json.loads(post.body)
    real = json.loads(
        (shared / "standards/email-inbound/anymail/postmark-inbound-test-payload.json").read_text()
    )
    empty = {"CcFull": [], "BccFull": [], "Attachments": []}
    assert shape({**body, **empty}) == shape({**real, **empty})
    assert body["MailboxHash"] == body["ToFull"][0]["MailboxHash"] == "tok3n"
    assert post.headers["authorization"] == "Basic c2Nob29sOnByYWN0aWNl"
    assert body["TextBody"].startswith("Tak, przyjdę.\nAnna\n\nOn ")
    assert "> will you come?" in body["TextBody"]


def test_anymail_reads_the_postmark_form(town, callback):
    send(town)
    town.answer("anna", channel="email", text="Tak, przyjdę.")
    view = PostmarkInboundWebhookView(webhook_secret="school:practice")
    event = view.esp_to_anymail_event(json.loads(posted(town, callback).body))
    message: AnymailInboundMessage = event.message
    assert message.from_email.addr_spec == "anna@example.net"
    assert message.envelope_recipient == "r+tok3n@reply.example.org"
    assert (message.subject, message["In-Reply-To"]) == (
        "Re: Łódź trip — Hamza", "<one@maple-street.example.org>",
    )  # fmt: skip
    assert message.stripped_text == "Tak, przyjdę."
    assert message.spam_detected is False


@pytest.mark.shared
def test_an_answer_comes_in_mailguns_form_signed(town, callback, shared):
    town.register_account(
        gateway="mail", name="maple", callback=callback.url, domain="reply.example.org", provider="mailgun"
    )
    send(town)
    town.answer("anna", channel="email", text="Tak, przyjdę.")
    form = {name: values[-1] for name, values in parse_qs(posted(town, callback).body.decode()).items()}
    real = json.loads((shared / "standards/email-inbound/anymail/mailgun_inbound.json").read_text())
    assert set(real[0]["payload"]) <= set(form)
    real_headers = {name for name, _ in real[0]["payload"]["message-headers"]["__json__"]}
    named = {name for name, _ in json.loads(form["message-headers"])}
    assert real_headers - named == {"Cc", "Dkim-Signature"}
    key = town.call(lambda t: t.accounts["maple"].signing_key)
    assert form["signature"] == mailgun_signature(key, form["timestamp"], form["token"])
    assert len(form["token"]) == 50


def test_anymail_reads_the_mailgun_form(town, callback):
    town.register_account(
        gateway="mail", name="maple", callback=callback.url, domain="reply.example.org", provider="mailgun"
    )
    send(town)
    town.answer("anna", channel="email", text="Tak, przyjdę.")
    post = posted(town, callback)
    key = town.call(lambda t: t.accounts["maple"].signing_key)
    view = MailgunInboundWebhookView(webhook_signing_key=key)
    request = RequestFactory().post("/", post.body, content_type=post.headers["content-type"])
    view.validate_request(request)
    [event] = view.parse_events(request)
    assert event.message.from_email.addr_spec == "anna@example.net"
    assert event.message.envelope_recipient == "r+tok3n@reply.example.org"
    assert event.message.stripped_text == "Tak, przyjdę."


def test_an_automatic_note_says_that_it_is_one(town, callback):
    send(town)
    town.answer("anna", channel="email", kind="auto_reply")
    headers = {h["Name"]: h["Value"] for h in json.loads(posted(town, callback).body)["Headers"]}
    assert (headers["Auto-Submitted"], headers["Return-Path"]) == ("auto-replied", "<>")


def test_a_full_mailbox_bounces_to_the_sender_of_the_envelope(town, callback):
    town.register_account(
        gateway="mail", name="bounces", callback=callback.url, domain="maple-street.example.org"
    )
    town.set_weather("mail", fail_code="550")
    send(town)
    body = json.loads(posted(town, callback).body)
    assert body["OriginalRecipient"] == "bounces@maple-street.example.org"
    assert "Final-Recipient: rfc822; anna@example.net" in body["TextBody"]
    assert "<one@maple-street.example.org>" in body["TextBody"]


def test_postmark_stops_at_403_and_tries_again_at_500(town, callback):
    send(town)
    callback.answers = [500, 403, 200]
    town.answer("anna", channel="email", text="one")
    town.settle()
    assert len(callback.posts) == 2


def test_one_press_unsubscribes_by_rfc_8058(town, callback):
    send(
        town,
        List_Unsubscribe=f"<mailto:stop@example.org>, <{callback.url}stop/>",
        List_Unsubscribe_Post="List-Unsubscribe=One-Click",
    )
    assert ask("POST", f"{town.url}/control/phones/anna/unsubscription/")[1] == {"answer": 200}
    [post] = callback.posts
    assert (post.path, post.body) == ("/hooks/stop/", b"List-Unsubscribe=One-Click")
    assert "cookie" not in post.headers


def test_a_mail_without_both_headers_offers_no_unsubscribing(town):
    send(town, List_Unsubscribe="<https://example.org/stop/>")
    assert ask("POST", f"{town.url}/control/phones/anna/unsubscription/")[0] == 400


def test_html_alone_is_shown_without_its_tags(town):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "office@example.org", "anna@example.net", "Hi"
    message.set_content("<style>p{}</style><p>One &amp; two</p><p>three</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp:
        smtp.send_message(message)
    assert town.received("anna")[0].text == "One & two\nthree"


@pytest.mark.parametrize("rude", ["stall", "taken-stall", "taken-502", "reset"])
def test_a_mail_server_on_a_bad_day(town, rude):
    town.set_weather("mail", rude=rude, stall=0.05, delay=0.05)
    with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPServerDisconnected, ConnectionError)):
        send(town)
    assert len(town.received("anna")) == (1 if rude.startswith("taken") else 0)


def test_a_name_and_password_are_checked_when_the_account_has_them(town):
    with smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp:
        assert smtp.login("anybody", "anything")[0] == 235
    town.register_account(
        gateway="mail", name="maple", domain="reply.example.org", smtp_username="maple", smtp_password="lane"
    )
    with smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp:
        assert smtp.login("maple", "lane")[0] == 235
    with (
        smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp,
        pytest.raises(smtplib.SMTPAuthenticationError),
    ):
        smtp.login("maple", "wrong")


def test_a_mail_nobody_can_answer_is_shown_all_the_same(town):
    town.reset(everything=True)
    town.register_phone(id="anna", mailbox="anna@example.net")
    send(town)
    assert [line.account for line in town.received("anna")] == ["mail"]


def test_a_text_in_an_unknown_charset_leaves_the_mail_readable(town):
    raw = (
        "From: a@example.org\r\nTo: anna@example.net\r\nSubject: Hi\r\n"
        "Content-Type: text/plain; charset=x-nothing\r\n\r\nHello\r\n"
    )
    with smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp:
        smtp.sendmail("a@example.org", ["anna@example.net"], raw)
    assert [(line.subject, line.text) for line in town.received("anna")] == [("Hi", "")]


def test_an_unsubscribe_address_outside_the_town_is_left_alone(town):
    send(town, List_Unsubscribe="<https://example.com/u>", List_Unsubscribe_Post="List-Unsubscribe=One-Click")
    status, answer, _ = ask("POST", f"{town.url}/control/phones/anna/unsubscription/")
    assert (status, answer["error"]) == (400, "The unsubscribe address of this mail lies outside the town.")


def test_stopping_the_town_ends_open_conversations():
    with practice.town_in_thread(smtp_port=0) as town:
        smtp = smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10)
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        smtp.noop()
    smtp.close()
