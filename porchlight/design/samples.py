"""Invented people of Maple Street School for the gallery page: every part of the design with something in it."""

from __future__ import annotations

import math
import wave
from datetime import datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from porchlight.design import moments
from porchlight.design.forms import Hinted
from porchlight.design.icons import ICONS
from porchlight.design.lights import Light
from porchlight.design.menu import Link
from porchlight.design.parts import (
    Action,
    Bubble,
    Column,
    HomeRow,
    Saying,
    Share,
    Tab,
    Table,
    Tag,
    Voice,
    Words,
)
from porchlight.design.sample_words import Sample, invented

SOUND = "/design/sound/"
NOW = datetime(2026, 5, 12, 14, 10, tzinfo=ZoneInfo("UTC"))
LONDON = ZoneInfo("Europe/London")
SCHOOL = SimpleNamespace(slug="maple-street", name="Maple Street School", phone="01632 960 123", zone=LONDON)
TEACHER = SimpleNamespace(name="Ms Amal", is_staff=True, islamic_day="")
FATHER = SimpleNamespace(name="Mr Yousaf", is_staff=False, islamic_day="")

GOOD_NEWS = Saying(
    "Hamza explained the water cycle to the whole class today, in his own words. Please tell him I noticed.",
    "en",
)
GOOD_NEWS_UR = Saying(
    "آج حمزہ نے پوری جماعت کو اپنے لفظوں میں سمجھایا کہ بارش کیسے بنتی ہے۔ اسے بتائیں کہ مجھے بہت اچھا لگا۔",
    "ur",
)
GOOD_NEWS_ES = Saying(
    "Hoy Hamza explicó el ciclo del agua a toda la clase, con sus propias palabras. Dígale que lo noté.", "es"
)
BOOK = Saying("Thank you. His grandfather listens every night. Is there a library book about rivers?", "en")
BOOK_UR = Saying("شکریہ۔ اس کے دادا ہر رات سنتے ہیں۔ کیا لائبریری میں دریاؤں کے بارے میں کوئی کتاب ہے؟", "ur")
BOOK_ES = Saying(
    "Gracias. Su abuelo le escucha cada noche. ¿Hay algún libro sobre ríos en la biblioteca?", "es"
)
BOOK_ROMAN = Saying("Shukriya. Dada har raat sunte hain. Darya ke baare mein koi kitaab hai?", "ur-Latn")
HOSTILE = Saying("<script>alert(1)</script> & “quotes”", "en")


class SampleForm(forms.Form):
    """One of each control."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=invented("kind"),
        choices=[
            ("good", invented("good news")),
            ("info", invented("information")),
            ("ask", invented("question")),
            ("worry", Hinted(invented("a worry"), invented("one family"))),
        ],
        widget=forms.RadioSelect,
        initial="info",
    )
    times = forms.MultipleChoiceField(
        label=invented("when"),
        choices=[("fri", invented("friday")), ("sun", invented("sunday"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": invented("choose")},
    )
    words = forms.CharField(
        label=invented("message"), help_text=invented("short"), widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(
        label=invented("phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    mine = forms.BooleanField(label=invented("mine"), required=False)


def in_page_language(english: Saying, urdu: Saying, spanish: Saying, tag: str) -> Saying:
    """The version a reader of this page gets."""
    return {"ur": urdu, "es": spanish}.get(tag, english)


def thread(tag: str) -> list[Bubble]:
    """A short conversation, seen from the teacher's side."""
    at = NOW - timedelta(hours=2)
    news = in_page_language(GOOD_NEWS, GOOD_NEWS_UR, GOOD_NEWS_ES, tag)
    book = in_page_language(BOOK, BOOK, BOOK_ES, tag)
    return [
        Bubble("Ms Amal", news, at, mine=True, how="whatsapp", status="read", key="1"),
        Bubble(
            "Mr Yousaf",
            book,
            at + timedelta(minutes=45),
            about=invented("father"),
            how="whatsapp",
            original=BOOK_UR,
            provenance=invented("machine"),
            tags=[Tag(moments.answer_due(NOW + timedelta(hours=20), now=NOW, zone=LONDON))],
            actions=[Action(invented("worry"), "#worry", "quiet")],
        ),
        Bubble("Mr Yousaf", BOOK_ROMAN, at + timedelta(minutes=50), about=invented("father"), how="sms"),
        Bubble("Ms Amal", BOOK_UR, at + timedelta(minutes=55), mine=True, how="sms", status="failed"),
        Bubble("Mr Yousaf", HOSTILE, at + timedelta(hours=1), voice=Voice(SOUND, 21, 24_300)),
    ]


def rows(tag: str) -> list[HomeRow]:
    """Homes in each state."""
    late = moments.answer_due(NOW + timedelta(hours=1), now=NOW, zone=LONDON)
    return [
        HomeRow(
            "Yousaf",
            Light.LIT,
            about="Hamza · اردو",
            said=in_page_language(BOOK, BOOK_UR, BOOK_ES, tag),
            tags=[Tag(late, "care")],
            note=invented("machine"),
            actions=[Action(invented("answer"), "#answer")],
        ),
        HomeRow(
            "Nowak",
            Light.LOW,
            about="Ola · Polski",
            words=invented("noted"),
            actions=[Action(invented("tell"), "#tell", "lamp")],
        ),
        HomeRow(
            "Warsame",
            Light.UNLIT,
            about="Ayaan · Soomaali",
            words=invented("texts"),
            tags=[Tag(invented("note home"), "info")],
            actions=[Action(invented("print"), "#p", "quiet", "print")],
        ),
    ]


def reach() -> Table:
    """How a notice went, by channel."""
    numbers = [Column(invented(key), number=True) for key in ("homes", "came", "answered")]
    lines: list[list[Words | int]] = [
        ["WhatsApp", 41, 39, 20],
        [invented("text"), 22, 20, 6],
        [invented("mail"), 7, 7, 2],
    ]
    return Table(
        invented("went"), [Column(invented("way")), *numbers], lines, foot=[invented("all homes"), 70, 66, 28]
    )


def sound() -> bytes:
    """One second of a quiet tone, as WAV: 8,000 samples of 8 bits."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(128 + int(20 * math.sin(step / 6)) for step in range(8000)))
    return out.getvalue()


def links(actor: Any) -> dict[str, list[Link]]:
    """Places to go, which lead nowhere here."""
    staff = [
        Link(str(invented("gallery")), "#main", "", "page", 0),
        Link(str(invented("waiting")), "#wait", "", "", 3),
        Link(str(invented("went")), "#went", "", "", 0),
    ]
    thumbs = [
        Link(str(invented("this week")), "#main", "home", "page", 0),
        Link(str(invented("messages")), "#reply", "chat", "", 1),
        Link(str(invented("ring")), "#reply", "phone", "", 0),
    ]
    return {"staff": staff, "own": [], "thumbs": thumbs} if actor.is_staff else {"thumbs": thumbs}


def context(actor: Any, tag: str) -> dict[str, Any]:
    """Everything the gallery shows, for this actor, on a page in this language."""
    wrong = SampleForm({"wrong-kind": "info", "wrong-words": ""}, prefix="wrong")
    wrong.is_valid()
    return {
        "actor": actor,
        "school": SCHOOL,
        "now": NOW,
        "sample": Sample(),
        "sample_links": links(actor),
        "form": SampleForm(),
        "wrong": wrong,
        "thread": thread(tag),
        "rows": rows(tag),
        "lights": [Light.LIT] * 15 + [Light.LOW, Light.UNLIT, Light.LIT, Light.LOW] + [Light.LIT] * 6,
        "reach": reach(),
        "shares": [
            Share("WhatsApp", 41, "c1"),
            Share(invented("text"), 22, "c2"),
            Share(invented("mail"), 7, "c3"),
            Share(invented("none"), 1, "c5"),
        ],
        "views": [
            Tab("English", GOOD_NEWS, "en", 31, note=invented("own words")),
            Tab("اردو", GOOD_NEWS_UR, "ur", 12, note=invented("machine")),
            Tab("Roman Urdu", BOOK_ROMAN, "ur-Latn", 4),
        ],
        "good_news": in_page_language(GOOD_NEWS, GOOD_NEWS_UR, GOOD_NEWS_ES, tag),
        "voice": Voice(SOUND, 21, 24_300, invented("listen")),
        "statuses": ["queued", "held", "sent", "delivered", "read", "failed"],
        "due": NOW + timedelta(hours=20),
        "icons": list(ICONS),
    }
