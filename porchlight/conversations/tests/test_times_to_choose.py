"""The fields for times on the page for writing: what is given wrongly stays there with a word, and clocks that change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.compose_form import ComposeForm
from porchlight.conversations.models import Ask
from porchlight.conversations.notices import release, write
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY

pytestmark = pytest.mark.django_db
GIVEN = ["2026-10-20T15:30", "", "2026-10-19T09:00", "", "", ""]


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def fields(town: Town, *times: str, **more: str) -> dict[str, object]:
    given = {f"times_{place}": when for place, when in enumerate(times)}
    return {
        "kind": "question",
        "shape": "choose_time",
        "audience": [f"class:{town.class_4a.key}"],
        "text": "When can you come?",
        "language": "en",
        **given,
        **more,
    }


def form(town: Town, *times: str, **more: str) -> ComposeForm:
    data = fields(town, *times, **more)
    return ComposeForm(data, actor=town.amal.actor(), school=town.school, now=TUESDAY)


def asked(town: Town, *times: str, **more: str) -> Ask:
    written = form(town, *times, **more)
    assert written.errors == {}
    made = write(written.draft(), school=town.school, by=town.amal.actor(), now=TUESDAY)
    release(made, by=town.amal.actor(), now=TUESDAY)
    return Ask.objects.get()


def moments(ask: Ask) -> list[datetime]:
    return [datetime.fromisoformat(one["at"]).astimezone(UTC) for one in ask.options]


def test_times_are_of_the_schools_clock_in_their_order_and_close_with_the_last(town: Town) -> None:
    ask = asked(town, *GIVEN)
    assert moments(ask) == [datetime(2026, 10, 19, 8, tzinfo=UTC), datetime(2026, 10, 20, 14, 30, tzinfo=UTC)]
    assert ask.closes_at == moments(ask)[-1]


def test_an_end_that_is_written_closes_it_earlier_and_never_later(town: Town) -> None:
    that_day = datetime(2026, 10, 16, 22, 59, 59, tzinfo=UTC)
    assert asked(town, *GIVEN, closes_on="2026-10-16").closes_at == that_day
    Ask.objects.all().delete()
    later = asked(town, *GIVEN, closes_on="2026-12-01")
    assert later.closes_at == moments(later)[-1]


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        ([], "Give at least two different times."),
        (["2026-10-20T15:30"], "Give at least two different times."),
        (["2026-10-20T15:30", "2026-10-20T15:30"], "Give at least two different times."),
        (["2026-10-20T15:30", "2026-10-13T15:09"], "One of these times has passed."),
        (["2026-10-20T15:30", "Friday"], "Write a day and a time, such as"),
        (["2026-10-20T15:30", "2026-02-30T10:00"], "Write a day and a time, such as"),
        (["2027-03-28T01:30", "2027-03-29T10:00"], "The clocks go forward in this hour"),
    ],
)
def test_what_cannot_be_chosen_is_said_beside_the_fields(town: Town, times: list[str], fault: str) -> None:
    written = form(town, *times)
    assert list(written.errors) == ["times"]
    assert fault in written.errors["times"][0]


def test_what_was_typed_stays_in_its_field_when_another_is_wrong(town: Town) -> None:
    page = browser_of(town.amal).post("/maple-street/notices/new/", fields(town, *GIVEN, text=""))
    assert page.status_code == 422
    html = page.content.decode()
    for place, when in ((0, "2026-10-20T15:30"), (2, "2026-10-19T09:00")):
        assert f'name="times_{place}" value="{when}"' in html
    assert html.count('name="times_') == 6


def test_around_the_change_of_clocks_each_time_is_the_hour_that_families_read(town: Town) -> None:
    """In the night of 25 October 2026 it is 01:30 twice in London: the first is meant."""
    ask = asked(town, "2026-10-25T01:30", "2026-10-25T02:00", "2026-10-24T23:30")
    before, twice, after = moments(ask)
    assert before == datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert after - twice == timedelta(hours=1, minutes=30)  # half an hour on the clock
    assert [ask.label(one["key"], "en") for one in ask.options] == [
        "Saturday 24 October 11.30 pm",
        "Sunday 25 October 1.30 am",
        "Sunday 25 October 2 am",
    ]


def test_a_moment_to_send_in_the_hour_that_is_left_out_is_refused(town: Town) -> None:
    written = form(town, *GIVEN, goes_at="2027-03-28T01:59")
    assert list(written.errors) == ["goes_at"]
    assert form(town, *GIVEN, goes_at="2026-10-14T02:00").errors == {}


def test_a_time_that_is_over_before_the_message_goes_is_refused(town: Town) -> None:
    written = form(town, *GIVEN, goes_at="2026-10-19T09:00")
    assert list(written.errors) == ["times"]
    assert "over before the message goes" in written.errors["times"][0]
    assert form(town, *GIVEN, goes_at="2026-10-19T08:59").errors == {}


def test_without_the_shape_the_fields_are_not_looked_at(town: Town) -> None:
    assert form(town, "2026-10-20T15:30", shape="yes_no").errors == {}
