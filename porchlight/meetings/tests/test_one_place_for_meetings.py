"""All that home and school do with meetings is found from one place on each side, and costs the bar nothing."""

from __future__ import annotations

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.design.menu import Place, links
from porchlight.meetings.arranging import shift
from porchlight.meetings.led.parts import let_lead
from porchlight.meetings.models import Meeting, Reminder
from porchlight.meetings.tests.around import BEFORE_FIVE, html, opens
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet

pytestmark = pytest.mark.django_db


def test_a_family_finds_hours_visits_and_its_calendar_under_meetings(town: Town, meeting: Meeting) -> None:
    page = html(opens(town.yousaf.guardian, "/meetings/"))
    for path in ("/hours/with-teachers/", "/visit/", "/counselling/at-home/", "/meetings/calendar/"):
        assert f'href="/maple-street{path}"' in page


def test_colleagues_find_everything_of_meetings_on_top_of_their_day(town: Town) -> None:
    page = html(opens(town.amal, "/meetings/mine/"))
    assert [
        path in page
        for path in ('street/rounds/"', 'street/visits/"', 'street/hours/"', 'street/counselling/"')
    ] == [True, True, True, False]


def test_visits_stand_in_no_bar_of_their_own(town: Town) -> None:
    bar = links(Place.STAFF, actor=town.okafor.actor(), school=town.school, request=None)
    thumbs = links(Place.THUMBS, actor=town.yousaf.guardian.actor(), school=town.school, request=None)
    assert [one.label for one in bar if one.label in ("Meetings", "Visits")] == ["Meetings"]
    assert [one.label for one in thumbs] == ["This week", "Messages", "Meetings"]


def test_the_page_of_a_meeting_leads_to_what_the_student_shows(town: Town, meeting: Meeting) -> None:
    before = html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/"))
    let_lead(meeting, by=town.amal.actor(), now=NOW)
    after = html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/"))
    where = f"/meetings/{meeting.key}/student/"
    assert (where in before, where in after) == (False, True)
    assert f"/at-meetings/{meeting.key}/student/" in html(opens(town.amal, f"/at-meetings/{meeting.key}/"))


@pytest.mark.parametrize(("is_told", "reminders"), [(True, 2), (False, 0)])
def test_that_a_plan_moved_which_nobody_knows_of_reminds_nobody(
    town: Town, is_told: bool, reminders: int
) -> None:
    planned = meet(town, is_told=is_told)
    shift(planned, starts_at=THURSDAY, ends_at=planned.ends_at, by=town.amal.actor(), now=BEFORE_FIVE)
    assert Reminder.objects.filter(seat__meeting=planned).count() == reminders
