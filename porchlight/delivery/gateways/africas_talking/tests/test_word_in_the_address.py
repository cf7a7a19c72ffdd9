"""Africa's Talking signs nothing: what its address proves, what the office is told of it, and what the rest hangs on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from porchlight.delivery.gateways.africas_talking.adapter import gateway
from porchlight.delivery.gateways.africas_talking.tests.contract_cases import TABLE, WORD, account, form
from porchlight.delivery.gateways.contract import Heard
from porchlight.delivery.gateways.tests.table import Account

GOOD = account("https://api.africastalking.com")


def test_whoever_knows_the_address_is_believed_and_that_is_said_where_the_way_is_set_up():
    """No proof of who speaks is pretended: the same words from anybody with the address are taken."""
    forged = TABLE.sign(
        GOOD, TABLE.request(form(**{"from": "+447700900999", "id": "made up", "text": "yes"}))
    )
    assert gateway.is_genuine(GOOD, forged)
    [heard] = gateway.read(GOOD, forged)
    assert isinstance(heard, Heard)
    assert "signs nothing" in " ".join(gateway.steps)
    assert "nothing more" in gateway.abilities.proof
    assert gateway.hook_ending == "?word="


@pytest.mark.parametrize("word", ["", "short", WORD[:15]])
def test_a_word_that_could_be_guessed_opens_nothing(word):
    school = Account(GOOD.settings, {**GOOD.secrets, "hook_word": word}, GOOD.sender)
    assert not gateway.is_genuine(school, TABLE.sign(school, TABLE.request(form(text="yes"))))
    assert gateway.problems(school)


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        (
            {"secrets": {"api_key": "k", "hook_word": "with a space in the middle"}},
            "The word in the address must be 16",
        ),
        ({"sender": "Maple St"}, "What families see must be a short code"),
        (
            {"settings": {"username": "maple", "base_url": "http://x.org"}},
            "The base address must start with https",
        ),
    ],
)
def test_a_wrong_setting_is_named(wrong, begins):
    [problem] = gateway.problems(replace(GOOD, **wrong))
    assert problem.startswith(begins)
