"""What can be set, and what is said when it cannot be understood."""

import pytest

from porchlight.config import environment as env
from porchlight.config.environment import BadSetting


@pytest.fixture(autouse=True)
def _register_as_it_was(monkeypatch):
    monkeypatch.setattr(env, "REGISTER", {})


def test_a_setting_that_is_not_set_has_its_default_and_stands_in_the_register():
    assert env.text("PORCHLIGHT_TRY", "evening", help="Try.") == "evening"
    assert env.REGISTER["PORCHLIGHT_TRY"] == env.Setting("PORCHLIGHT_TRY", "evening", "Try.")


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("yes", True),
        ("1", True),
        ("TRUE", True),
        (" on ", True),
        ("no", False),
        ("0", False),
        ("off", False),
        ("", False),
    ],
)
def test_yes_and_no_are_written_in_many_ways(monkeypatch, written, means):
    monkeypatch.setenv("PORCHLIGHT_TRY", written)
    assert env.flag("PORCHLIGHT_TRY", help="Try.") is means


def test_neither_yes_nor_no_is_told_so(monkeypatch):
    monkeypatch.setenv("PORCHLIGHT_TRY", "perhaps")
    with pytest.raises(BadSetting, match=r"PORCHLIGHT_TRY is 'perhaps'; write yes or no."):
        env.flag("PORCHLIGHT_TRY", help="Try.")


def test_a_number_is_a_whole_number(monkeypatch):
    assert env.number("PORCHLIGHT_TRY", 4, help="Try.") == 4
    monkeypatch.setenv("PORCHLIGHT_TRY", "12")
    assert env.number("PORCHLIGHT_TRY", 4, help="Try.") == 12
    monkeypatch.setenv("PORCHLIGHT_TRY", "a dozen")
    with pytest.raises(BadSetting, match=r"PORCHLIGHT_TRY is 'a dozen'; write a whole number, such as 4."):
        env.number("PORCHLIGHT_TRY", 4, help="Try.")


def test_a_list_is_written_with_commas(monkeypatch):
    monkeypatch.setenv("PORCHLIGHT_TRY", "a.example.org, b.example.org,,")
    assert env.words("PORCHLIGHT_TRY", help="Try.") == ["a.example.org", "b.example.org"]
