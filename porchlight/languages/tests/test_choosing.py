"""A reply picks what was offered, by number or by words, or it is for a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.languages.choosing import pick, pick_several

DAYS = ["Monday", "Friday", "Next week"]
CHILDREN = ["Hamza", "Zainab"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 1),
        ("۲", 1),
        ("2️⃣", 1),
        ("two", 1),
        ("2 please", 1),
        ("Friday", 1),
        ("friday!", 1),
        ("2 Friday", 1),
        ("2) Friday", 1),
        ("2 - Friday", 1),
        ("next  WEEK", 2),
        ("1 Friday", None),
        ("4", None),
        ("0", None),
        ("Tuesday", None),
        ("Friday or Monday", None),
        ("1 or 2", None),
        ("-2", None),
        ("", None),
        ("x" * 400, None),
    ],
)
def test_picks_one(text, place):
    assert pick(text, DAYS) == place


def test_a_child_is_picked_by_name_in_any_spelling_of_the_letters():
    assert pick("ZAINAB", CHILDREN) == 1
    assert pick("زينب", ["حمزہ", "زینب"]) == 1
    assert pick("do", CHILDREN, "ur-Latn") == 1
    assert pick("Hamza", ["Hamza", "hamza"]) is None  # two of one name: ask again


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1", (0,)),
        ("1, 3", (0, 2)),
        ("3,1", (0, 2)),
        ("1 3", (0, 2)),
        ("1 and 3", (0, 2)),
        ("1 & 3", (0, 2)),
        ("1+3", (0, 2)),
        ("1. 3.", (0, 2)),
        ("(1) (3)", (0, 2)),
        ("1️⃣ 3️⃣", (0, 2)),
        ("۱ اور ۳", (0, 2)),
        ("۱، ۳", (0, 2)),
        ("1 aur 3", (0, 2)),
        ("1 y 3", (0, 2)),
        ("1, 1, 2", (0, 1)),
        ("1\n2", (0, 1)),
        ("Monday, Friday", (0, 1)),
        ("monday; next week", (0, 2)),
        ("1, 4", None),
        ("13", None),
        ("1, maybe 3", None),
        ("1 or 3", None),
        ("Monday, perhaps", None),
        ("-1, 2", None),
        ("", None),
        (",", None),
        ("1 " * 30, None),
        ("1," * 200, None),
    ],
)
def test_picks_several(text, places):
    assert pick_several(text, DAYS) == places


@given(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=4))
def test_never_raises_and_never_picks_what_was_not_offered(text, labels):
    one, several = pick(text, labels), pick_several(text, labels)
    assert one is None or 0 <= one < len(labels)
    assert several is None or set(several) <= set(range(len(labels)))
