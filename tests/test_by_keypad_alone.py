"""A father with a keypad telephone without Urdu letters: everything he does for a term is a text in Roman Urdu."""

from __future__ import annotations

from typing import Any

import pytest

from porchlight.conversations.models import Answer, Ask, Message, Shape, Signature, TriageItem
from porchlight.families.models import Address
from porchlight.learning.models import Absence
from porchlight.toolbox import sms_segments
from tests.participation import NAME
from tests.test_participation import Family
from tests.test_participation import family as family  # the school, the town and his telephone

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


def wants_less_then_nothing_then_all(family: Family) -> None:
    assert "hafte mein aik baar" in texts(family, "KAM MESSAGES")
    texts(family, "STOP")
    assert Address.objects.get().opted_out_at is not None
    texts(family, "START")
    assert Address.objects.get().opted_out_at is None
