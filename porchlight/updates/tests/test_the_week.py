"""A class's update is composed from what the rooms know, waits for a look, and goes as one everyday announcement."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import Question
from porchlight.conversations.placing import thread_between
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import told
from porchlight.learning.models import Absence
from porchlight.schools.models import Closure, SchoolClass, Teaching
from porchlight.updates.composing import compose
from porchlight.updates.days import set_day
from porchlight.updates.models import ClassWeek, Tonight
from porchlight.updates.tests.conftest import BASE, THURSDAY, TRIP, TRIP_IN_URDU, TUESDAY, tells
from porchlight.updates.ticking import tick
from porchlight.updates.weekly import get_ready, send_alone, this_week, waiting, written

pytestmark = pytest.mark.usefixtures("clock")
MONDAY = date(2026, 10, 12)


def page_of(town: Town) -> str:
    return f"{BASE}/classes/{town.class_4a.key}/week/"


def lines(town: Town, now=THURSDAY, language: str = "en") -> list[str]:
    words = compose(town.class_4a, week=MONDAY, now=now).words(None)
    return words.for_reader(language).text.split("\n")


def test_it_tells_again_what_homes_were_told_each_in_its_own_language(town: Town) -> None:
    tells(town, urdu=TRIP_IN_URDU)
    tells(town, "The hall is painted.", by=town.okafor, audience=Audience(AudienceKind.SCHOOL))
    assert lines(town) == ["This week in 4A:", f"From school: {TRIP}", "From school: The hall is painted."]
    # The hall has no Urdu yet, so there is no Urdu of the whole: the usual road translates it.
    assert lines(town, language="ur") == lines(town)
    Notice.objects.filter(text="The hall is painted.").delete()
    assert lines(town, language="ur") == ["4A میں یہ ہفتہ:", f"ہم نے آپ کو بتایا: {TRIP_IN_URDU}"]


def test_a_machines_words_in_it_make_it_a_machines(town: Town) -> None:
    notice = tells(town, urdu=TRIP_IN_URDU)
    notice.versions.update(provenance="engine", by="LibreTranslate")
    version = compose(town.class_4a, week=MONDAY, now=THURSDAY).words(None).for_reader("ur")
    assert version.is_unchecked_machine
    assert version.by == "LibreTranslate"


def test_questions_that_close_soon_and_days_off_ahead(town: Town) -> None:
    tells(town, "May your child swim?", question=Question("yes_no", closes_at=THURSDAY + timedelta(days=2)))
    tells(town, "Which club?", question=Question("short_text", closes_at=THURSDAY + timedelta(days=30)))
    for name, start, end in (
        ("Half-term", "2026-10-26", "2026-10-30"),
        ("Training", "2026-10-19", "2026-10-19"),
    ):
        Closure.objects.create(school=town.school, name=name, starts_on=start, ends_on=end)
    Closure.objects.create(school=town.school, name="Far", starts_on="2026-12-21", ends_on="2026-12-31")
    assert lines(town) == [
        "This week in 4A:",
        "Please answer by Saturday 17 October: May your child swim?",
        "No school on Monday 19 October: Training",
        "No school from Monday 26 October to Friday 30 October: Half-term",
    ]


def test_what_was_for_others_urgent_mistaken_or_said_before_this_week_is_not_in_it(town: Town) -> None:
    home = town.home(2)
    tells(town, "Only for one home.", audience=Audience(AudienceKind.STUDENTS, (home.student.key,)))
    tells(town, "Last week.", at=TUESDAY - timedelta(days=7))
    taken_back = tells(town, "Not so.")
    Notice.objects.filter(pk=taken_back.pk).update(undone_at=TUESDAY)
    assert compose(town.class_4a, week=MONDAY, now=THURSDAY).is_empty


def test_good_words_are_counted_from_three_on_and_absences_never_told(town: Town) -> None:
    homes = [town.yousaf, town.home(2), town.home(3)]
    Absence.objects.create(
        school=town.school, student=homes[1].student, first_day=MONDAY, last_day=MONDAY, missed_by=town.amal
    )
    for number, home in enumerate(homes, start=1):
        thread = thread_between(home.guardian, home.student)
        reply(
            thread=thread,
            text="She helped.",
            language="en",
            by=town.amal.actor(),
            now=TUESDAY,
            kind="good_news",
        )
        said = lines(town)[1:]
        assert said == (["Good words that went home this week: 3"] if number == 3 else [])
    assert not any(home.student.short_name in line for home in homes for line in lines(town))


def test_one_tap_to_look_one_to_send_and_the_homes_get_one_message(town: Town) -> None:
    tells(town, urdu=TRIP_IN_URDU)
    amal = browser_of(town.amal)
    seen = amal.post(page_of(town), {"look": ""})  # what the desk's button does
    assert seen.status_code == 200
    assert ClassWeek.objects.count() == 0
    mark = seen.context["seen"].mark
    sent = amal.post(page_of(town), {"looked": mark, "send": "1"})
    notice = ClassWeek.objects.get().notice
    assert sent["Location"] == f"{BASE}/notices/{notice.key}/"
    assert not notice.is_urgent
    again = amal.post(page_of(town), {"looked": mark, "send": "1"})
    assert again.status_code == 200
    assert Notice.objects.count() == 2
    text = Message.objects.get(notice=notice).rendering.text
    assert text.startswith("4A میں یہ ہفتہ:\nہم نے آپ کو بتایا:")
    assert "آج رات کا سوال:" in text
    assert Tonight.objects.get().notice == notice


def test_taken_back_before_it_left_it_can_be_sent_once_more(town: Town) -> None:
    tells(town)
    amal = browser_of(town.amal)
    for number in (1, 2):
        seen = amal.post(page_of(town), {"look": ""})
        amal.post(page_of(town), {"looked": seen.context["seen"].mark, "send": "1"})
        notice = ClassWeek.objects.get().notice
        assert Notice.objects.count() == 1 + number
        assert waiting(town.amal.actor(), school=town.school, now=TUESDAY) == []
        undo(notice, by=town.amal.actor(), now=TUESDAY)
        assert waiting(town.amal.actor(), school=town.school, now=TUESDAY) == [ClassWeek.objects.get()]
    assert send_alone(town.school, now=THURSDAY) == 0


def test_changed_words_stay_and_the_same_words_back_are_nobodys_change(town: Town) -> None:
    tells(town)
    amal, now = browser_of(town.amal), THURSDAY
    composed = written(this_week(town.class_4a, now=now), now=now).words.text
    own = composed.replace("Bring water.", "Bring a hat.")
    seen = amal.post(page_of(town), {"text": own.replace("\n", "\r\n"), "look": ""})
    row = ClassWeek.objects.get()
    assert (row.text, row.written_by) == (own, town.amal)
    amal.post(page_of(town), {"looked": seen.context["seen"].mark, "send": "1"})
    row.refresh_from_db()
    assert row.notice.text == own
    assert amal.get(page_of(town)).context["row"].notice == row.notice


def test_nothing_known_is_said_and_nothing_sent_but_the_question_can_go_alone(town: Town) -> None:
    amal = browser_of(town.amal)
    shown = amal.post(page_of(town), {"look": ""}).content.decode()
    assert "Nothing is known of this week yet" in shown
    assert 'name="send"' not in shown
    assert get_ready(town.school, now=THURSDAY) == 0
    seen = amal.post(page_of(town), {"alone": "1"})
    amal.post(page_of(town), {"alone": "1", "looked": seen.context["seen"].mark, "send": "1"})
    assert Notice.objects.get().text.startswith("Tonight's question: ")
    assert ClassWeek.objects.filter(notice__isnull=False).count() == 0


def test_it_is_ready_on_its_day_and_stands_on_the_teachers_desk(town: Town, clock) -> None:
    tells(town)
    Closure.objects.create(school=town.school, name="Snow", starts_on="2026-10-15", ends_on="2026-10-15")
    wednesday = TUESDAY + timedelta(days=1)
    assert get_ready(town.school, now=wednesday) == 0  # before two o'clock
    assert get_ready(town.school, now=wednesday + timedelta(hours=4)) == 1  # Thursday is off
    assert get_ready(town.school, now=THURSDAY) == 0
    clock.move_to(THURSDAY)
    amal = browser_of(town.amal)
    assert "4A</bdi>: this week’s update is" in amal.get(f"{BASE}/desk/").content.decode()
    amal.post(f"{page_of(town)}leaving-out/")
    assert "this week’s update is" not in amal.get(f"{BASE}/desk/").content.decode()
    assert told(town.yousaf.guardian) == [TRIP]


def test_it_never_goes_by_itself_but_where_somebody_chose_so(town: Town, clock) -> None:
    tells(town)
    amal = browser_of(town.amal)
    get_ready(town.school, now=THURSDAY)
    later = THURSDAY + timedelta(hours=2)
    assert send_alone(town.school, now=later) == 0
    kept = amal.post(f"{page_of(town)}day/", {"weekday": "3", "hour": "14:00", "alone": "on"})
    assert kept.status_code == 302
    assert send_alone(town.school, now=THURSDAY + timedelta(hours=1)) == 0
    assert send_alone(town.school, now=later) == 1
    assert send_alone(town.school, now=later) == 0
    assert ClassWeek.objects.get().notice.by == town.amal


@on_both_databases
def test_a_class_that_says_no_is_not_overruled_and_who_left_sends_nothing(town: Town) -> None:
    tells(town)
    get_ready(town.school, now=THURSDAY)
    later, rule = THURSDAY + timedelta(hours=2), {"weekday": 3, "hour": time(14), "now": TUESDAY}
    set_day(town.school, None, alone=True, by=town.okafor.actor(), **rule)
    own = set_day(town.school, town.class_4a, alone=False, by=town.amal.actor(), **rule)
    assert send_alone(town.school, now=later) == 0
    own.delete()
    town.okafor.left_at = TUESDAY
    town.okafor.save()
    assert send_alone(town.school, now=later) == 0


def test_who_teaches_another_class_by_now_sends_nothing_and_holds_nobody_up(town: Town) -> None:
    later, rule = THURSDAY + timedelta(hours=2), {"weekday": 3, "hour": time(14), "now": TUESDAY}
    other = SchoolClass.objects.create(school=town.school, name="5B", year="5")
    child = town.home(2).student
    child.enrolments.update(school_class=other)
    tells(town, by=town.okafor, audience=Audience(AudienceKind.SCHOOL))
    for school_class, by in ((town.class_4a, town.amal), (other, town.okafor)):
        set_day(town.school, school_class, alone=True, by=by.actor(), **rule)
    get_ready(town.school, now=THURSDAY)
    Teaching.objects.filter(staff=town.amal).update(until=MONDAY)
    assert send_alone(town.school, now=later) == 1
    assert ClassWeek.objects.get(notice__isnull=False).school_class == other
    assert waiting(town.okafor.actor(), school=town.school, now=later) == [
        ClassWeek.objects.get(school_class=town.class_4a)
    ]


def test_the_rounds_bring_it_about(town: Town, clock) -> None:
    tells(town)
    clock.move_to(THURSDAY)
    tick(town.school, THURSDAY)
    assert ClassWeek.objects.count() == 1
