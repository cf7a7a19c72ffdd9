"""A text costs what the gateway bills, and its writer sees why."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.toolbox.graphemes import graphemes
from porchlight.toolbox.sms_segments import (
    BASIC,
    EXTENDED,
    LOOKALIKES,
    Encoding,
    Segments,
    count,
    offer,
    widening,
)


def test_agrees_with_published_vectors(shared):
    vectors = json.loads((shared / "standards/sms-segmentation/twilio-segment-vectors.json").read_text())
    assert len(vectors) >= 5
    for vector in vectors:
        seen = count(vector["body"])
        assert (seen.encoding, seen.segments, seen.characters) == (
            vector["encoding"],
            vector["segments"],
            vector["characters"],
        ), vector["testDescription"]


def test_agrees_with_published_counts_in_thirty_languages(shared):
    declaration = json.loads(
        (shared / "standards/multilingual-notices/udhr-education-and-privacy.json").read_text()
    )
    checked = 0
    for code, language in declaration.items():
        for article in ("article26", "article12"):
            for text, expected in zip(language[article], language[f"{article}_sms"], strict=True):
                seen = count(text)
                assert {
                    "encoding": seen.encoding,
                    "segments": seen.segments,
                    "characters": seen.characters,
                } == expected, (code, text)
                checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments(Encoding.GSM_7, 0, 0, 0, 160)),
        ("a" * 160, Segments(Encoding.GSM_7, 1, 160, 160, 0)),
        ("a" * 161, Segments(Encoding.GSM_7, 2, 161, 161, 145)),
        ("a" * 306, Segments(Encoding.GSM_7, 2, 306, 306, 0)),
        ("a" * 307, Segments(Encoding.GSM_7, 3, 307, 307, 152)),
        ("€" * 80, Segments(Encoding.GSM_7, 1, 80, 160, 0)),
        ("€" * 81, Segments(Encoding.GSM_7, 2, 81, 162, 143)),  # 76 in the first part: a € is not cut in two
        ("a" * 152 + "€" + "a" * 152, Segments(Encoding.GSM_7, 3, 305, 306, 152)),
        ("ہ" * 70, Segments(Encoding.UCS_2, 1, 70, 70, 0)),
        ("ہ" * 71, Segments(Encoding.UCS_2, 2, 71, 71, 63)),
        ("ہ" * 66 + "😀" + "ہ" * 66, Segments(Encoding.UCS_2, 3, 133, 134, 66)),
        ("a\r\nb", Segments(Encoding.GSM_7, 1, 4, 4, 156)),
        ("ہ\r\nb", Segments(Encoding.UCS_2, 1, 4, 4, 66)),
        ("e\u0301", Segments(Encoding.UCS_2, 1, 1, 2, 68)),
        (
            "e" + "\u0301" * 99,
            Segments(Encoding.UCS_2, 2, 1, 100, 34),
        ),  # one letter longer than a part is cut
    ],
)
def test_counts_at_the_edges(text, expected):
    assert count(text) == expected


@pytest.mark.parametrize("letter", "áíóúâêçőğş’“–…\u00a0ی")
def test_one_letter_outside_the_old_alphabet_makes_it_all_wide(letter):
    assert count("a" * 159 + letter).segments == 3
    assert widening("a" + letter + "b" + letter) == (letter,)


@pytest.mark.parametrize("letter", "Çéèàñ¿¡€")
def test_these_cost_nothing_more(letter):
    assert count(letter).encoding is Encoding.GSM_7
    assert widening(letter) == ()


def test_offers_plain_signs_and_shows_what_changes():
    offered = offer("School’s “open day” – bring £2…")
    assert offered is not None
    assert offered.text == 'School\'s "open day" - bring £2...'
    assert offered.changes == (("’", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("…", "..."))
    assert (offered.before.encoding, offered.after.encoding) == (Encoding.UCS_2, Encoding.GSM_7)


@pytest.mark.parametrize(
    "text", ["plain words", "Begoña’s áula", "کل سکول – بند ہے", "Well done 👏 – really", "Zoë’s – two", ""]
)
def test_offers_nothing_where_letters_would_have_to_change_or_nothing_is_won(text):
    assert offer(text) is None


def test_the_lookalike_map_ends_in_the_old_alphabet_and_holds_no_letter():
    for sign, plain in LOOKALIKES.items():
        assert all(letter in BASIC or letter in EXTENDED for letter in plain), sign
        assert sign not in BASIC
        assert sign not in EXTENDED
        assert not sign.isalpha() or sign == "ʹ" or sign == "ʼ", (
            sign
        )  # two apostrophes that Unicode calls letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("🇵🇰🇬🇧", ["🇵🇰", "🇬🇧"]),
        ("👨‍👩‍👧a", ["👨‍👩‍👧", "a"]),
        ("👍🏽!", ["👍🏽", "!"]),
        ("한국", ["한", "국"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
        ("a\nb", ["a", "\n", "b"]),
        ("กำ", ["กำ"]),
        ("نِ", ["نِ"]),
        ("1️⃣", ["1️⃣"]),
    ],
)
def test_letters_as_people_see_them(text, expected):
    assert list(graphemes(text)) == expected


@given(st.text())
def test_nothing_is_lost_and_room_is_true(text):
    assert "".join(graphemes(text)) == text
    seen = count(text)
    assert seen.room_left >= 0
    assert (seen.segments == 0) == (text == "")
    if seen.encoding is Encoding.GSM_7 and text:
        assert count(text + "a" * seen.room_left).segments == seen.segments
        assert count(text + "a" * (seen.room_left + 1)).segments > seen.segments or seen.segments == 1
