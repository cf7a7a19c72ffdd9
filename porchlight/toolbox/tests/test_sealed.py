"""Secrets at rest open with the right key, in their own place, unchanged; and not otherwise."""

import pytest
from django.test import override_settings

from porchlight.toolbox.sealed import WrongSeal, seal, unseal

SECRETS = {"token": "t0p", "url": "https://آ"}


def test_what_was_sealed_opens_in_its_place():
    closed = seal(SECRETS, "account:1:a")
    assert "t0p" not in closed
    assert unseal(closed, "account:1:a") == SECRETS
    assert seal(SECRETS, "account:1:a") != closed


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-5] + "AAAA=", lambda s: s[:9], lambda s: "1.", lambda s: "2." + s]
)
def test_a_changed_seal_does_not_open(spoil):
    with pytest.raises(WrongSeal):
        unseal(spoil(seal(SECRETS, "account:1:a")), "account:1:a")


def test_a_seal_copied_to_another_place_does_not_open():
    with pytest.raises(WrongSeal):
        unseal(seal(SECRETS, "account:1:a"), "account:2:a")


def test_another_key_does_not_open_it_and_says_what_to_mend():
    closed = seal(SECRETS, "account:1:a")
    with override_settings(SEAL_KEY="another"), pytest.raises(WrongSeal, match="PORCHLIGHT_SEAL_KEY"):
        unseal(closed, "account:1:a")
