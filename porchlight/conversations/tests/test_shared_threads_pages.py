"""The pages of those who share a thread, of those who do not, and of the school."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.models import Sharing, Thread
from porchlight.conversations.sharing import (
    take_word_back,
)
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.sharing_kit import (
    BASE,
    HERS,
    HIS,
    asked,
    clock,
    father,
    hamza,
    mother,
    names,
    no_home,
    page_of,
    restricted,
    says_yes,
    writes,
)
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Guardian,
)

__all__ = ["clock", "mother"]


def presses(town: Town, adult: Guardian, word: str) -> str:
    path = f"{BASE}/messages/about/{hamza(town).key}/sharing/"
    page = browser_of(adult).post(path, {"word": word}, follow=True).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_both_press_yes_and_share_and_one_presses_stop(town: Town, mother: Guardian) -> None:
    assert "Yes, share my thread at home" in page_of(town, mother)
    assert "When the other adult at your home says yes too" in presses(town, mother, "yes")
    assert "You said yes today." in page_of(town, mother)
    his = presses(town, father(town), "yes")
    assert "You share one thread now." in his
    assert re.search(r"With Hamza&#x27;s mother, since\s+today\.", his)
    writes(town, mother, HERS)
    assert HERS in page_of(town, father(town))
    after = presses(town, mother, "no")
    assert "Only you and the school see your thread now." in after
    assert HERS not in page_of(town, father(town))
    verbs = list(
        Entry.objects.filter(verb__startswith="sharing").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["sharing.given", "sharing.given", "sharing.ended"]


def nothing(town: Town, mother: Guardian) -> None:
    """They live together and nothing stands between them."""


def she_said_yes(town: Town, mother: Guardian) -> None:
    says_yes(town, mother)


def she_wrote(town: Town, mother: Guardian) -> None:
    writes(town, mother, HERS)


def nobody_else(town: Town, mother: Guardian) -> None:
    mother.delete()


@pytest.mark.parametrize(
    "other",
    [nothing, she_said_yes, she_wrote, nobody_else, no_home, restricted("contact", "mother")],
    ids=["at home", "said yes", "wrote", "nobody", "elsewhere", "restricted"],
)
def test_before_both_agree_the_page_is_the_same_whoever_else_there_is(
    town: Town, mother: Guardian, other
) -> None:
    """Byte for byte: nobody learns from it whether there is another adult, where, or what they said or may not do."""
    before = page_of(town, father(town))
    other(town, mother)
    assert page_of(town, father(town)) == before


@pytest.mark.parametrize(
    "other",
    [nobody_else, no_home, restricted("contact", "mother")],
    ids=["nobody", "elsewhere", "restricted"],
)
def test_ones_own_yes_is_answered_the_same_whoever_else_there_is(town: Town, mother: Guardian, other) -> None:
    alone = presses(town, father(town), "yes")
    take_word_back(Thread.objects.all(), by=father(town).actor(), now=TUESDAY)
    other(town, mother)
    assert presses(town, father(town), "yes") == alone


def test_an_ended_sharing_looks_the_same_whatever_ended_it(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    shared = page_of(town, father(town))
    take_word_back(Thread.objects.filter(guardian=mother), by=mother.actor(), now=TUESDAY)
    ended_by_her = page_of(town, father(town))
    says_yes(town, mother)
    assert page_of(town, father(town)) == shared
    restricted("contact", "mother")(town, mother)
    assert page_of(town, father(town)) == ended_by_her != shared


def thread_page(town: Town, adult: Guardian) -> str:
    path = f"{BASE}/students/{hamza(town).key}/with/{adult.key}/"
    return browser_of(town.amal).get(path).content.decode()


def test_staff_see_one_thread_with_both_names_and_each_utterance_once(town: Town, mother: Guardian) -> None:
    writes(town, mother, "Before.", now=TUESDAY - timedelta(days=1))
    says_yes(town, father(town), mother)
    writes(town, father(town), HIS)
    writes(town, mother, HERS)
    path = f"{BASE}/students/{hamza(town).key}/with/{father(town).key}/"
    browser_of(town.amal).post(path, {"text": "To both of you."})
    browser_of(town.amal).post(path, {"text": "To you alone.", "alone": "on"})
    asked(town)
    page = thread_page(town, father(town))
    assert "<h1><bdi>Mr Yousaf</bdi>, <bdi>Hamza&#x27;s mother</bdi></h1>" in page
    bubbles = re.findall(r'<article class="msg.*?</article>', page, re.S)
    for text in ("To both of you.", "To you alone.", "May Hamza come?", HIS, HERS):
        assert len([one for one in bubbles if text in one]) == 1, text
    assert "Before." not in page
    how_far = re.findall(r"<bdi>Hamza&#x27;s mother</bdi>\s*<span", page)
    assert len(how_far) == 2  # how far it came with her, for both she got
    hers = thread_page(town, mother)
    assert "Before." in hers
    assert "To you alone." not in hers
    assert "Only to Hamza" in hers


def test_a_thread_that_nobody_shares_names_nobody_else(town: Town, mother: Guardian) -> None:
    says_yes(town, mother)
    writes(town, mother, HERS)
    page = thread_page(town, father(town))
    assert "<h1><bdi>Mr Yousaf</bdi></h1>" in page
    assert "mother" not in page
    assert 'name="alone"' not in page


def office_writes(town: Town, *adults: Guardian, words: str = "Both said so at the gate.") -> str:
    path = f"{BASE}/students/{hamza(town).key}/sharing/"
    data = {"guardian": [one.key for one in adults], "words": words}
    return browser_of(town.okafor).post(path, data, follow=True).content.decode()


def test_the_office_writes_down_what_both_said_and_ends_it(town: Town, mother: Guardian) -> None:
    page = office_writes(town, father(town), mother)
    assert "They share one thread from now on." in page
    assert re.search(r"Shares the thread with\s+Hamza&#x27;s mother", page)
    assert names(town, mother) == ["Mr Yousaf"]
    kept = Sharing.objects.standing().values_list("source", "words", "recorded_by_id").distinct()
    assert list(kept) == [("office", "Both said so at the gate.", town.okafor.pk)]
    browser_of(town.okafor).post(f"{BASE}/students/{hamza(town).key}/sharing/removal/")
    assert names(town, mother) == []


def test_the_office_needs_both_of_them_and_how_it_knows(town: Town, mother: Guardian) -> None:
    assert "Tick both adults" in office_writes(town, father(town), mother, words="")
    assert "Tick both adults" in office_writes(town)
    assert "cannot share a thread" in office_writes(town, father(town))
    restricted("records", "mother")(town, mother)
    assert "cannot share a thread" in office_writes(town, father(town), mother)
    assert not Sharing.objects.exists()


def test_a_teacher_sees_who_shares_and_writes_nothing_down(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    amal = browser_of(town.amal)
    page = amal.get(f"{BASE}/students/{hamza(town).key}/").content.decode()
    assert re.search(r"Shares the thread with\s+Mr Yousaf", page)
    assert "Write down that they agreed" not in page
    assert amal.post(f"{BASE}/students/{hamza(town).key}/sharing/removal/").status_code == 404
    assert names(town, mother) == ["Mr Yousaf"]
