"""The school's own list of hard words: the office keeps it, and whoever writes sees the plain words."""

from __future__ import annotations

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.languages.hard_words import hard_words_in, write_hard_word
from porchlight.languages.models import HardWord
from porchlight.schools.actors import system
from porchlight.toolbox import school_time

BASE = "/maple-street"


def test_the_office_keeps_the_list_and_a_teacher_does_not(town: Town) -> None:
    office, page = browser_of(town.okafor), f"{BASE}/settings/languages/hard-words/"
    office.post(page, {"words": "formative  assessment", "instead": "a small test"})
    row = HardWord.objects.get()
    assert (row.words, row.plain, row.language) == ("formative assessment", "a small test", "en")
    assert "a small test" in office.get(page).content.decode()
    removal = f"{page}{row.key}/removal/"
    assert [browser_of(town.amal).post(one).status_code for one in (page, removal)] == [404, 404]
    office.post(removal)
    assert not HardWord.objects.exists()


def test_whoever_writes_sees_the_plain_words_before_they_leave(town: Town) -> None:
    written(town, "en", "PTA", "parents and teachers together")
    amal, words = browser_of(town.amal), "The PTA meets on Friday."
    draft = {
        "kind": "information",
        "text": words,
        "language": "en",
        "audience": [f"class:{town.class_4a.key}"],
    }
    plainer = "Plainer than “PTA”: parents and teachers together."
    assert plainer in amal.post(f"{BASE}/notices/new/", draft).content.decode()
    thread = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    assert plainer in amal.post(thread, {"text": words, "look": ""}).content.decode()
    assert plainer not in amal.get(thread).content.decode()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The pta meets. Bring your consent form.", ["PTA", "consent form"]),
        ("en", "The captain met us.", []),  # not inside another word
        ("en-GB", "A consent\nform is enclosed.", ["consent form"]),
        ("ur", "The PTA meets.", []),  # of another language
        ("zh-Hans", "今天有形成性评价。", ["形成性评价"]),  # a script without gaps
    ],
)
def test_whole_words_of_the_language_in_the_order_of_the_text(
    town: Town, language: str, text: str, found: list[str]
) -> None:
    for tag, words in (("en", "consent form"), ("en", "PTA"), ("zh-Hans", "形成性评价")):
        written(town, tag, words, "plain")
    assert [row.words for row in hard_words_in(text, language, school=town.school)] == found


def written(town: Town, language: str, words: str, instead: str) -> None:
    write_hard_word(
        school=town.school,
        language=language,
        words=words,
        instead=instead,
        by=system(town.school.pk),
        now=school_time.now(),
    )
