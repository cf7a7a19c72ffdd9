"""A father with a keypad telephone without Urdu letters: everything he does for a term is a text in Roman Urdu."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.gathering import send_gathered
from porchlight.conversations.models import (
    Answer,
    Ask,
    Gathered,
    Message,
    Notice,
    Shape,
    Signature,
    TriageItem,
)
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.families.models import Address
from porchlight.learning.models import Absence
from porchlight.toolbox import school_time, sms_segments
from tests.participation import NAME
from tests.test_participation import Family
from tests.test_participation import family as family  # the school, the town and his telephone

LONDON = ZoneInfo("Europe/London")
pytestmark = pytest.mark.parametrize("family", ["sms"], indirect=True)


def texts(family: Family, words: str = "", **does: Any) -> str:
    """He does it; what he reads then."""
    family.town.answer("yousaf", channel="sms", **({"text": words} if words else does))
    family.carry()
    family.carry()
    return str(family.town.received("yousaf", "sms")[-1].text)


def test_a_father_lives_by_a_keypad_alone(family: Family) -> None:
    father = family.school.yousaf.guardian
    father.reads, father.speaks = "ur-Latn", "ur"
    father.save()
    assert "assalam o alaikum" in texts(family, "salam")
    answers_what_is_asked(family)
    signs_and_takes_it_back(family)
    says_what_he_has_to_say(family)
    hears_what_the_whole_class_hears(family)
    wants_less_then_nothing_then_all(family)
    for line in family.town.received("yousaf", "sms")[
        1:
    ]:  # the greeting names each language in its own letters
        assert sms_segments.count(line.text).encoding == "GSM-7", line.text


def answers_what_is_asked(family: Family) -> None:
    said = [
        (Shape.YES_NO, "haan", ["yes"]),
        (Shape.CHOOSE_SEVERAL, "1 aur 3", ["1", "3"]),
        (Shape.CHOOSE_TIME, "jumma", ["3"]),
        (Shape.NUMBER, "4", []),
        (Shape.SHORT_TEXT, "biryani pasand hai", []),
    ]
    for shape, words, keys in said:
        ask = family.asked(shape)
        assert "Hamein aap ka jawab mil gaya" in texts(family, words), shape
        assert Answer.objects.get(ask=ask).keys == keys
    ask = family.asked(Shape.YES_NO)
    for words in ("haan", "nahi"):
        texts(family, words)
    assert Answer.objects.counting().get(ask=ask).keys == ["no"]


def signs_and_takes_it_back(family: Family) -> None:
    family.asked(Shape.SIGN)
    assert f"Dastakhat: {NAME}" in texts(family, f"DASTAKHAT {NAME}")
    assert Signature.objects.standing().count() == 1
    assert "wapas" in texts(family, "WAPAS")
    assert not Signature.objects.standing().exists()
    Ask.objects.update(closed_at=Ask.objects.latest("pk").created_at)


def says_what_he_has_to_say(family: Family) -> None:
    texts(family, "Hamza aaj bimar hai")
    assert Absence.objects.count() == 1
    texts(family, "Aap ka bohat shukriya, Hamza khush hai")
    assert Message.objects.filter(author="guardian", text__contains="khush").exists()
    texts(family, ring=True)
    assert TriageItem.objects.filter(reason="missed_call").exists()


def told_the_class(family: Family, words: str, **more: Any) -> Notice:
    """Ms Amal writes to the homes of 4A in Roman Urdu, and the workers do their part."""
    school, now = family.school, school_time.now()
    by = school.amal.actor()
    draft = Draft(words, "ur-Latn", Audience(AudienceKind.CLASSES, (school.class_4a.key,)), **more)
    notice = release(write(draft, school=school.school, by=by, now=now), by=by, now=now)
    family.carry(seconds=40)
    return notice


def last_text(family: Family) -> str:
    return str(family.town.received("yousaf", "sms")[-1].text)


def hears_what_the_whole_class_hears(family: Family) -> None:
    """An announcement is read, one with a question answered by a word; his answer is counted with the class's."""
    told_the_class(family, "Kal sab bachay pani ki botal lain.")
    assert "Kal sab bachay pani ki botal lain." in last_text(family)
    trip = told_the_class(
        family, "Kya Hamza museum ja sakta hai?", kind="question", question=Question("yes_no")
    )
    assert "haan ke liye 1 aur nahi ke liye 2" in last_text(family)
    assert "Hamein aap ka jawab mil gaya" in texts(family, "haan")
    assert [one.keys for one in Answer.objects.counting().filter(ask=trip.ask)] == [["yes"]]
    Ask.objects.update(closed_at=trip.ask.created_at)


def gathers_for_his_saturday(family: Family) -> None:
    """He wants few messages: what can wait comes on Saturday at ten, and a question that cannot comes now."""
    told_the_class(family, "Agle mahine mela hai.")
    assert "mela" not in last_text(family)
    soon = school_time.now() + timedelta(days=1)
    told_the_class(
        family, "Kal kaun aa raha hai?", kind="question", question=Question("yes_no", closes_at=soon)
    )
    assert "Kal kaun aa raha hai?" in last_text(family)
    saturday = Gathered.objects.waiting().get().goes_at
    assert (saturday.astimezone(LONDON).weekday(), saturday.astimezone(LONDON).hour) == (5, 10)
    family.clock.move_to(saturday)
    assert send_gathered(school=family.school.school, now=school_time.now()) == 1
    family.carry(seconds=5)
    assert "Agle mahine mela hai." in last_text(family)
    Ask.objects.update(closed_at=soon)


def wants_less_then_nothing_then_all(family: Family) -> None:
    assert "hafte mein aik baar" in texts(family, "KAM MESSAGES")
    gathers_for_his_saturday(family)
    texts(family, "STOP")
    assert Address.objects.get().opted_out_at is not None
    texts(family, "START")
    assert Address.objects.get().opted_out_at is None
