"""Secrets at rest open with the right key, in their own place, unchanged; and not otherwise."""

import pytest
from django.test import override_settings

from porchlight.toolbox.sealed import WrongSeal, is_current, renewed, seal, unseal

SECRETS = {"token": "t0p", "url": "https://آ"}
PLACE = "account:1:a"


def test_what_was_sealed_opens_in_its_place():
    closed = seal(SECRETS, PLACE)
    assert "t0p" not in closed
    assert unseal(closed, PLACE) == SECRETS
    assert seal(SECRETS, PLACE) != closed


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: s[:-5] + "AAAA=",
        lambda s: s[:9],
        lambda s: "",
        lambda s: "1.",
        lambda s: "1..",
        lambda s: "2." + s,
        lambda s: s.rpartition(".")[0] + ".é",
        lambda s: s.replace(".", ".x", 1),
    ],
)
def test_a_changed_seal_does_not_open(spoil):
    with pytest.raises(WrongSeal):
        unseal(spoil(seal(SECRETS, PLACE)), PLACE)


def test_a_seal_copied_to_another_place_does_not_open():
    with pytest.raises(WrongSeal):
        unseal(seal(SECRETS, PLACE), "account:2:a")


def test_another_key_does_not_open_it_and_says_what_to_mend():
    with override_settings(SEAL_KEY="one"):
        closed = seal(SECRETS, PLACE)
    with (
        override_settings(SEAL_KEY="another"),
        pytest.raises(WrongSeal, match="PORCHLIGHT_SEAL_KEY") as refused,
    ):
        unseal(closed, PLACE)
    assert "t0p" not in str(refused.value)


def test_a_former_key_still_opens_and_is_renewed():
    with override_settings(SEAL_KEY="one"):
        closed = seal(SECRETS, PLACE)
        assert is_current(closed)
        assert renewed(closed, PLACE) == closed
    with override_settings(SEAL_KEY="two", FORMER_SEAL_KEYS=["zero", "one"]):
        assert unseal(closed, PLACE) == SECRETS
        assert not is_current(closed)
        newer = renewed(closed, PLACE)
        assert is_current(newer)
    with override_settings(SEAL_KEY="two", FORMER_SEAL_KEYS=[]):
        assert unseal(newer, PLACE) == SECRETS
        with pytest.raises(WrongSeal):
            unseal(closed, PLACE)


def test_setting_a_seal_key_later_keeps_what_the_secret_key_sealed():
    with override_settings(SEAL_KEY=""):
        closed = seal(SECRETS, PLACE)
    with override_settings(SEAL_KEY="new"):
        assert unseal(closed, PLACE) == SECRETS
        assert not is_current(closed)


def test_a_seal_names_its_key_without_giving_it_away():
    with override_settings(SEAL_KEY="one"):
        first, second = seal(SECRETS, PLACE), seal(SECRETS, "account:2:b")
    with override_settings(SEAL_KEY="two"):
        other = seal(SECRETS, PLACE)
    assert first.split(".")[1] == second.split(".")[1] != other.split(".")[1]
    assert len(first.split(".")[1]) == 8
