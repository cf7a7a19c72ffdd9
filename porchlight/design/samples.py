"""Invented people of Maple Street School for the gallery page: every part of the design with something in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from porchlight.design.forms import Hinted
from porchlight.design.icons import ICONS
from porchlight.design.lights import Light
from porchlight.design.parts import Action, Bubble, Column, HomeRow, Saying, Share, Tab, Table, Tag, Voice

NOW = datetime(2026, 5, 12, 14, 10, tzinfo=ZoneInfo("UTC"))
SCHOOL = SimpleNamespace(
    slug="maple-street", name="Maple Street School", phone="01632 960 123", zone=ZoneInfo("Europe/London")
)
TEACHER = SimpleNamespace(name="Ms Amal", is_staff=True)
FATHER = SimpleNamespace(name="Mr Yousaf", is_staff=False)

GOOD_NEWS = Saying(
    "Hamza explained the water cycle to the whole class today, in his own words. Please tell him I noticed.",
    "en",
)
GOOD_NEWS_UR = Saying(
    "آج حمزہ نے پوری جماعت کو اپنے لفظوں میں سمجھایا کہ بارش کیسے بنتی ہے۔ اسے بتائیں کہ مجھے بہت اچھا لگا۔",
    "ur",
)
BOOK = Saying("Thank you. His grandfather listens every night. Is there a library book about rivers?", "en")
BOOK_UR = Saying("شکریہ۔ اس کے دادا ہر رات سنتے ہیں۔ کیا لائبریری میں دریاؤں کے بارے میں کوئی کتاب ہے؟", "ur")
BOOK_ROMAN = Saying("Shukriya. Dada har raat sunte hain. Darya ke baare mein koi kitaab hai?", "ur-Latn")
HOSTILE = Saying("<script>alert(1)</script> & “quotes”", "en")


class SampleForm(forms.Form):
    """One of each control."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[
            ("good", "Good news"),
            ("info", "Information"),
            ("ask", "A question"),
            ("worry", Hinted("A worry", "one family only")),
        ],
        widget=forms.RadioSelect,
        initial="info",
    )
    times = forms.MultipleChoiceField(
        label="When can you come?",
        choices=[("fri", "Friday after Jumu’ah"), ("sun", "Sunday")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one time"},
    )
    words = forms.CharField(
        label="Your message",
        help_text="Short words translate best.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(
        label="Phone number",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    mine = forms.BooleanField(label="This phone is mine alone", required=False)


def thread() -> list[Bubble]:
    """A short conversation, seen from the teacher's side."""
    at = NOW - timedelta(hours=2)
    return [
        Bubble("Ms Amal", GOOD_NEWS, at, mine=True, how="whatsapp", status="read", key="1"),
        Bubble(
            "Mr Yousaf",
            BOOK,
            at + timedelta(minutes=45),
            about="father",
            how="whatsapp",
            original=BOOK_UR,
            provenance="Translated by computer, not checked",
            tags=[Tag("Answer by tomorrow, 11 am")],
            actions=[Action("This worries me", "#worry", "quiet")],
        ),
        Bubble("Mr Yousaf", BOOK_ROMAN, at + timedelta(minutes=50), about="father", how="sms"),
        Bubble("Ms Amal", BOOK_UR, at + timedelta(minutes=55), mine=True, how="sms", status="failed"),
        Bubble("Mr Yousaf", HOSTILE, at + timedelta(hours=1), voice=Voice("#voice", 21, 24_300)),
    ]


def rows() -> list[HomeRow]:
    """Homes in each state."""
    return [
        HomeRow(
            "Yousaf family",
            Light.LIT,
            about="Hamza’s father · اردو",
            said=BOOK,
            tags=[Tag("Answer by today, 4.10 pm", "care")],
            note="Translated by computer",
            actions=[Action("Answer", "#answer")],
        ),
        HomeRow(
            "Nowak family",
            Light.LOW,
            about="Ola · Polski",
            words="You noted on Monday: “helped Farah pack up.”",
            actions=[Action("Tell them", "#tell", "lamp")],
        ),
        HomeRow(
            "Warsame family",
            Light.UNLIT,
            about="Ayaan · Soomaali",
            words="Three texts did not arrive.",
            tags=[Tag("Next: note home with Ayaan", "info")],
            actions=[Action("Print note", "#p", "quiet", "print")],
        ),
    ]


def reach() -> Table:
    """How a notice went, by channel."""
    return Table(
        "How it went, by channel",
        [
            Column("How it went out"),
            Column("Homes", number=True),
            Column("Arrived", number=True),
            Column("Answered", number=True),
        ],
        [["WhatsApp", 41, 39, 20], ["Text message", 22, 20, 6], ["E-mail", 7, 7, 2]],
        foot=["All homes", 70, 66, 28],
    )


def context(actor: Any) -> dict[str, Any]:
    """Everything the gallery shows, for this actor."""
    wrong = SampleForm({"kind": "info", "words": ""}, prefix="wrong")
    wrong.is_valid()
    return {
        "actor": actor,
        "school": SCHOOL,
        "now": NOW,
        "form": SampleForm(),
        "wrong": wrong,
        "thread": thread(),
        "rows": rows(),
        "lights": [Light.LIT] * 15 + [Light.LOW, Light.UNLIT, Light.LIT, Light.LOW] + [Light.LIT] * 6,
        "reach": reach(),
        "shares": [
            Share("WhatsApp", 41, "c1"),
            Share("Text", 22, "c2"),
            Share("E-mail", 7, "c3"),
            Share("No way in", 1, "c5"),
        ],
        "views": [
            Tab("English", GOOD_NEWS, "en", 31, note="Your own words."),
            Tab("اردو", GOOD_NEWS_UR, "ur", 12, note="Translated by computer. Nobody has checked it."),
            Tab("Roman Urdu", BOOK_ROMAN, "ur-Latn", 4),
        ],
        "good_news": GOOD_NEWS_UR,
        "voice": Voice("#voice", 21, 24_300, "Listen in Pashto"),
        "statuses": ["queued", "held", "sent", "delivered", "read", "failed"],
        "due": NOW + timedelta(hours=20),
        "icons": list(ICONS),
    }
