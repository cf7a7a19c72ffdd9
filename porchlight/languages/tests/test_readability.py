"""Long sentences and long words are pointed out, and nothing more is claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.languages.readability import LONG_SENTENCE, LONG_SENTENCE_UNSPACED, measure

PLAIN = "School closes at 12 on Friday. Please fetch Hamza from the main gate. Mr. Bell will be there at 11.45 a.m. to help."
HEAVY = (
    "Notwithstanding the aforementioned arrangements, parents are respectfully requested to acknowledge the "
    "documentation regarding the forthcoming extracurricular programme at their earliest convenience today."
)


def test_plain_words_are_plain():
    seen = measure(PLAIN, "en-GB")
    assert (seen.sentences, seen.longest, seen.is_plain) == (3, 10, True)
    assert seen.long_sentences == seen.long_words == ()


def test_heavy_words_are_named():
    seen = measure(HEAVY, "en")
    assert not seen.is_plain
    assert seen.long_sentences == (HEAVY,)
    assert seen.long_words == (
        "notwithstanding",
        "aforementioned",
        "arrangements",
        "respectfully",
        "acknowledge",
        "documentation",
        "forthcoming",
        "extracurricular",
        "convenience",
    )


def test_names_and_compounds_are_left_alone():
    assert (
        measure("We met Chimamandanwa at the drop-off. Her well-thought-out plan helps.", "en").long_words
        == ()
    )


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("ایک۔ دو؟ تین۔", "ur", 3),
        ("Uno. ¿Dos? Tres…", "es", 3),
        ("এক। দুই।", "bn", 2),
        ("一。二！三？", "zh", 3),
        ("Bring: \n- a coat\n- lunch", "en", 3),
        ("Pay £3.50 by 3.30 p.m. on Friday, e.g. in cash.", "en", 1),
        ("“Well done.” “Thank you.”", "en", 2),
        ("", "en", 0),
        ("…", "en", 0),
        ("12 34", "en", 0),
    ],
)
def test_sentences_are_counted_in_every_script(text, language, sentences):
    assert measure(text, language).sentences == sentences


def test_a_long_sentence_is_long_in_any_script():
    urdu = "ہم " * LONG_SENTENCE
    assert measure(urdu + "۔", "ur").is_plain
    assert measure(urdu + "ہیں۔", "ur").long_sentences == ((urdu + "ہیں۔"),)
    assert measure("我" * LONG_SENTENCE_UNSPACED + "。", "zh-Hans").is_plain
    seen = measure("我" * (LONG_SENTENCE_UNSPACED + 1) + "。", "zh-Hans")
    assert (seen.longest, seen.in_letters, seen.is_plain) == (LONG_SENTENCE_UNSPACED + 1, True, False)


def test_long_words_are_a_matter_of_english_alone():
    assert measure("Verantwortungsvoll.", "de").long_words == ()
    assert measure("Responsibility.", "en").long_words == ("responsibility",)


@given(st.text(max_size=300), st.sampled_from(["en", "ur", "zh-Hans", "th", "und"]))
def test_measuring_never_raises(text, language):
    seen = measure(text, language)
    assert len(seen.long_sentences) <= seen.sentences
