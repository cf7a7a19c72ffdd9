"""How many SMS a text is: the pretend Twilio counts as the real one."""

from __future__ import annotations

import pytest

from practice.segments import segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("x" * 152 + "€" + "x" * 153, 3),  # a two-septet character does not straddle parts
        ("ہ" * 70, 1),
        ("ہ" * 71, 2),
        ("ہ" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("’" + "x" * 70, 2),  # one curly quote makes it UCS-2
        ("", 1),
    ],
)
def test_parts(text, parts):
    assert segments(text) == parts
