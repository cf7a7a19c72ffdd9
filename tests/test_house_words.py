"""Every word a page shows can be translated: no template holds bare English."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.base import Lexer, TokenType
from django.utils.functional import Promise

from porchlight.design import catalogues
from tests.house import HOUSE

OURS = {"Porchlight", "WhatsApp", "Telegram", "KB", "MB", "QR", "JavaScript"}  # the same in every language
OURS |= {"Maple", "Street", "School"}  # the demo's own name
MARKUP = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>|<!doctype[^>]*>", re.S | re.I)
SPOKEN = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>")
CLASSES = re.compile(r"\{% block \w+_class %\}.*?\{% endblock %\}")  # names of the stylesheet
ENTITY = re.compile(r"&\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")


def templates() -> list[Path]:
    """Pages and mails; the gallery is for developers."""
    found = [path for path in HOUSE.rglob("templates/**/*") if path.suffix in {".html", ".txt"}]
    return [path for path in found if "gallery" not in path.parts]


def bare_words(source: str) -> set[str]:
    """Words outside every tag of Django's, in text and in attributes that are spoken."""
    inside, text = False, ""
    for token in Lexer(CLASSES.sub("", source)).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = name in {"blocktranslate", "blocktrans", "comment"} or (
                inside and not name.startswith("end")
            )
        if token.token_type is TokenType.TEXT and not inside:
            text += token.contents
        else:
            text += "0"
    text = MARKUP.sub(" ", text)
    spoken = " ".join(SPOKEN.findall(text))
    return {
        word for word in WORD.findall(ENTITY.sub(" ", f"{TAG.sub(' ', text)} {spoken}")) if word not in OURS
    }


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_a_page_holds_no_bare_english(path: Path) -> None:
    assert bare_words(path.read_text()) == set()


def test_no_page_writes_a_day_as_django_does() -> None:
    """Django has no months in several of our languages: `{% day %}` and `{% moment %}` have. Numbers alone may."""
    days = [
        f"{path.name}: {found}"
        for path in templates()
        for found in re.findall(r"\|(?:date|time)\b(?!:['\"]Y-m-d['\"]).*?\}\}", path.read_text())
    ]
    assert days == []


def test_a_choice_that_is_shown_has_words_in_every_language() -> None:
    shown = {name for path in templates() for name in re.findall(r"get_(\w+)_display", path.read_text())}
    shown |= {
        name for path in HOUSE.rglob("*.py") for name in re.findall(r"\.get_(\w+)_display", path.read_text())
    }
    fields = [field for model in apps.get_models() for field in model._meta.fields if field.name in shown]
    ours = [field for field in fields if field.model.__module__.startswith("porchlight.") and field.choices]
    bare = [
        f"{field}: {label}"
        for field in ours
        for _value, label in field.choices
        if not isinstance(label, Promise)
    ]
    assert ours
    assert bare == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>{% translate 'Yes' %}</p>", set()),
        ("<p class='wrap'>Come in</p>", {"Come", "in"}),
        ('<a aria-label="Your pages" href="/x/">{{ name }}</a>', {"Your", "pages"}),
        ('<a aria-label="{% translate "Yes" %}">Porchlight · 24 KB</a>', set()),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %} there", {"there"}),
        ("{% blocktranslate count n=2 %}one{% plural %}many{% endblocktranslate %}", set()),
        ("<svg><title>no</title></svg><script>var x</script>{# note #}&nbsp;", set()),
    ],
)
def test_bare_words_are_noticed(source: str, words: set[str]) -> None:
    assert bare_words(source) == words


def test_words_of_somebody_never_take_the_face_of_the_page() -> None:
    """`{% speech %}` or `{% lang %}` says whose language they are in; "und" where nobody knows."""
    about_the_words = {  # sentences of ours, in the page's own language, that quote some
        "advice.html",
        "copy.html",
        "hints.html",
        "looked.html",
        "notices.html",
        "thread.html",
    }
    unsaid = [
        f"{path.name}: {tag}"
        for path in templates()
        for tag in re.findall(
            r"<(?:p|span|q|b|dd|li|blockquote)\b[^>]*\bdir=\"auto\"[^>]*>", path.read_text()
        )
        if "lang=" not in tag and path.name not in about_the_words
    ]
    assert unsaid == []


TO_A_STUDENT = re.compile(
    r"home/templates/home/student_|meetings/(?:led|views/led|models/led|templates/meetings/(?:student_|my_part|class_))|conversations/told"
)
SAID_TO_A_FRIEND = re.compile(
    r"\b(?:tú|tus?|te|ti|contigo|vosotr[oa]s|vuestr\w+|\w+[áé]is|puedes|quieres|tienes|eres)\b", re.I
)


def test_spanish_says_usted_to_everybody_but_students() -> None:
    friendly = [
        text
        for message in catalogues.kept("es")
        if message.id and not any(TO_A_STUDENT.search(place) for place, _line in message.locations)
        for text in ([message.string] if isinstance(message.string, str) else message.string)
        if SAID_TO_A_FRIEND.search(text)
    ]
    assert friendly == []
    assert SAID_TO_A_FRIEND.search("para que tú y la escuela podáis hablar")
