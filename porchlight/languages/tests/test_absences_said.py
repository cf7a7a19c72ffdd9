"""Several hundred ways to say that a child stays away, and as many that only look like it, with what each must come to.

A message that is taken for an absence, noted or asked about, and is one, is a hit; precision is how many of those
taken are hits, recall how many of those that are absences were taken.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from porchlight.languages.absence import absence_in, alarm_in
from porchlight.languages.absence_days import Day, Days
from porchlight.languages.names import is_name, names_in

FOLDER = Path(__file__).parent / "absences"
NAMES = ["Hamza", "Ayesha"]
LANGUAGES = ["en", "es", "ur", "ur-Latn"]
ABSENCES = {"sure", "ask", "past"}


def verdict(text: str, reads: str) -> str:
    """What becomes of a message."""
    if alarm_in(text, NAMES):
        return "alarm"
    away = absence_in(text, NAMES, reads)
    if away is None:
        return "none"
    if away.past:
        return "past"
    return "sure" if away.sure and not away.days.is_kal else "ask"


def said(language: str) -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrasing_comes_to_what_it_should(language: str) -> None:
    wrong = {
        text: (want, got)
        for want, texts in said(language).items()
        for text in texts
        if (got := verdict(text, language)) != want
    }
    assert wrong == {}


def test_precision_and_recall_whatever_language_we_think_the_home_reads() -> None:
    """Families write as they like: an Urdu reader writes English. Nothing may hang on the language we expect."""
    counts: Counter[str] = Counter()
    for language in LANGUAGES:
        for want, texts in said(language).items():
            for text in texts:
                for reads in LANGUAGES:
                    is_taken, is_one = verdict(text, reads) in ABSENCES, want in ABSENCES
                    counts["taken"] += is_taken
                    counts["absences"] += is_one
                    counts["hits"] += is_taken and is_one
    assert counts["absences"] / len(LANGUAGES) > 350
    assert counts["hits"] / counts["taken"] >= 0.995  # precision
    assert counts["hits"] / counts["absences"] >= 0.995  # recall


def test_a_child_who_may_be_in_danger_is_nobodys_absence() -> None:
    alarms = [text for language in LANGUAGES for text in said(language)["alarm"]]
    assert len(alarms) > 50
    assert [text for text in alarms if absence_in(text, NAMES) is not None] == []
    calm = [text for language in LANGUAGES for kind in ABSENCES for text in said(language)[kind]]
    assert [text for text in calm if alarm_in(text, NAMES)] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hamza is ill", Days()),
        ("Hamza bimar hai aaj", Days(first=Day(0))),
        ("Hamza won't be in tomorrow", Days(first=Day(1))),
        ("Hamza is ill and won't be in until Friday", Days(last=Day(weekday=4))),
        ("Hamza will be absent for two days", Days(count=2)),
        ("Hamza is ill, he will be back on Monday", Days(back=Day(weekday=0))),
        ("Hamza won't be in from Monday to Wednesday", Days(first=Day(weekday=0), last=Day(weekday=2))),
        ("Hamza kal nahi aayega", Days(first=Day(1))),
        ("Hamza kal nahi aaya", Days(first=Day(-1))),
        ("Hamza kal se bimar hai", Days(first=Day(-1))),
        ("Hamza kal bimar", Days(is_kal=True)),
        ("Hamza jume tak nahi aayega", Days(last=Day(weekday=4))),
        ("Hamza kal se jume tak nahi aayega", Days(first=Day(1), last=Day(weekday=4))),
        ("Hamza do din se bimar hai", Days()),
        ("حمزہ کل نہیں آئے گا", Days(first=Day(1))),
        ("حمزہ جمعے تک نہیں آئے گا", Days(last=Day(weekday=4))),
        ("حمزہ کو ۲ دن کی چھٹی چاہیے", Days(count=2)),
        ("Hamza no irá hasta el viernes", Days(last=Day(weekday=4))),
        ("Hamza no irá el jueves", Days(first=Day(weekday=3))),
        ("Hamza faltará dos días", Days(count=2)),
        ("Hamza will be absent next week", Days(is_far=True)),
        ("Hamza will be absent on the 5th of December", Days(is_far=True)),
        ("Hamza will be absent on 5/12", Days(is_far=True)),
    ],
)
def test_the_days_that_are_named(text: str, days: Days) -> None:
    away = absence_in(text, NAMES)
    assert away is not None
    assert away.days == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hamza has a fever", "ill"),
        ("Hamza cannot come today, he has a dentist appointment", "appointment"),
        ("Hamza kal shadi ki wajah se nahi aayega", "family"),
        ("Hamza can't come because his grandmother is ill", "family"),
        ("عید کی وجہ سے حمزہ کل نہیں آئے گا", "holy_day"),
        ("حمزہ کو کل رات سے بخار ہے۔ آج وہ گھر پر رہے گا۔", "ill"),
        ("Hamza was ill last week. He will not come today.", "other"),
        ("Hamza no irá mañana", "other"),
    ],
)
def test_the_kind_of_reason(text: str, why: str) -> None:
    away = absence_in(text, NAMES)
    assert away is not None
    assert away.why == why


@pytest.mark.parametrize(
    ("text", "says_more"),
    [
        ("Hamza bimar hai aaj", False),
        ("Hamza is ill today. Thank you.", False),
        ("Hamza is ill. Can you send the homework?", True),
        ("Hamza has a fever and is frightened of the test", True),
    ],
)
def test_what_else_stands_in_it_is_noticed(text: str, says_more: bool) -> None:
    away = absence_in(text, NAMES)
    assert away is not None
    assert away.says_more is says_more


@pytest.mark.parametrize(
    ("word", "name", "same"),
    [
        ("hamza", "Hamza", True),
        ("hamzas", "Hamza", True),
        ("hmza", "Hamza", True),
        ("humza", "Hamza", True),
        ("حمزہ", "Hamza", True),
        ("hamza", "حمزہ", True),
        ("عائشہ", "Ayesha", True),
        ("aisha", "Ayesha", True),
        ("یوسف", "Yusuf", True),
        ("عمر", "Omar", True),
        ("اس", "Ayesha", False),
        ("سے", "Ayesha", False),
        ("sir", "Sara", False),
        ("hamid", "Hamza", False),
        ("لیے", "Ali", False),
    ],
)
def test_a_name_in_either_script_and_spelling(word: str, name: str, same: bool) -> None:
    assert is_name(word, name) is same


def test_an_exact_name_makes_a_near_one_of_another_child_nothing() -> None:
    assert names_in("hamza is ill", ["Hamza", "Humza"]) == {"Hamza"}
    assert names_in("Hmza aur aysha bimar hain", NAMES) == {"Hamza", "Ayesha"}


@pytest.mark.parametrize("text", ["", "   ", "👍", "ill " * 500, "؟؟؟", "1"])
def test_whatever_comes_is_survived(text: str) -> None:
    assert absence_in(text, NAMES) is None
    assert not alarm_in(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Hamza还没有回家",
        "老师，我女儿到现在还没到家，很担心。",
        "孩子不见了！",
        "我找不到Hamza",
        "不知道他在哪里",
        "Ayesha放學後沒有回家",
        "兒子失蹤了",
        "他不在家也不在学校",
    ],
)
def test_a_missing_child_is_an_alarm_in_chinese(text: str) -> None:
    assert alarm_in(text, NAMES)
    assert absence_in(text, NAMES, "zh-Hans") is None


@pytest.mark.parametrize(
    "text",
    [
        "Hamza的书包不见了",
        "他的外套没回来",
        "我们还没到家长会的时间",
        "今天没有回家作业吗？",
        "Hamza今天发烧，不能来上学",
        "我找不到第十二页",
        "谢谢老师，他回家很高兴",
    ],
)
def test_what_only_looks_like_it_in_chinese_is_for_a_person(text: str) -> None:
    assert not alarm_in(text, NAMES)
    assert absence_in(text, NAMES, "zh-Hans") is None


@pytest.mark.parametrize(
    "text",
    [
        "لم يعد Hamza إلى البيت بعد",
        "ابنتي لم ترجع إلى البيت حتى الآن",
        "لم ترجع ابنتي حتى الآن إلى المنزل",
        "لا أجد ابني",
        "لا نعرف أين Ayesha",
        "ابني مفقود منذ العصر",
        "هو ليس في البيت ولا في المدرسة",
    ],
)
def test_a_missing_child_is_an_alarm_in_arabic(text: str) -> None:
    assert alarm_in(text, NAMES)
    assert absence_in(text, NAMES, "ar") is None


@pytest.mark.parametrize(
    "text",
    [
        "لم يعد Hamza يحب الرياضيات",
        "لا أجد كتاب ابني",
        "ضاعت حقيبته",
        "Hamza مريض اليوم",
        "وصل إلى البيت، شكرا",
    ],
)
def test_what_only_looks_like_one_is_none_in_arabic(text: str) -> None:
    assert not alarm_in(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Kāore anō a Hamza kia hoki mai ki te kāinga",
        "kaore ano ia kia tae mai ki te kainga",
        "Kei hea taku tamāhine?",
        "Kāore i te kura, kāore hoki i te kāinga",
        "Kua ngaro a Ayesha",
        "Kei te rapu mātou i a Hamza",
    ],
)
def test_a_missing_child_is_an_alarm_in_maori(text: str) -> None:
    assert alarm_in(text, NAMES)
    assert absence_in(text, NAMES, "mi") is None


@pytest.mark.parametrize(
    "text",
    [
        "Kua ngaro te pēke a Hamza",
        "Kāore a Hamza e tae ki te kura i tēnei rā",
        "Kei hea te pukapuka a Hamza?",
        "Kei te māuiui a Ayesha",
        "Ka hoki mai a Hamza ki te kāinga, ngā mihi",
    ],
)
def test_what_only_looks_like_one_is_none_in_maori(text: str) -> None:
    assert not alarm_in(text, NAMES)
