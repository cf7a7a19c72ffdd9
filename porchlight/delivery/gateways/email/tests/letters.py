"""Mails as providers bring them: the published ones, and ones a test writes."""

from porchlight.delivery.gateways.contract import Heard
from porchlight.delivery.gateways.email import providers
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.incoming import taken_apart
from porchlight.delivery.gateways.email.tests import hooks as w
from porchlight.delivery.gateways.email.tests.samples import FATHER, TOKEN, account
from porchlight.delivery.gateways.email.webhooks import events

TO = f"reply+{TOKEN}@in.example.org"


def requests(shared) -> dict:
    return {
        "postmark": w.as_json(w.published(shared, "postmark_inbound.json", "test_inbound_basics")),
        "mailgun": w.as_form(
            w.mailgun_signed(w.published(shared, "mailgun_inbound.json", "test_inbound_basics"))
        ),
        "mailjet": w.as_json(w.published(shared, "mailjet_inbound.json", "test_inbound_basics")),
        "mandrill": w.mandrill([w.published(shared, "mandrill_inbound.json", "test_inbound_basics")]),
        "brevo": w.as_json({"items": [w.published(shared, "brevo_inbound.json", "test_inbound_basics")]}),
    }


def mails(provider: str, request) -> list:
    known = providers.PROVIDERS[provider]
    return [taken_apart(event, known) for event in events(account(provider), request)]


def raw(text: str = "Yes\n", **headers: str):
    """A mail from the father through Postmark, as he sent it."""
    given = {
        "Return-Path": f"<{FATHER}>",
        "From": f"Yousaf <{FATHER}>",
        "To": TO,
        "Subject": "Re: School is closed",
        "Message-ID": "<abc@home.example.com>",
        "Date": "Tue, 01 Sep 2026 15:10:00 +0100",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{name}: {value}" for name, value in given.items() if value is not None]
    return w.postmark_raw("\n".join(lines) + "\n\n" + text)


def heard(request, provider: str = "postmark") -> Heard:
    [event] = gateway.read(account(provider), request)
    return event
