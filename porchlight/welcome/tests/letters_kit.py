"""Letters as tests tell them: who likes them, what is told, and the paper that comes of it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import time_machine
from django.test import Client
from pypdf import PdfReader

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.tiers import Tier
from porchlight.welcome.letters.gathering import area_key

LETTERS = "/maple-street/by-hand/letters/"
ELM = "12 Elm Street, Bradford, BD3 9XX"


def likes_letters(home: cast.Home, address: str = ELM) -> None:
    cast.reach(home.student.school, home.guardian, address, channel="paper", rank=0)


def tells(
    town: Town,
    text: str = "Will you come on Friday?",
    *,
    shape: str = "yes_no",
    options: tuple[str, ...] = (),
    urgent_reason: str = "",
    tier: Tier = Tier.L1,
) -> Notice:
    urdu = {"ur": Version("کیا آپ جمعے کو آئیں گے؟", "ur", Provenance.SCHOOL_TEMPLATE, "Ms Amal")}
    offered = [{"key": str(place), "labels": {"en": word}} for place, word in enumerate(options, 1)]
    question = Question(shape, offered) if shape else None
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    draft = Draft(
        text, "en", audience, versions=urdu, question=question, urgent_reason=urgent_reason, tier=tier
    )
    before = TUESDAY - timedelta(minutes=1)  # nobody can take it back any more
    with time_machine.travel(before, tick=False):
        notice = write(draft, school=town.school, by=town.amal.actor(), now=before)
        return release(notice, by=town.amal.actor(), now=before)


def in_bd3(town: Town) -> str:
    return f"area/{area_key('BD3', town.school)}"


def only() -> Delivery:
    return Delivery.objects.get(stopped="")


def paper(who: Client, query: str) -> PdfReader:
    answer = who.get(f"{LETTERS}{query}/paper/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.content))


def fonts_in(sheet: Any) -> set[str]:
    resources = sheet["/Resources"]["/Font"]
    return {str(font.get_object()["/BaseFont"]) for font in resources.values()}
