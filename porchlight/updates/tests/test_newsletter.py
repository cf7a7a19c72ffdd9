"""The school's month: composed, looked at, sent to every home in short, with all of it on the family's page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Notice
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import told
from porchlight.schools.models import Closure
from porchlight.updates import newsletters, weekly
from porchlight.updates.models import Newsletter
from porchlight.updates.tests.conftest import BASE, THURSDAY, TUESDAY, tells

pytestmark = pytest.mark.usefixtures("clock")
PATH = f"{BASE}/newsletter/"
TO_ALL = Audience(AudienceKind.SCHOOL)


def filled(town: Town) -> None:
    tells(town, "The hall is painted.", by=town.okafor, audience=TO_ALL, urdu="ہال میں رنگ ہو گیا ہے۔")
    tells(town, "Only for 4A.", urdu="صرف 4A کے لیے۔")
    Closure.objects.create(school=town.school, name="Half-term", starts_on="2026-10-26", ends_on="2026-10-30")


def test_a_class_stands_in_it_only_where_its_teacher_lent_it(town: Town) -> None:
    filled(town)
    row = weekly.this_week(town.class_4a, now=THURSDAY)
    found = weekly.written(row, now=THURSDAY)
    draft = weekly.draft_for(found)
    weekly.send(found, draft, by=town.amal.actor(), now=THURSDAY, press="p")
    month = newsletters.month_of(TUESDAY.date())
    before = newsletters.compose(town.school, month, THURSDAY).text.split("\n")
    assert before == [
        "News from Maple Street School, Thursday 1 October to Saturday 31 October:",
        "From school: The hall is painted.",
        "No school from Monday 26 October to Friday 30 October: Half-term",
        *([f"Whom to ask: Maple Street School, {town.school.phone}"] if town.school.phone else []),
    ]
    amal = browser_of(town.amal)
    assert amal.post(f"{BASE}/classes/{town.class_4a.key}/week/lending/").status_code == 302
    after = newsletters.compose(town.school, month, THURSDAY).text.split("\n")
    assert [line for line in after if line not in before] == ["Class 4A: From school: The hall is painted."]


def test_the_office_looks_and_sends_and_a_home_reads_all_of_it_in_its_language(town: Town) -> None:
    filled(town)
    office = browser_of(town.okafor)
    seen = office.post(PATH, {"look": ""})
    sent = office.post(PATH, {"looked": seen.context["seen"].mark, "send": "1"})
    assert sent.status_code == 302
    row = Newsletter.objects.get()
    page = f"{BASE}/newsletters/{row.key}/"
    assert row.notice.text.split("\n")[-1].endswith(page)
    assert row.notice.audience == {"kind": "school", "names": []}
    assert any(page in text for text in told(town.yousaf.guardian)) or row.notice.messages.exists()
    html = browser_of(town.yousaf.guardian).get(page).content.decode()
    assert "ہال میں رنگ ہو گیا ہے۔" in html
    assert "The hall is painted" not in html
    assert (
        page
        in browser_of(town.yousaf.guardian).get(f"{BASE}/class/{town.yousaf.student.key}/").content.decode()
    )
    office.post(PATH, {"look": "", "text": "Something else."})
    row.refresh_from_db()
    assert "Something else." not in row.text  # what went out stays


def test_changed_words_go_as_they_are_and_nothing_known_sends_nothing(town: Town) -> None:
    office = browser_of(town.okafor)
    assert "Nothing is known of this month yet" in office.post(PATH, {"look": ""}).content.decode()
    filled(town)
    seen = office.post(PATH, {"text": "Our month.\nThe hall is blue.", "look": ""})
    assert seen.context["draft"].text.startswith("Our month.\nThe hall is blue.\nAll of it stands here: ")
    assert Newsletter.objects.get().written_by == town.okafor


def test_nobody_sees_it_before_it_went_out_and_no_teacher_sends_it(town: Town) -> None:
    row = newsletters.this_month(town.school, now=TUESDAY)
    assert browser_of(town.yousaf.guardian).get(f"{BASE}/newsletters/{row.key}/").status_code == 404
    assert browser_of(town.amal).get(PATH).status_code == 404
    assert Notice.objects.filter(sent_at__gte=TUESDAY - timedelta(days=1)).count() == 0
