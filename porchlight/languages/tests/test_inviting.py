"""Blame is spotted and an invitation offered; what only looks like blame is left alone. A table for each language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from porchlight.languages import inviting
from porchlight.languages.inviting import Kind, blame_in, invited, worries

EXAMPLES = Path(__file__).parent / "blame_examples"


def table(tag: str) -> dict[str, list[str]]:
    return tomllib.loads((EXAMPLES / f"{tag}.toml").read_text(encoding="utf-8"))


def each(*kinds: str) -> Iterator[tuple[str, str, str]]:
    for tag in inviting.languages():
        for kind, sentences in table(tag).items():
            if not kinds or kind in kinds:
                yield from ((tag, kind, sentence) for sentence in sentences)


def of(tag: str) -> str:
    return "en" if tag == "en" else "ur"


@pytest.mark.parametrize("tag", inviting.languages())
def test_every_example_is_heard_as_its_kind_and_near_misses_as_nothing(tag: str) -> None:
    wrong = []
    for _tag, kind, sentence in (one for one in each() if one[0] == tag):
        found = [seen.kind.value for seen in blame_in(sentence, of(tag), names=["Hamza Yousaf", "حمزہ"])]
        if (found or ["none"])[-1] != kind:
            wrong.append((sentence, kind, found))
    assert wrong == []


@pytest.mark.parametrize("tag", ["en", "ur"])
def test_each_language_is_held_by_forty_examples_and_forty_near_misses(tag: str) -> None:
    rows = table(tag)
    assert len(rows.pop("none")) >= 40
    assert set(rows) == {kind.value for kind in Kind}
    assert sum(map(len, rows.values())) >= 40


def test_no_rule_is_without_an_example() -> None:
    """Each rule of each language is what is found in some sentence of the tables."""
    found = {
        (seen.language, seen.invitation)
        for tag, kind, sentence in each()
        if kind != "none"
        for seen in blame_in(sentence, of(tag), names=["Hamza", "حمزہ"])
    }
    assert {(rule.language, rule.invite) for rule in inviting.rules()} - found == set()


def test_it_says_what_was_seen_as_it_was_written() -> None:
    [seen] = blame_in(
        "Good morning. I am sorry, but “Hamza  never LISTENS”, it seems!", "en-GB", names=["Hamza"]
    )
    assert (seen.words, seen.kind, seen.place) == ("Hamza never LISTENS”, it seems", Kind.ALWAYS, 1)
    assert seen.invitation == "Could you tell me what helps {child} to listen at home?"


def test_a_name_is_a_child_only_where_it_is_known() -> None:
    assert blame_in("Hamza is lazy.", "en") == []
    assert blame_in("Hamza is lazy.", "en", names=["Hamza Yousaf"])[0].words == "Hamza is lazy"


def test_the_invitation_takes_the_place_of_its_sentence_and_of_no_other() -> None:
    text = "Good morning.\nHe never listens. Bring water on Friday."
    [seen] = blame_in(text, "en")
    expected = "Good morning.\nCould you tell me what helps Hamza to listen at home? Bring water on Friday."
    assert invited(text, seen.key, child="Hamza") == expected
    assert "what helps {child} to" in invited(text, seen.key)


@pytest.mark.parametrize("key", ["", "1", "0.0.0", "9.9.9", "x.y.z"])
def test_a_key_that_does_not_fit_changes_nothing(key: str) -> None:
    assert invited("He never listens.", key) == "He never listens."


def test_nor_does_one_of_words_that_were_changed_since() -> None:
    [seen] = blame_in("He never listens.", "en")
    assert invited("He listened today.", seen.key) == "He listened today."


def test_urdu_is_answered_in_the_letters_it_was_written_in() -> None:
    [urdu] = blame_in("وہ کبھی توجہ نہیں دیتا۔", "ur")
    [roman] = blame_in("Woh kabhi tawajjo nahi deta.", "en")  # typed at a school whose language is English
    assert (urdu.language, roman.language) == ("ur", "ur-Latn")


def test_no_invitation_reads_as_blame_itself() -> None:
    said = [rule.invite.replace("{child}", "Hamza") for rule in inviting.rules()]
    assert [words for words in said if blame_in(words, "en", names=["Hamza"])] == []


@pytest.mark.parametrize("language", ["es", "ps", "zh-Hans", ""])
def test_of_other_languages_nothing_is_said(language: str) -> None:
    assert blame_in("He never listens.", language) == []
    assert not worries("He never listens.", language)


def test_a_long_scolding_gets_four_hints() -> None:
    assert len(blame_in("He is lazy. " * 9, "en")) == inviting.MOST


@pytest.mark.parametrize(
    ("text", "is_worry"),
    [
        ("Unfortunately the homework is missing.", True),
        ("She was upset after lunch.", True),
        ("He never listens.", True),
        ("Hamza read aloud for the first time today.", False),
        ("Bring water on Friday.", False),
    ],
)
def test_words_of_worry_are_known(text: str, is_worry: bool) -> None:
    assert worries(text, "en") is is_worry


def test_so_are_those_in_urdu() -> None:
    assert worries("آج حمزہ اداس تھا۔", "ur")
    assert not worries("آج حمزہ نے کہانی سنائی۔", "ur")


def test_it_is_quick_on_whatever_is_typed() -> None:
    """A pattern that goes back and forth over a text would take minutes here."""
    for text in ("he never " * 400, "کبھی " * 800, "you should " * 360, "x" * 4000):
        began = process_time()
        blame_in(text, "en")
        worries(text, "ur")
        assert process_time() - began < 5
