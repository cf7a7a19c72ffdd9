"""A family says on its page when, whom, how and with whose help; or that it would rather not; or the office for it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import time_machine

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests import cast
from porchlight.families.models import Guardianship
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import Party, Round, Wish
from porchlight.meetings.rounds.parties import form_parties
from porchlight.meetings.tests.a_round import (
    ANSWER_BY,
    BASE,
    adult,
    ask,
    host_of,
    made_round,
    party_of,
    sibling,
    teaches,
    texts,
    times_of,
    wished,
)
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.models import SchoolClass

CSS = Path(__file__).parents[2] / "design" / "static" / "design" / "porchlight.css"


@pytest.fixture(autouse=True)
def clock(town: Town) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def round_(town: Town) -> Round:
    teaches(town, "Mr Bell")
    made = made_round(town)
    ask(town, made)
    made.refresh_from_db()
    return made


def page_of(round_: Round) -> str:
    return f"{BASE}/rounds/{round_.key}/wishes/"


def said(round_: Round, town: Town, *hosts: str, **others: object) -> dict[str, object]:
    """As the form would send it."""
    key = town.yousaf.student.key
    names = {one.staff.name: one.key for one in round_.hosts.select_related("staff")}
    return {"mode": "in_person", "person": "", "who_comes": "", f"hosts-{key}": [names[h] for h in hosts], f"why-{key}": "", **others}  # fmt: skip


def sent(town: Town, round_: Round, *hosts: str, **others: object) -> Party:
    browser = browser_of(town.yousaf.guardian)
    answer = browser.post(page_of(round_), said(round_, town, *hosts, **others))
    assert answer.status_code == 302
    return party_of(round_, town.yousaf.guardian)


def test_it_can_be_sent_as_it_is(town: Town, round_: Round) -> None:
    page = browser_of(town.yousaf.guardian).get(page_of(round_)).content.decode()
    ticked = re.findall(r"<input[^>]*checked[^>]*>", page)
    sends = {name for tag in ticked for name in re.findall(r' name="([^"]+)"', tag)}
    key = town.yousaf.student.key
    assert sends == {"mode", "person", "interpreter", f"hosts-{key}"}
    party = sent(town, round_, "Ms Amal", interpreter="on")
    assert wished(party) == [("Hamza", "round", ("Ms Amal",))]
    assert (times_of(party), party.modes, party.language) == ([], ["in_person", "video", "phone"], "ur")
    assert (party.answered_at, party.channel, party.typed_by) == (NOW, "", None)


def test_everything_they_say_is_kept_as_the_planner_needs_it(town: Town, round_: Round) -> None:
    key = town.yousaf.student.key
    party = sent(
        town, round_, "Ms Amal", "Mr Bell", windows=["1", "2", "4"], mode="phone", only="on", person="woman",
        who_comes="His father and grandfather", **{f"why-{key}": "Reading at home"},
    )  # fmt: skip
    assert times_of(party) == ["Thu 15:30-19:30", "Sat 10:30-12:00"]
    assert (party.modes, party.language, party.person) == (["phone"], "", "woman")
    assert party.who_comes == "His father and grandfather"
    assert wished(party) == [("Hamza", "round", ("Ms Amal",)), ("Hamza", "family", ("Mr Bell",))]
    assert set(Wish.objects.values_list("why", flat=True)) == {"Reading at home"}
    sent(town, round_, "Mr Bell")
    assert wished(party) == [("Hamza", "family", ("Mr Bell",))]
    sent(town, round_, "Ms Amal")
    assert wished(party) == [("Hamza", "round", ("Ms Amal",))]
    assert Wish.objects.count() == 2
    form_parties(round_, now=NOW)
    assert Wish.objects.count() == 2


def test_no_meeting_this_time_is_a_fine_answer_and_can_be_changed(town: Town, round_: Round) -> None:
    browser = browser_of(town.yousaf.guardian)
    browser.post(page_of(round_), {"decline": "1"})
    party = party_of(round_, town.yousaf.guardian)
    assert (party.declined_at, party.answered_at) == (NOW, NOW)
    assert "Thank you for telling us." in browser.get(page_of(round_)).content.decode()
    texts(town, town.yousaf.guardian, "1")
    party.refresh_from_db()
    assert (party.declined_at, times_of(party)) == (None, ["Thu 15:30-17:30"])


def test_a_teacher_of_another_class_cannot_be_asked_for(town: Town) -> None:
    class_2b = SchoolClass.objects.create(school=town.school, name="2B")
    teaches(town, "Mr Far", school_class=class_2b)
    made = made_round(town, town.class_4a, class_2b)
    ask(town, made)
    answer = browser_of(town.yousaf.guardian).post(page_of(made), said(made, town, "Mr Far"))
    assert answer.status_code == 422
    assert wished(party_of(made, town.yousaf.guardian)) == [("Hamza", "round", ("Ms Amal",))]


def test_nobody_opens_what_is_not_theirs(town: Town, round_: Round) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    stranger = cast.home(town.school, 7).guardian
    elsewhere = cast.home(cast.maple_street("elsewhere"), 9).guardian
    form_parties(round_, now=NOW)
    sent(town, round_, "Mr Bell", windows=["1"], who_comes="His grandfather")
    hers = browser_of(mother).get(page_of(round_)).content.decode()
    assert "His grandfather" not in hers
    assert 'value="1" checked' not in hers
    assert "We have your wishes" not in hers
    for person in (stranger, elsewhere):
        assert browser_of(person).get(page_of(round_)).status_code == 404
    Guardianship.objects.filter(guardian=mother).update(may_receive=False)
    assert browser_of(mother).get(page_of(round_)).status_code == 404
    assert browser_of(mother).post(page_of(round_), {"decline": "1"}).status_code == 404


def test_after_the_last_day_families_read_that_times_are_being_made(town: Town, round_: Round) -> None:
    with time_machine.travel(ANSWER_BY + timedelta(hours=1), tick=False):
        browser = browser_of(town.yousaf.guardian)
        assert "We are making the times now." in browser.get(page_of(round_)).content.decode()
        browser.post(page_of(round_), said(round_, town, "Mr Bell"))
        assert wished(party_of(round_, town.yousaf.guardian)) == [("Hamza", "round", ("Ms Amal",))]


def test_before_families_are_asked_the_page_is_not_there(town: Town) -> None:
    made = made_round(town)
    form_parties(made, now=NOW)
    assert browser_of(town.yousaf.guardian).get(page_of(made)).status_code == 404


def test_the_office_writes_it_down_even_after_the_last_day(town: Town, round_: Round) -> None:
    party = party_of(round_, town.yousaf.guardian)
    address = f"{BASE}/rounds/{round_.key}/parties/{party.key}/"
    assert browser_of(town.amal).get(address).status_code == 404
    with time_machine.travel(ANSWER_BY + timedelta(hours=1), tick=False):
        browser = browser_of(town.okafor)
        browser.post(address, {**said(round_, town, "Mr Bell", windows=["3"]), "heard": "paper"})
        party.refresh_from_db()
        assert (party.channel, party.typed_by, times_of(party)) == ("paper", town.okafor, ["Sat 09:00-10:30"])
        listed = browser.get(f"{BASE}/rounds/{round_.key}/parties/").content.decode()
    assert "1 of 1 have answered." in listed
    assert "Who says nothing gets a time all the same." in listed
    assert "care" not in re.findall(r'class="tag ([a-z]+)"', listed)


def test_a_colleagues_own_child_is_not_in_her_list(town: Town, round_: Round) -> None:
    adult(town, "Mrs Okafor at home", town.yousaf.student, user=town.okafor.user)
    form_parties(round_, now=NOW)
    party = party_of(round_, town.yousaf.guardian)
    browser = browser_of(town.okafor)
    assert "Hamza" not in browser.get(f"{BASE}/rounds/{round_.key}/parties/").content.decode()
    assert browser.get(f"{BASE}/rounds/{round_.key}/parties/{party.key}/").status_code == 404


def test_the_home_page_shows_a_card_while_it_is_open(town: Town, round_: Round) -> None:
    assert page_of(round_) in browser_of(town.yousaf.guardian).get(f"{BASE}/week/").content.decode()
    with time_machine.travel(ANSWER_BY + timedelta(hours=1), tick=False):
        browser = browser_of(town.yousaf.guardian)
        assert page_of(round_) not in browser.get(f"{BASE}/week/").content.decode()


def full(town: Town) -> Round:
    """Two children and five teachers; the mother speaks Urdu, and one teacher does too."""
    class_2b = SchoolClass.objects.create(school=town.school, name="2B")
    for name in ("Mr Bell", "Mrs Cole"):
        teaches(town, name)
    for name, lead in (("Ms Dunn", True), ("Mr Ellis", False)):
        teaches(town, name, lead=lead, school_class=class_2b)
    sibling(town, "Sana Yousaf", class_2b, town.yousaf.guardian)
    KnownLanguage.objects.create(school=town.school, staff=town.amal, language="ur")
    made = made_round(town, town.class_4a, class_2b)
    ask(town, made)
    return made


def test_two_children_and_five_teachers_take_twelve_taps_at_most(town: Town) -> None:
    made = full(town)
    page = browser_of(town.yousaf.guardian).get(page_of(made)).content.decode()
    ticks = re.findall(r'<input type="checkbox"[^>]*>', page)
    of_hosts = [tag for tag in ticks if 'name="hosts-' in tag]
    not_yet = [tag for tag in of_hosts if "checked" not in tag]
    windows = [tag for tag in ticks if 'name="windows"' in tag]
    assert (len(of_hosts), len(not_yet), len(windows)) == (5, 3, 4)
    interpreter = next(tag for tag in ticks if 'name="interpreter"' in tag)
    assert "checked" in interpreter
    # All teachers, two times, another way, a woman, and the button; nothing has to be typed.
    assert len(not_yet) + 2 + 1 + 1 + 1 <= 12
    assert len(not_yet) + len(windows) + 1 + 1 + 1 <= 12  # even with every time ticked
    assert "required" not in "".join(re.findall(r"<input type=\"text\"[^>]*>", page))
    assert "<script" not in page.replace('<script src="', "")  # no script of its own


@pytest.mark.parametrize("language", ["en", "ur", "ar", "ta", "ps"])
def test_it_is_light_enough_for_a_slow_network(town: Town, language: str) -> None:
    made = full(town)
    browser = browser_of(town.yousaf.guardian)
    User.objects.update(language=language)
    page = browser.get(page_of(made)).content
    assert f'<html lang="{language}"' in page.decode()
    assert len(gzip.compress(page)) + len(brotli.compress(CSS.read_bytes())) <= 14 * 1024


def test_the_host_of_a_closed_season_cannot_be_asked_by_the_office(town: Town, round_: Round) -> None:
    Round.objects.update(closed_at=NOW)
    party = party_of(round_, town.yousaf.guardian)
    browser_of(town.okafor).post(
        f"{BASE}/rounds/{round_.key}/parties/{party.key}/", said(round_, town, "Mr Bell")
    )
    assert wished(party) == [("Hamza", "round", ("Ms Amal",))]
    assert host_of(round_, town.amal).staff == town.amal
