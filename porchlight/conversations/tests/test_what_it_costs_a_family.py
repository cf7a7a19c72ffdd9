"""What a message costs a family is said before it is sent and on their own page; and where their yes stands."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.consent_shown import SOURCES
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_previewing import look
from porchlight.delivery import addressing
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Consent
from porchlight.schools.actors import Actor, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def set_school(town: Town, **fields: str) -> None:
    for name, value in fields.items():
        setattr(town.school, name, value)
    town.school.save()


def test_the_look_says_what_a_text_costs_the_family_by_law_and_by_the_schools_word(town: Town) -> None:
    town.home(2, reads="en")
    free = look(town)["text message · English"].note
    assert "Getting it costs a family nothing. Answering by text costs a family one text." in free
    assert "KB" not in free  # no page stands behind a plain text
    set_school(town, text_costs="Rs 2", law="us")
    paid = look(town)["text message · English"].note
    assert "Some families pay to get it. Answering by text costs a family about Rs 2." in paid


def test_a_family_reads_on_its_page_what_texts_cost_it(town: Town) -> None:
    guardian = town.yousaf.guardian
    guardian.user = User.objects.create_user(name="Mr Yousaf")
    guardian.save()
    home = browser_of(guardian)
    set_school(town, text_costs="Rs 2")
    page = home.get(reverse("conversations:my_ways", args=["maple-street"])).content.decode()
    assert "Our texts cost you nothing to get. Answering by text costs you about Rs 2." in page
    assert "A page like this takes at most 14 KB of data." in page
    set_school(town, text_costs="", law="us")
    page = home.get(reverse("conversations:my_ways", args=["maple-street"])).content.decode()
    assert "Your network may take money for getting our texts. Answering by text costs you one text." in page
    town.yousaf.address.channel, town.yousaf.address.value = "email", "yousaf@example.org"
    town.yousaf.address.save()
    assert "texts" not in home.get(reverse("conversations:my_ways", args=["maple-street"])).content.decode()


def ways(town: Town) -> str:
    page = browser_of(town.okafor).get(
        reverse("conversations:ways_of", args=["maple-street", town.yousaf.guardian.key])
    )
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_the_office_reads_on_what_each_way_stands_since_when_and_in_whose_words(town: Town) -> None:
    assert "Nobody has written down whether they agree." in ways(town)
    Consent.objects.create(
        school=town.school,
        contact_point=town.yousaf.point,
        given=True,
        source="greeted the school",
        wording="salaam",
    )
    assert "They agreed: they greeted the school from it, today, 3.10 pm. <q lang" in ways(town)
    addressing.opt_out(town.yousaf.address, source="reply STOP", words="band karo", now=TUESDAY)
    stopped = ways(town)
    assert "They do not want it: they answered STOP" in stopped
    assert "band karo</q>" in stopped
    assert "salaam" not in stopped  # the last word counts


def test_the_ledger_is_seen_by_who_may_see_the_number_and_by_no_family(town: Town) -> None:
    Consent.objects.create(school=town.school, contact_point=town.yousaf.point, given=True, source="x")
    token = Actor(Kind.TOKEN, town.school.pk)
    seen = [Consent.objects.visible_to(one).count() for one in (
        town.okafor.actor(), town.amal.actor(), town.yousaf.guardian.actor(), token)]  # fmt: skip
    assert seen == [1, 0, 0, 0]


def test_every_source_that_the_rooms_write_is_read_in_words() -> None:
    from porchlight.conversations.delegating import AGREED
    from porchlight.conversations.placing_by_hand import GAVE_IT_WITH_A_SLIP, WROTE_TO_US
    from porchlight.delivery.changing.using import INSTEAD
    from porchlight.delivery.news import SOURCE
    from porchlight.families.consenting import TAKEN_BACK

    assert {AGREED, GAVE_IT_WITH_A_SLIP, WROTE_TO_US, INSTEAD, SOURCE, TAKEN_BACK} <= set(SOURCES)
