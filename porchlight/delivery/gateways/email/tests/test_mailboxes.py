"""Addresses are taken apart without guessing, and a token finds its way back from a reply address."""

import pytest

from porchlight.delivery.gateways.email.mailbox import (
    Mailbox,
    NotAMailbox,
    is_mailbox,
    parse,
    token_in,
    with_token,
)
from porchlight.delivery.gateways.email.tests.samples import REPLY, TOKEN


@pytest.mark.parametrize(
    ("given", "mailbox"),
    [
        ("Yousaf@Home.Example.COM", Mailbox("Yousaf", "home.example.com")),
        (" a.b+c@example.org ", Mailbox("a.b+c", "example.org")),
        ("o'brien@example.org", Mailbox("o'brien", "example.org")),
        ("a@example.org.", Mailbox("a", "example.org")),
        ("یوسف@مثال.example", Mailbox("یوسف", "xn--mgbh0fb.example")),
    ],
)
def test_an_address_is_read_as_servers_do(given, mailbox):
    assert parse(given) == mailbox


@pytest.mark.parametrize(
    "given",
    ["", "@", "a@", "@b.example", "a b@c.example", "a..b@c.example", ".a@c.example", '"a b"@c.example', "a@[127.0.0.1]",
     "a@b_.example.", "a" * 65 + "@b.example", "a@" + "b" * 64 + ".example", "a@b..example", "a@b.example\n", "x" * 10_000 + "@b.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(given):
    assert is_mailbox(given) is (given == "a@b.example\n")  # a line break around an address is only untidy


def test_a_token_survives_the_way_out_and_back():
    address = with_token(REPLY, TOKEN)
    assert address == f"reply+{TOKEN}@in.example.org"
    assert token_in(address, REPLY) == TOKEN
    assert token_in(address.upper(), REPLY).lower() == TOKEN


@pytest.mark.parametrize(
    "address",
    [REPLY, "reply+@in.example.org", f"reply+{TOKEN}@elsewhere.example.org", f"other+{TOKEN}@in.example.org", "reply+a b@in.example.org", "reply+abc@in.example.org", f"reply+{'a' * 61}@in.example.org", "nothing"],
)  # fmt: skip
def test_other_addresses_hold_no_token(address):
    assert token_in(address, REPLY) == ""


@pytest.mark.parametrize("token", ["", "short", "with space", "a/b/c/d/e", "é" * 10, "a" * 61])
def test_a_token_that_would_not_survive_is_refused_early(token):
    with pytest.raises(NotAMailbox):
        with_token(REPLY, token)
