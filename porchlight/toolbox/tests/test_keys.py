"""Keys families copy from paper: no letter that looks like another, long enough not to be guessed."""

import math

import pytest

from porchlight.toolbox.keys import ALPHABET, hushed, random_key, secret_key


def test_keys_are_made_of_letters_that_cannot_be_mistaken():
    assert set("".join(random_key() for _ in range(500))) <= set(ALPHABET)
    assert set("01lio").isdisjoint(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_keys_have_the_asked_length_and_never_repeat():
    assert len(random_key()) == 12
    assert len(random_key(5)) == 5
    assert len({random_key() for _ in range(5000)}) == 5000


def test_a_key_that_is_itself_the_permission_cannot_be_guessed():
    assert len(secret_key()) * math.log2(len(ALPHABET)) >= 128


@pytest.mark.parametrize("written", ["7k2m9pqr", "7K2M-9PQR", "7K2M 9PQR", "7K2M%209PQR"])
def test_the_code_of_a_slip_is_left_out_of_an_address(written):
    assert hushed(f"Not Found: /maple-street/start/{written}/") == "Not Found: /maple-street/start/…/"


def test_an_address_without_a_code_stays_as_it_is():
    assert hushed("POST /maple-street/start/ took long") == "POST /maple-street/start/ took long"
