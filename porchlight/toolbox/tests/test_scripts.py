"""A language is known by one tag, shown by its own name, and read in one script."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.toolbox import scripts
from porchlight.toolbox.folding import fold
from porchlight.toolbox.language_names import ALSO_CALLED, LANGUAGES

# Our own choice where SIL's list names the written standard, an older form or another script.
OTHER_AUTONYM = {
    "am": "spelt with the usual first letter",
    "cs": "noun, as on Czech pages",
    "fil": "its code was retired into Filipino",
    "el": "everyday name instead of the demotic standard",
    "ha": "the Latin form families write",
    "ks": "Arabic script; the list has Devanagari",
    "ro": "the noun, as on Romanian pages",
}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("EN_gb", "en-GB"),
        ("ur_LATN", "ur-Latn"),
        ("urd-latn", "ur-Latn"),
        ("ur-Arab", "ur"),
        ("ur-PK", "ur-PK"),
        ("eng", "en"),
        ("en-Latn-US", "en-US"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("cmn-Hant", "zh-Hant"),
        ("pa-PK", "pa-Arab"),
        ("pnb", "pa-Arab"),
        ("tl", "fil"),
        ("iw", "he"),
        ("ku", "kmr"),
        ("sr-Latn-RS", "sr-Latn-RS"),
        ("es-419", "es-419"),
        (" ps ", "ps"),
        ("de-1996", "de"),
        ("", "und"),
        ("Roman Urdu", "und"),
        ("x", "und"),
    ],
)
def test_one_spelling(tag, expected):
    assert scripts.normal(tag) == expected


@given(st.text(max_size=20))
def test_spelling_is_settled_after_once(tag):
    once = scripts.normal(tag)
    assert scripts.normal(once) == once
    assert scripts.direction(tag) in {"ltr", "rtl"}


def test_scripts_are_unicodes_likely_scripts(shared):
    likely = json.loads((shared / "standards/language-data/likelySubtags.json").read_text())
    subtags = likely["supplemental"]["likelySubtags"]
    macro = {"kmr": "ku", "prs": "fa"}  # listed there under the family's code
    for tag, row in LANGUAGES.items():
        parts = tag.split("-")
        if len(parts) == 2:
            assert parts[1] == row.script
            assert "Zz" not in row.script
        else:
            assert subtags[macro.get(tag, tag)].split("-")[1] == row.script, tag


def test_directions_are_those_of_the_scripts(shared):
    metadata = json.loads((shared / "standards/language-data/scriptMetadata.json").read_text())[
        "scriptMetadata"
    ]
    aliases = {"Hans": "Hani", "Hant": "Hani"}
    for tag, row in LANGUAGES.items():
        expected = metadata.get(row.script) or metadata[aliases[row.script]]
        assert (scripts.direction(tag) == "rtl") == (expected["rtl"] == "YES"), tag
    for code in scripts.RIGHT_TO_LEFT & set(metadata):
        assert metadata[code]["rtl"] == "YES", code


def test_directions_of_thirty_translated_texts(shared):
    texts = json.loads(
        (shared / "standards/multilingual-notices/udhr-education-and-privacy.json").read_text()
    )
    assert {code: scripts.direction(text["lang"]) for code, text in texts.items()} == {
        code: text["dir"] for code, text in texts.items()
    }


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("dv", "rtl"),
        ("yi", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("ur-Latn", "ltr"),
        ("UR_latn_pk", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_follows_the_script_not_the_language(tag, expected):
    assert scripts.direction(tag) == expected


def test_autonyms_agree_with_a_published_list(shared):
    path = shared / "standards/language-data/sil-autonyms.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        listed = {row["ISO_639"]: fold(row["Print_Name"]) for row in csv.DictReader(file)}
    long_codes = {}
    for code, tag in scripts.ALIASES.items():
        if len(code) == 3 and code in listed:
            long_codes.setdefault(tag, code)
    checked, apart = 0, {}
    for tag, row in LANGUAGES.items():
        theirs = listed.get(long_codes.get(tag, tag))
        if theirs and tag not in OTHER_AUTONYM and "-" not in tag:
            ours = fold(row.autonym)
            if not (ours in theirs or theirs in ours or set(ours.split()) & set(theirs.split())):
                apart[tag] = (ours, theirs)
            checked += 1
    assert apart == {}
    assert checked > 50


def test_urdu_in_two_scripts_never_stands_in_for_itself():
    assert scripts.matches("ur", ["en", "ur-Latn"]) is None
    assert scripts.matches("ur-Latn", ["en", "ur"]) is None
    assert scripts.matches("ur-Latn", ["ur", "ur-Latn"]) == "ur-Latn"
    assert scripts.matches("ur-Arab", ["ur-Latn", "ur-PK"]) == "ur-PK"


@pytest.mark.parametrize(
    ("reads", "versions", "best"),
    [
        ("pt-BR", ["pt-PT", "pt-BR", "pt"], "pt-BR"),
        ("pt-BR", ["pt-PT", "pt"], "pt"),
        ("pt-BR", ["en", "pt-PT"], "pt-PT"),
        ("es", ["es-ES", "es-419"], "es-ES"),
        ("zh-TW", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh-TW", ["zh-Hans"], None),
        ("prs", ["fa"], None),
        (["ps", "ur"], ["en", "ur"], "ur"),
        (["ps", "ur"], ["en", "ps", "ur"], "ps"),
        ("EN_us", ["en"], "en"),
        ("", ["en"], None),
        ("und", ["und"], None),
        ([], ["en"], None),
    ],
)
def test_best_version_for_a_reader(reads, versions, best):
    assert scripts.matches(reads, versions) == best


def test_a_list_has_the_comma_of_its_script():
    assert [scripts.comma(tag).join("12") for tag in ("en", "ur-Latn", "ur", "ps", "ar", "he")] == [
        "1, 2",
        "1, 2",
        "1، 2",
        "1، 2",
        "1، 2",
        "1, 2",
    ]


def test_names():
    assert scripts.autonym("ur-PK") == "اردو"
    assert scripts.autonym("ur-Latn") == "Roman Urdu"
    assert scripts.autonym("tlh") == "tlh"
    assert scripts.english_name("pa-PK") == "Punjabi (Shahmukhi)"
    assert scripts.english_name("tlh") == "tlh"
    assert scripts.name_in("pl", "en-GB") == "Polish"
    assert scripts.name_in("pl", "es") == "polaco"
    assert scripts.name_in("pl", "ur") == "پولش"
    assert scripts.name_in("ur-Latn", "es") == "urdu (latino)"
    assert scripts.name_in("zh-Hans", "es") == "chino simplificado"
    assert scripts.name_in("pl", "ur-Latn") == "Polish"
    assert scripts.name_in("skr", "tlh") == "Saraiki"
    assert scripts.name_in("phr", "ur") == "Pahari"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("Urdu", "ur"),
        ("URDU ", "ur"),
        ("Roman Urdu", "ur-Latn"),
        ("Urdu (Roman)", "ur-Latn"),
        ("اردو", "ur"),
        ("Farsi", "fa"),
        ("Español", "es"),
        ("espanol", "es"),
        ("Polish", "pl"),
        ("język polski", None),
        ("ur_latn", "ur-Latn"),
        ("pol", "pl"),
        ("pt-BR", "pt-BR"),
        ("Mandarin", "zh-Hans"),
        ("中文", "zh-Hans"),
        ("華文", "zh-Hant"),
        ("Klingon", None),
        ("tlh", None),
        ("", None),
    ],
)
def test_reads_a_language_column(written, tag):
    assert scripts.tag_of(written) == tag


def test_other_names_lead_to_known_languages():
    assert set(ALSO_CALLED.values()) <= set(LANGUAGES)
    assert {tag: scripts.normal(tag) for tag in LANGUAGES} == {tag: tag for tag in LANGUAGES}
    assert {tag.partition("-")[0] for tag in scripts.ALIASES.values()} <= {
        tag.partition("-")[0] for tag in LANGUAGES
    }


def test_parts_that_run_in_different_directions_are_kept_apart_on_one_line() -> None:
    assert scripts.on_one_line(["Come?", "¿Sí?"], ["en", "es"]) == "Come? ¿Sí?"
    assert scripts.on_one_line(["Come?", "جی"], ["en", "ur"]) == "\u2068Come?\u2069 \u2068جی\u2069"
    assert scripts.on_one_line(["Come?", "Ji"], ["en", "ur-Latn"]) == "Come? Ji"


@pytest.mark.parametrize(
    ("reads", "text", "tag"),
    [
        ("ur", "kya kal paani bhi laana hai?", "ur-Latn"),
        ("ur", "کل پانی بھی لانا ہے؟", "ur"),
        ("ur-Latn", "کل پانی بھی لانا ہے؟", "ur"),
        ("ur", "Hamza بیمار ہے آج", "ur"),  # most of its letters
        ("en", "شکریہ", "und-Arab"),
        ("es", "¿Sí? 👍", "es"),
        ("ur", "1 👍 …", "ur"),  # no letter says otherwise
        ("ur", "", "ur"),
        ("hi", "Namaste, kal aayenge", "hi-Latn"),
        ("so", "Дякую", "und-Cyrl"),
        ("zh-Hans", "谢谢", "zh-Hans"),
        ("pt-BR", "Obrigado", "pt-BR"),
    ],
)
def test_words_have_the_tag_of_the_script_they_are_written_in(reads: str, text: str, tag: str) -> None:
    assert scripts.as_written(reads, text) == tag
