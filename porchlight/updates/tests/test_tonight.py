"""Tonight's question: one sentence a week that fits what the class learns, in words of ours or of its teacher's."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import told
from porchlight.toolbox import sms_segments
from porchlight.updates import bank
from porchlight.updates.facts import keep_fact
from porchlight.updates.models import About, Tonight
from porchlight.updates.tests.conftest import BASE, TUESDAY, says, tells
from porchlight.updates.tonight import choose, offered, year_of

MONDAY = date(2026, 10, 12)


def test_each_is_asked_in_every_language_with_the_same_places_and_fits_two_texts() -> None:
    assert sorted(bank.texts()) == ["ar", "en", "es", "mi", "ms", "ps", "ta", "ur", "ur-Latn", "zh-Hans"]
    for tag, rows in bank.texts().items():
        assert list(rows) == list(bank.questions()), tag
        for name, text in rows.items():
            places = re.findall(r"\{\w+\}", text)
            assert set(places) <= {"{child}"}, (tag, name)
            assert len(places) == len(re.findall(r"\{\w+\}", bank.texts()["en"][name])), (tag, name)
            limit = 2 if tag in ("en", "ur-Latn", "es") else 3
            assert sms_segments.count(text.replace("{child}", "Hamza")).segments <= limit, (tag, name)


def test_every_year_always_has_some_that_fit_whatever_it_learns() -> None:
    for year in range(14):
        always = [one for one in bank.fitting(year=year, learns="", used=()) if not one.words]
        assert len(always) >= 2, year


@pytest.mark.parametrize(
    ("learns", "name"),
    [
        ("Fractions, and how plants grow.", "fractions"),
        ("ہم نقشے پڑھتے ہیں", "reading"),
        ("درسنا الكسور", "fractions"),
        ("这学期我们学分数。", "fractions"),
        ("موږ د اوبو او باران په اړه زده کوو", "water"),
        ("Kei te ako mātou i ngā hautau", "fractions"),
        ("Aprendemos fracciones", "fractions"),
        ("Nothing we know a question about", "best_moment"),
        ("Steam engines", "best_moment"),
    ],
)
def test_what_the_class_learns_decides(learns: str, name: str) -> None:
    assert next(bank.fitting(year=4, learns=learns, used=())).name == name


def test_the_same_is_not_asked_again_while_there_are_others() -> None:
    first, second, *_rest = bank.fitting(year=4, learns="fractions", used=())
    assert next(bank.fitting(year=4, learns="fractions", used={first.name})) == second


@pytest.mark.usefixtures("clock")
def test_a_word_brings_it_and_the_homes_words_land_in_their_thread(town: Town) -> None:
    keep_fact(town.class_4a, About.LEARNS, "Fractions.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert says(town, "raat ka sawal").message.settled_at == TUESDAY
    (text,) = told(town.yousaf.guardian)
    assert "آج رات کا سوال: Hamza سے کہیں کہ باورچی خانے میں" in text.replace("\u2068", "").replace(
        "\u2069", ""
    )
    answered = says(town, "اس نے آدھی روٹی دکھائی اور ہم ہنسے").message
    assert answered.thread == town.thread
    assert answered.settled_at is None
    assert Message.objects.filter(author="guardian").count() == 2
    assert Tonight.objects.get().shipped == "fractions"


@pytest.mark.usefixtures("clock")
def test_asked_again_and_again_it_is_told_four_times_an_hour_and_no_more(town: Town) -> None:
    assert all(says(town, "raat ka sawal").message.settled_at == TUESDAY for _time in range(9))
    assert len(told(town.yousaf.guardian)) == 4
    later = TUESDAY + timedelta(hours=1, seconds=1)
    assert says(town, "raat ka sawal", at=later).message.settled_at == later
    assert len(told(town.yousaf.guardian)) == 5


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("words", ["Tonight", "esta noche", "What is the question for tonight's homework?"])
def test_what_may_answer_something_else_is_no_wish_for_it(town: Town, words: str) -> None:
    assert says(town, words).message.settled_at is None
    assert told(town.yousaf.guardian) == []


@pytest.mark.usefixtures("clock")
def test_a_teachers_own_question_takes_its_place_in_the_words(town: Town) -> None:
    tells(town)
    amal, path = browser_of(town.amal), f"{BASE}/classes/{town.class_4a.key}/week/"
    shown = amal.get(path)
    first, text = shown.context["form"].initial["shipped"], shown.context["form"].initial["text"]
    own = "Ask {child} what a mouse eats."
    seen = amal.post(path, {"text": text, "shipped": first, "own": own, "look": ""})
    assert seen.context["found"].row.text == ""  # the words are still as composed
    assert f"Tonight's question: {own}" in seen.context["draft"].text
    row = Tonight.objects.get()
    assert (row.text, row.shipped, row.chosen_by) == (own, "", town.amal)
    other = offered(town.class_4a, week=MONDAY)[3].name
    seen = amal.post(path, {"text": seen.context["draft"].text, "shipped": other, "own": "", "look": ""})
    assert bank.words_of(other, "en").text in seen.context["draft"].text


def test_a_year_is_read_where_it_is_written(town: Town) -> None:
    assert year_of(town.class_4a) == 4
    town.class_4a.year, town.class_4a.name = "", "Butterflies"
    assert year_of(town.class_4a) is None
    assert choose(town.class_4a, week=MONDAY).shipped
