"""Small words of meetings' pages, each said one way: who is called first, what may stay empty, hours, lists, whose step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils.translation import override

from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import say
from porchlight.delivery.models import Parcel
from porchlight.meetings.around import steps
from porchlight.meetings.models import Doer, Step
from porchlight.meetings.planned import changing, moving
from porchlight.meetings.tests.a_round import a_round
from porchlight.meetings.tests.around import opens
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.hours_kit import browser_of, keeps
from porchlight.meetings.tests.test_the_board_by_hand import placed
from porchlight.meetings.tests.test_times_are_told import tell
from porchlight.meetings.tests.visit_kit import leader

BASE, AFTERNOON = "/maple-street", "visits/afternoon/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(person: object, path: str) -> str:
    answer = browser_of(person).get(f"{BASE}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_is_called_first_and_who_after_is_said(town: Town) -> None:
    page = read(leader(town), "visits/")
    assert "Whom to call first" in page
    assert "If nobody answers" in page
    assert "The other" not in page


def test_hours_that_are_wanted_are_not_marked_as_if_one_could_do_without(town: Town) -> None:
    page = read(leader(town), AFTERNOON)
    starts = page[page.index('for="id_starts"') :]
    assert "(if you like)" not in starts[: starts.index("</label>")]


def test_hours_of_every_week_are_said_as_every_hour_is(town: Town) -> None:
    keeps(town.amal, starts=time(15, 45), ends=time(17))
    page = read(town.amal, "hours/")
    assert "Thursday 3.45 pm–5 pm" in page
    assert "15:45" not in page[: page.index('<form method="post" class="stack"')]


def test_a_family_says_of_its_own_steps_alone_that_they_are_done(town: Town) -> None:
    meeting = meet(town)
    made = {
        doer: steps.agree(
            meeting, doer=doer, text="Read.", due_on=date(2026, 10, 29), by=town.amal.actor(), now=NOW
        )
        for doer in (Doer.FAMILY, Doer.STUDENT)
    }
    page = opens(town.yousaf.guardian, f"/meetings/{meeting.key}/").content.decode()
    assert f"/steps/{made[Doer.FAMILY].key}/" in page
    assert f"/steps/{made[Doer.STUDENT].key}/" not in page
    for doer, status in ((Doer.STUDENT, 404), (Doer.FAMILY, 302)):
        path = f"{BASE}/meetings/{meeting.key}/steps/{made[doer].key}/"
        assert browser_of(town.yousaf.guardian).post(path).status_code == status
    assert list(Step.objects.exclude(done_at=None)) == [made[Doer.FAMILY]]


def test_who_asked_for_another_time_counts_also_when_it_was_found(town: Town) -> None:
    made = a_round(town)
    wish = placed(made, 2, 0)
    tell(made)
    wish.refresh_from_db()
    guardian = wish.party.members.get().guardian
    say(town, "2", NOW + timedelta(minutes=5), guardian.contact_points.get().address)
    changing.settle(made.round, now=NOW + timedelta(minutes=6))
    wish.meeting.refresh_from_db()
    assert wish.meeting.revision == 1
    page = read(town.okafor, f"rounds/{made.round.key}/changes/")
    counted = page[page.index("Another time, please") :]
    assert counted[: counted.index("</dd>")].endswith("<bdi>1</bdi>")


@pytest.mark.parametrize(("language", "between"), [("en", ", "), ("ur", "، "), ("ar", "، ")])
def test_names_and_places_stand_with_the_comma_of_the_language(
    town: Town, language: str, between: str
) -> None:
    meeting = meet(town, hosts=[town.amal, town.okafor])
    with override(language):
        assert meeting.host_names == f"Ms Amal{between}Mrs Okafor"


def test_a_message_has_the_comma_of_who_reads_it(town: Town) -> None:
    made = a_round(town)
    wish = made.wish(made.party(town.yousaf), town.yousaf.student, made.amal, made.boone)
    moving.move(wish, day_id=made.days[0].pk, slot=0, by=made.office.actor(), now=NOW)
    tell(made)
    text = Parcel.objects.get(guardian=town.yousaf.guardian).text
    assert "Ms Amal، Mr Boone" in text
