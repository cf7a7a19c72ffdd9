"""Wrong settings are said with their remedy, in words of the school's office."""

import dataclasses

import pytest

from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests.samples import account

GOOD = [
    account(),
    account(security="starttls", host="smtp.example.org", port=""),
    account("postmark", security="tls", host="smtp.example.org"),
    account("mailgun"),
    account("mandrill"),
    account("brevo", host="::1"),
]


@pytest.mark.parametrize("good", GOOD)
def test_good_settings_have_no_problems(good):
    assert gateway.problems(good) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (account(host=""), "mail server is missing"),
        (account(host="smtp example"), "mail server is missing"),
        (account(security="ssl"), "Protection must be"),
        (account(host="smtp.example.org"), "readable for everyone"),
        (account(port="many"), "port must be a number"),
        (account(port="70000"), "port must be a number"),
        (account(username="office"), "without a password"),
        (account(bounce_mailbox="nowhere"), "returned mail must be one"),
        (dataclasses.replace(account(), sender="+447700900001"), "mailbox families see"),
        (account(reply_mailbox="reply@in.example.org"), "nobody brings them in"),
        (account("sendgrid"), "do not know the provider “sendgrid”"),
        (account("postmark", reply_mailbox=""), "mailbox for answers"),
        (account("postmark", reply_mailbox="r" * 50 + "@in.example.org"), "mailbox for answers"),
        (account("postmark", secrets={}), "login for incoming mail"),
        (account("postmark", secrets={"webhook_login": "a:b"}), "login for incoming mail"),
        (account("mailgun", secrets={}), "signing key is missing"),
    ],
)
def test_each_wrong_setting_is_said_with_its_remedy(found, words):
    [problem] = gateway.problems(found)
    assert words in problem
    assert problem.endswith(".")


def test_what_is_secret_is_marked_so():
    assert {field.name for field in gateway.fields if field.secret} == {
        "password",
        "webhook_login",
        "signing_key",
    }
