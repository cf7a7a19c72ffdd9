"""Urdu in Latin letters: most words as people type them, by a fixture; nothing an old phone shows as boxes."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from porchlight.languages.letters.from_latin import read_back
from porchlight.languages.letters.lexicon import plain
from porchlight.languages.letters.romanising import WORD, romanised, speaks
from porchlight.toolbox.sms_segments import BASIC, EXTENDED, Encoding, count

FIXTURE = Path(__file__).with_name("roman_urdu.txt")
FLOOR = 0.96  # of the words

log = logging.getLogger(__name__)


def _fixture() -> tuple[dict[str, str], list[tuple[str, str]]]:
    same, rows = {}, list[tuple[str, str]]()
    for line in FIXTURE.read_text("utf-8").splitlines():
        if line.startswith("~"):
            first, *others = line[1:].split()
            same.update(dict.fromkeys(others, same.get(first, first)))
        elif line and not line.startswith("#"):
            urdu, _bar, latin = line.partition("|")
            rows.append((urdu, latin))
    return same, rows


def test_most_words_are_spelled_as_people_type_them() -> None:
    same, rows = _fixture()
    right = words = whole = 0
    for urdu, latin in rows:
        made, meant = _words(romanised(urdu, "ur").text), _words(latin)
        good = [
            said in {same.get(one, one) for one in wish.split("/")}
            for said, wish in zip([same.get(one, one) for one in made], meant, strict=False)
        ]
        right, words = right + sum(good), words + max(len(made), len(meant))
        whole += all(good) and len(made) == len(meant)
        if not all(good) or len(made) != len(meant):
            log.info("%s: %s ≠ %s", urdu, " ".join(made), " ".join(meant))
    log.info("%d of %d words (%.1f %%)", right, words, 100 * right / words)  # pytest --log-cli-level=INFO
    log.info("%d of %d sentences without a slip", whole, len(rows))
    assert len(rows) >= 150
    assert right / words >= FLOOR


def _words(text: str) -> list[str]:
    return re.findall(r"[\w/-]+", text.lower())


@pytest.mark.parametrize(
    ("urdu", "latin"),
    [
        ("حمزہ کل نہیں آیا۔", "Hamza kal nahi aaya."),  # of the near names, as the school spells it
        ("۱۴ مئی، صبح ۹:۳۰ بجے", "14 may, subah 9:30 baje"),
        ("Yousaf صاحب، {child} یہاں پڑھیں: https://x.org/ا", "Yousaf sahib, {child} yahan parhein: https://x.org/ا"),
        ("اُس نے کہا۔ اِس نے سنا۔", "Us ne kaha. Is ne suna."),
        ("میں نے کل پیغام بھیجا 🙂۔", "Maine kal paigham bheja ."),
        ("اس نے بہت اچھا کیا۔ کیا آپ آئیں گے؟", "Us ne bohat acha kiya. Kya aap aayein ge?"),
        ("ڈومیسائل", "Domeesail"),
    ],
)  # fmt: skip
def test_names_numbers_and_places_stay_what_they_are(urdu: str, latin: str) -> None:
    assert romanised(urdu, "ur", names=("Hamza",)).text == latin


def test_nothing_is_left_that_an_old_phone_shows_as_boxes() -> None:
    _same, rows = _fixture()
    written = "".join(romanised(urdu, "ur").text for urdu, _latin in rows)
    assert set(written) <= BASIC | EXTENDED
    assert count(rows[0][0]).encoding is Encoding.UCS_2
    assert count(romanised(rows[0][0], "ur").text).encoding is Encoding.GSM_7


def test_a_guess_is_owned_up_to_and_the_schools_spelling_stands_above_ours() -> None:
    made = romanised("ڈومیسائل لائیں", "ur")
    assert (made.guessed, made.words) == (("ڈومیسائل",), 2)
    assert romanised("سکول", "ur", own={"سکول": "skool"}).text == "Skool"
    assert romanised("ڈومیسائل پرچون کٹھالی", "ur").is_shaky
    assert not romanised("سکول کل بند ہے۔", "ur").is_shaky


def test_pashto_in_latin_letters() -> None:
    assert romanised("ښوونځی نن بند دی. مهرباني وکړئ ماشوم راولېږئ.", "ps").text == (
        "Khowanzay nan band de. Mehrabani wukrai mashum rawulegai."
    )
    assert [speaks(tag) for tag in ("ps-Latn", "ur-Latn", "ur", "hi-Latn", "en")] == ["ps", "ur", "", "", ""]


def test_roman_urdu_is_read_back_as_thumbs_write_it() -> None:
    assert (
        read_back("Aslam o alaikum, mera beta aaj bemar he.", "ur").text
        == "السلام علیکم، میرا بیٹا آج بیمار ہے۔"
    )
    assert (
        read_back("usko bukhar hai, kal school nahin ayega?", "ur").text
        == "اس کو بخار ہے، کل سکول نہیں آئے گا؟"
    )
    assert not read_back("Please ring me after five, thank you.", "ur").is_enough
    assert read_back("Nan khowanzay band de", "ps").text == "نن ښوونځی بند دی"


def test_most_of_what_is_read_back_is_what_was_written() -> None:
    """Of the fixture's Urdu words, how many come back from their Latin spelling."""
    _same, rows = _fixture()
    right = words = 0
    for urdu, latin in rows:
        back = WORD.findall(read_back(re.sub(r"/\S+?(?=[ .?])", "", latin), "ur").text)
        meant = [plain(word, "ur") for word in WORD.findall(urdu)]
        right, words = right + sum(word in back for word in meant), words + len(meant)
    log.info("%d of %d words read back (%.1f %%)", right, words, 100 * right / words)
    assert right / words >= 0.88
