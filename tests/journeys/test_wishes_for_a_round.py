"""A parent who reads Urdu, on a phone of 360 pixels and without script, says whom they would like to meet and when."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, expect

from porchlight.design.moments import full_day
from porchlight.families.models import Enrolment, Guardianship, Student
from porchlight.meetings.models import PartyTime, Wish
from porchlight.meetings.rounds.asking import ask_families, work
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.schools.models import SchoolClass, StaffMember, Teaching
from porchlight.toolbox import school_time
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, visiting

pytestmark = pytest.mark.browser

OF_4A, OF_2S = ("Mr Firth", "Mrs Gale"), ("Ms Holt", "Mr Ives")


def two_children_and_five_teachers(maple: Maple) -> str:
    """The address of the form."""
    school, now = maple.school, school_time.now()
    class_4a = SchoolClass.objects.in_school(school).get(name="4A")
    class_2s = SchoolClass.objects.create(school=school, name="2S")
    for names, school_class in ((OF_4A, class_4a), (OF_2S, class_2s)):
        for name in names:
            person = StaffMember.objects.create(school=school, name=name)
            Teaching.objects.create(school=school, school_class=school_class, staff=person)
    sana = Student.objects.create(school=school, name="Sana Yousaf")
    Enrolment.objects.create(school=school, student=sana, school_class=class_2s)
    Guardianship.objects.create(school=school, student=sana, guardian=maple.guardian("Mr Yousaf"))
    day = school.local(now).date() + timedelta(days=21)
    answer_by = now + timedelta(days=10)
    facts = Facts("Autumn", answer_by, [(day, time(15, 30), time(19, 30))], [class_4a, class_2s])
    round_ = make_round(school, facts, by=maple.actor("Mrs Okafor"), now=now)
    ask_families(round_, by=maple.actor("Mrs Okafor"), now=now)
    work(school.pk, round_.pk)
    return full_day(datetime.combine(day, time(15, 30), tzinfo=school.zone), zone=school.zone, language="ur")


def test_a_parent_says_it_in_urdu_in_a_few_taps(chromium: Browser, maple: Maple) -> None:
    day = two_children_and_five_teachers(maple)
    with visiting(chromium, maple, as_="yousaf", language="ur", **PHONE, **NO_SCRIPT) as parent:
        parent.goes("/maple-street/week/")
        parent.follows("Say when I can come")
        expect(parent.page.locator("html")).to_have_attribute("dir", "rtl")
        wide = parent.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360
        taps = 0
        for name in (*OF_4A, "Mr Ives"):
            parent.page.locator("label.pick", has_text=name).click()
            taps += 1
        parent.page.locator("label.pick", has_text=day).first.click()
        parent.presses("Send my wishes")
        taps += 3  # the link, the time, the button
        assert taps <= 12
        parent.reads("Thank you. We have your wishes, and write to you with the times.")
        for name in OF_4A:
            expect(parent.page.locator("label.pick", has_text=name).locator("input")).to_be_checked()
    hosts = Wish.objects.filter(asked_by="family", taken_back_at=None).values_list(
        "hosts__host__staff__name", flat=True
    )
    assert sorted(hosts) == ["Mr Firth", "Mr Ives", "Mrs Gale"]
    assert [f"{one.starts:%H:%M}-{one.ends:%H:%M}" for one in PartyTime.objects.all()] == ["15:30-17:30"]
