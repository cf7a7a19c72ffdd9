"""What Porchlight says itself is complete in every language it ships, polite, short, and true to its places."""

import re

import pytest

from porchlight.languages import phrases, signing
from porchlight.languages.phrase_list import PHRASES
from porchlight.languages.phrases import (
    MissingPlace,
    NoSuchPhrase,
    book_for,
    books,
    in_original,
    languages,
    say,
    saying,
)
from porchlight.languages.provenance import Provenance
from porchlight.languages.understood import Kind, understand
from porchlight.languages.ways_named import names_one
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts, sms_segments
from porchlight.toolbox.folding import fold

SHIPPED = ["en", "ur", "ur-Latn", "es", "ar", "zh-Hans", "ms", "ta", "ps", "mi"]
GIVEN = {
    "key": "3",
    "label": "Thursday",
    "school": "Maple Street School",
    "phone": "+44 1632 960001",
    "child": "Hamza",
    "choices": "1 = Friday, 2 = Sunday",
    "answer": "2",
    "code": "482913",
    "name": "Imran Yousaf",
    "number": "+44 1632 960002",
    "link": "https://school.example.org/s/abcdefghjkmn",
    "by": "16:00",
    "numbers": "999 or 111",
    "words": "",
    "written_in": "English",
    "sender": "Ms Amal",
    "text": "School closes at 12.",
    "ways": "For no messages, reply STOP.",
    "day": "26.11.2026",
    "why": "-",
    "when": "tomorrow",
    "start": "Monday 11 May",
    "end": "Friday 15 May",
    "spoken": "English",
    "question": "When is the trip?",
    "languages": "1 English\n2 Español",
    "later": "Ms Amal: tomorrow.",
    "who": "Ms Amal",
    "where": "Room 4",
    "first": "Ms Amal",
    "second": "Mr Bell",
    "interpreter": "Mrs Khan",
    "place": "Corner Cafe",
}
BEGUN = ["bn", "fr", "pl", "ps-Latn", "so"]  # the answers and the commonest lines; the rest falls back
FIRST_WEEK = [  # said, printed and rung before a school has any contract
    "answer_on_page",
    "slip_for",
    "slip_ways",
    "ringing_about",
    "ringing_back",
    "hello_back",
    "hello_who",
    "hello_language",
    "hello_first",
    "hello_ways",
]
ON_BUTTONS = ["yes", "no", "seen", "please_ring_me"]


def test_the_languages_we_ship_are_complete():
    assert languages() == SHIPPED
    assert sorted(books()) == sorted(SHIPPED + BEGUN)
    for tag in BEGUN:
        assert set(books()[tag].phrases) >= {
            *ON_BUTTONS,
            "reply_yes_no",
            "reply_with",
            "ask_answered",
            "which_child",
            *FIRST_WEEK,
        }


@pytest.mark.parametrize("tag", sorted(books()))
def test_every_book_names_what_the_list_names_and_nothing_else(tag):
    book = books()[tag]
    assert set(book.phrases) <= set(PHRASES)
    assert scripts.normal(tag) == tag
    assert book.written_by
    for name, text in book.phrases.items():
        entry, optional_parts = PHRASES[name], " ".join(phrases.MAY_FALL_AWAY.findall(text))
        outside = phrases.MAY_FALL_AWAY.sub("", text)
        assert set(phrases.PLACE.findall(optional_parts)) == entry.optional, name
        assert set(phrases.PLACE.findall(outside)) == entry.needed, name
        assert not re.search(r"\[\[|\]\]|[{}]", phrases.PLACE.sub("", outside)), name


@pytest.mark.parametrize("tag", sorted(books()))
def test_every_phrase_can_be_said_in_full_and_in_short(tag):
    for name in books()[tag].phrases:
        full = say(name, tag, **GIVEN)
        needed = {place: GIVEN[place] for place in PHRASES[name].needed}
        short = say(name, tag, **needed)
        for text in (full, short):
            assert text == text.strip(), name
            assert "  " not in text, name
            assert not re.search(r"[{}\[\]]|\s[.,۔،]|\n\n", text), (name, text)
        assert all(GIVEN[place] in full for place in PHRASES[name].needed | PHRASES[name].optional), name


@pytest.mark.parametrize("tag", sorted(books()))
def test_a_phrase_fits_in_a_few_texts(tag):
    for name in books()[tag].phrases:
        text = say(name, tag, **GIVEN)
        assert sms_segments.count(text).segments <= (2 if tag in {"en", "ur-Latn", "so"} else 5), name
        if tag in {"en", "ur-Latn", "so", "ms"}:
            assert sms_segments.widening(text) == (), name


@pytest.mark.parametrize("tag", sorted(books()))
def test_a_link_stands_at_the_end_of_its_line(tag):
    """Phones make what follows a link part of it, a full stop as well as a direction mark."""
    for name in books()[tag].phrases:
        for line in say(name, tag, **GIVEN).split("\n"):
            if GIVEN["link"] in line:
                assert line.endswith(GIVEN["link"]), name


UNWANTED = {  # said to somebody younger, or to one man; an office's words
    "ar": r"!|\b(اضغط|يمكنك|لديك|تصلك|طفلك|رسالتك|بلغتك|جوابك)\b",
    "en": r"!|\b(invalid|submit|users?|stakeholders?|unsubscribe|failed|error)\b",
    "es": r"!|\b(tú|tu|tus|te|inválid[oa])\b",
    "mi": r"!|\b(hapa|whakahē|kaiwhakamahi|pāwhiri\w*|kōrua)\b",
    "ms": r"!|\b(kamu|awak|engkau|gagal|ralat|pengguna|klik)\b",
    "ps": r"!|\b(ستا|ووهه|ولیکه|ولېږه|راولېږه|کېکاږه|ووایه|راشه)\b",
    "ta": r"!|(?<!\S)(நீ|உன்|உனக்கு|உன்னை|பயனர்|பிழைச்செய்தி)(?!\S)",
    "ur": r"!|\b(تم|تمہار\w+|کرو|بھیجو|لکھو)\b",
    "ur-Latn": r"!|\b(tum|tumhar\w+|karo|bhejo|likho)\b",
    "zh-Hans": r"!|！|你|失败|错误|用户|点击|[\u4e00-\u9fff][,.:;?]",
}


@pytest.mark.parametrize("tag", SHIPPED)
def test_the_tone(tag):
    for name, text in books()[tag].phrases.items():
        assert not re.search(UNWANTED[tag], text, re.IGNORECASE), (name, text)


@pytest.mark.parametrize("tag", SHIPPED + BEGUN)
def test_words_on_buttons_fit_and_mean_what_they_say(tag):
    for name in ON_BUTTONS:
        assert len(books()[tag].phrases[name]) <= 20
    assert understand(say("yes", tag), tag).kind is Kind.YES
    assert understand(say("no", tag), tag).kind is Kind.NO
    assert understand(say("please_ring_me", tag), tag).kind is Kind.CALL


@pytest.mark.parametrize("tag", SHIPPED + BEGUN)
def test_what_we_tell_homes_to_reply_is_understood(tag):
    kinds = {"STOP": Kind.STOP, "START": Kind.START, "1": Kind.NUMBER, "2": Kind.NUMBER}
    kinds |= dict.fromkeys(("CALL", "LLAMAR", "کال", "اتصلوا", "TELEFON", "回电"), Kind.CALL)
    asked = {
        word
        for text in books()[tag].phrases.values()
        for word in re.findall(r"\b(STOP|START|CALL|LLAMAR|کال|اتصلوا|TELEFON|回电|[12])\b", text)
    }
    assert "1" in asked
    for word in asked:
        assert understand(word, tag).kind is kinds[word]
        assert understand(word, "en").kind is kinds[word]


@pytest.mark.parametrize("tag", SHIPPED)
def test_every_way_out_is_named_in_words_we_understand(tag):
    names = books()[tag].phrases
    assert names_one(names["please_ring_us"], Kind.NOT_ME, tag)
    for name in ("help", "reply_call", "in_original"):
        assert names_one(names[name], Kind.CALL, tag) or "CALL" in names[name], name
    assert names_one(names["dose_few"], Kind.ALL_MESSAGES, tag)
    assert names_one(names["dose_usual"], Kind.FEWER, tag)
    assert any(fold(word) in fold(names["reply_sign"]) for word in signing.SIGNS)
    for name in ("reply_sign", "signed_already"):
        assert any(fold(word) in fold(names[name]) for word in signing.TAKES_BACK), name
    assert "STOP" in say("help", tag, **GIVEN)
    if tag in languages():  # in others these two words are the school's language's, or English
        assert names_one(names["help"], Kind.ABOUT_CLASS, tag)
        assert names_one(names["help"], Kind.TONIGHT, tag)
    assert "START" in say("stop_confirmed", tag, **GIVEN)


def test_says_it_in_the_readers_script_or_falls_back_and_says_so():
    assert say("yes", "ur") == "جی ہاں"
    assert say("yes", "ur-Latn") == "Ji haan"
    assert say("yes", "ur-PK") == "جی ہاں"
    assert say("yes", ["skr", "ur"]) == "جی ہاں"
    assert say("yes", "te") == "Yes"
    assert say("yes", "te", fallback="es") == "Sí"
    assert say("yes", "te", fallback="km") == "Yes"
    said = saying("yes", "hi-Latn", fallback="ur")
    assert (said.text, said.language, said.provenance) == ("جی ہاں", "ur", Provenance.PHRASE_BOOK)
    assert book_for("es-MX") == "es"
    assert book_for("te") == "en"


def test_optional_words_fall_away_when_there_is_nothing_to_say():
    assert say("met_by_a_person", "en", school="Maple Street School") == (
        "Thank you. A person at Maple Street School will read this."
    )
    assert say("met_by_a_person", "en", school="Maple Street School", by="Friday, 3 pm") == (
        "Thank you. A person at Maple Street School will read this and answer by Friday, 3 pm."
    )
    assert "ring" not in say("stop_confirmed", "en", school="Maple Street School", phone="")


def test_the_night_reply_says_nobody_is_watching_and_whom_to_ring():
    for tag in SHIPPED:
        said = say("out_of_hours", tag, school="Maple Street School", numbers="999", words="Sleep well.")
        assert said.startswith("Sleep well.\n")
        assert "999" in said


def test_a_phrase_without_what_it_must_name_is_refused():
    with pytest.raises(MissingPlace, match=r"“which_child” must name choices\."):
        say("which_child", "en")
    with pytest.raises(MissingPlace):
        say("sign_in_code", "en", code=" ")
    with pytest.raises(NoSuchPhrase, match="no “hurrah”"):
        say("hurrah", "en")


def test_a_name_with_braces_stays_a_name():
    assert say("ask_answered", "en", answer="{school} [[x]]", school="no") == (
        "Thank you. We have your answer: {school} [[x]]"
    )


def test_numbers_keep_their_order_in_right_to_left_words():
    assert "\u2066+44 1632 960001\u2069" in say(
        "help", "ur", school="Maple Street School", phone="+44 1632 960001"
    )
    assert "\u2066" not in say("help", "ur-Latn", school="Maple Street School", phone="+44 1632 960001")
    assert "\u2066" not in say("sign_in_code", "ur", code="482913")
    assert "\u2066" not in say("ask_answered", "ur", answer="2 بجے")


def test_the_line_over_an_original_names_its_language_for_the_reader():
    assert in_original("en", "ur").text.startswith("اس پیغام کی زبان انگریزی ہے")
    assert in_original("en", "ur-Latn").text.startswith("Is message ki zaban English hai")
    assert in_original("ur", "es").text.startswith("El idioma de este mensaje es: urdu")
    assert in_original("en", ["te", "es"]).text.startswith("El idioma de este mensaje es: inglés")
    assert in_original("en", "te", fallback="es").text.startswith("El idioma de este mensaje es: inglés")
    assert in_original("es", "te").text.startswith("This message is in Spanish")
    assert in_original("en", "es", by_hand=True, phone="01632 960001").text.endswith(
        "a la escuela: 01632 960001."
    )
    assert "help" not in in_original("es", "en", by_hand=True).text


def test_names_and_answers_never_travel_as_bare_notices():
    for name, entry in PHRASES.items():
        if {"answer", "text", "choices"} & entry.needed and name != "urgent" and name != "template_general":
            assert entry.tier is Tier.L1, name
        assert entry.tier <= Tier.L1
        assert entry.about
