"""Words match however they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.toolbox.folding import digits, fold, same, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  ¡Sí, Señora! 👍 ۱۲", "si senora 12"),
        ("DON’T", "dont"),
        ("don't", "dont"),
        ("ＳＴＯＰ", "stop"),
        ("Żółć, łódź", "zolc lodz"),
        ("1️⃣", "1"),
        ("①", "1"),
        ("(1)", "1"),
        ("١٢٣", "123"),
        ("১২৩", "123"),
        ("१२३", "123"),
        ("نَہِیں۔", "نہین"),
        ("نهیں", "نہین"),
        ("نهين", "نہین"),
        ("كيف", "کیف"),
        ("جـــی", "جی"),
        ("ﷲ", fold("الله")),
        ("আমাকে ফোন করুন।", "আমাকে ফোন করুন"),
        ("yes\u200b\u2066", "yes"),
        ("opt-out", "opt out"),
        ("👍🏽", ""),
        ("", ""),
    ],
)
def test_folds(text, folded):
    assert fold(text) == folded


def test_same_words():
    assert same("Mr Yousaf", "MR. YOUSAF")
    assert same("یوسف", "يوسف")
    assert not same("Yousaf", "Yousef")
    assert words("Band  karo!") == ("band", "karo")


def test_digits_alone_change_nothing_else():
    assert digits("Zoë ۳۰۰ – ٤٥") == "Zoë 300 – 45"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefgüñéßžяюñ ابپیہ"))
def test_case_and_space_do_not_matter(text):
    assert fold(f"  {text.upper()}\n") == fold(text.lower())
