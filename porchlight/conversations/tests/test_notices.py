"""A notice from draft to outbox: exact texts, hold, undo, schedule, the second person."""

from datetime import timedelta

import pytest
import time_machine

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message, MessageParcel, Notice, Rendering, Unreached
from porchlight.conversations.notices import (
    HOMES_ONE_PERSON_MAY_REACH,
    Draft,
    NoticeRefused,
    Question,
    approve,
    preview,
    release,
    send_due,
    write,
)
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardianship
from porchlight.languages.provenance import Provenance, Version


def draft(town: Town, text: str = "Please send a bottle of water on Friday.", **fields) -> Draft:
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    return Draft(text=text, language="en", audience=audience, **fields)


def sent(town: Town, **fields) -> Notice:
    with time_machine.travel(TUESDAY, tick=False):
        notice = write(draft(town, **fields), school=town.school, by=town.amal.actor(), now=TUESDAY)
        return release(notice, by=town.amal.actor(), now=TUESDAY)


def test_each_home_gets_it_in_its_own_thread_and_the_outbox_holds_it_thirty_seconds(town: Town) -> None:
    town.home(2)
    notice = sent(town)
    notice.refresh_from_db()
    assert notice.sent_at == TUESDAY
    assert sorted(str(m.thread.guardian) for m in Message.objects.all()) == ["Guardian 2", "Mr Yousaf"]
    assert {d.due_at for d in Delivery.objects.all()} == {TUESDAY + timedelta(seconds=30)}


def test_siblings_share_one_parcel_and_stand_in_two_threads(town: Town) -> None:
    second = town.home(2)
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=second.student)
    sent(town, text="{child}: bring water.")
    parcel = Parcel.objects.get(guardian=town.yousaf.guardian)
    assert parcel.text == "Hamza, Child2: bring water."
    own = Message.objects.filter(thread__guardian=town.yousaf.guardian).order_by("pk")
    assert [message.text for message in own] == ["Hamza: bring water.", "Child2: bring water."]
    assert MessageParcel.objects.filter(parcel=parcel).count() == 2


def test_a_version_written_by_a_person_reaches_its_readers_and_the_original_stays_beside_it(
    town: Town,
) -> None:
    urdu = Version("جمعہ کو پانی کی بوتل بھیجیں۔", "ur", Provenance.SCHOOL_TEMPLATE, "Ms Amal")
    sent(town, versions={"ur": urdu})
    message = Message.objects.get()
    assert (message.text, message.language) == ("Please send a bottle of water on Friday.", "en")
    rendering = Rendering.objects.get(message=message)
    assert (rendering.text, rendering.language, rendering.by) == (urdu.text, "ur", "Ms Amal")
    parcel = Parcel.objects.get()
    assert (parcel.text, parcel.language, parcel.is_original) == (urdu.text, "ur", False)


def test_without_a_version_the_original_goes_out_marked(town: Town) -> None:
    sent(town)
    parcel = Parcel.objects.get()
    assert (parcel.language, parcel.is_original) == ("en", True)
    assert not Rendering.objects.exists()


def test_roman_urdu_is_never_replaced_by_urdu(town: Town) -> None:
    town.yousaf.guardian.script = "Latn"
    town.yousaf.guardian.save()
    sent(town, versions={"ur": Version("پانی", "ur", Provenance.SCHOOL_TEMPLATE)})
    parcel = Parcel.objects.get()
    assert parcel.language == "ur-Latn"  # spelled by us: test_in_latin_letters.py
    assert "pani" in parcel.text.lower()
    assert "پ" not in parcel.text


def test_undo_inside_the_hold_sends_nothing(town: Town) -> None:
    town.home(2)
    notice = sent(town)
    later = TUESDAY + timedelta(seconds=29)
    assert undo(notice, by=town.amal.actor(), now=later) == 2
    assert not Delivery.objects.waiting().exists()
    assert not Message.objects.standing().exists()


def test_after_the_hold_undo_is_refused_in_words(town: Town) -> None:
    notice = sent(town)
    with pytest.raises(NoticeRefused, match="say sorry to those it reached"):
        undo(notice, by=town.amal.actor(), now=TUESDAY + timedelta(seconds=31))
    assert Delivery.objects.waiting().count() == 1


def test_an_urgent_notice_is_held_for_fifteen_seconds_which_is_long_enough_to_see_the_wrong_class(
    town: Town,
) -> None:
    notice = sent(town, urgent_reason="Burst pipe, school closes at noon")
    assert Delivery.objects.get().due_at == TUESDAY + timedelta(seconds=15)
    with pytest.raises(NoticeRefused, match="say sorry to those it reached"):
        undo(notice, by=town.amal.actor(), now=TUESDAY + timedelta(seconds=16))
    assert undo(notice, by=town.amal.actor(), now=TUESDAY + timedelta(seconds=15)) == 1


def test_a_scheduled_notice_waits_for_its_hour_and_meets_the_audience_of_that_day(town: Town) -> None:
    at = TUESDAY + timedelta(days=1)
    notice = sent(town, goes_at=at)
    assert notice.sent_at is None
    assert send_due(school=town.school, now=at - timedelta(minutes=1)) == 0
    town.yousaf.restrict()
    town.home(2)
    with time_machine.travel(at, tick=False):
        assert send_due(school=town.school, now=at) == 1
        assert send_due(school=town.school, now=at) == 0
    assert [str(p.guardian) for p in Parcel.objects.all()] == ["Guardian 2"]
    notice.refresh_from_db()
    assert notice.excluded == [{"reason": "restricted", "count": 1}]


def test_more_than_three_hundred_homes_need_a_second_person(town: Town) -> None:
    for number in range(2, HOMES_ONE_PERSON_MAY_REACH + 2):
        town.home(number)
    notice = sent(town)
    assert notice.needs_approval
    assert not Parcel.objects.exists()
    with pytest.raises(NoticeRefused, match="somebody else has to look"):
        approve(notice, by=_as_leader(town.amal), now=TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        approve(notice, by=town.okafor.actor(), now=TUESDAY)
    assert Parcel.objects.count() == HOMES_ONE_PERSON_MAY_REACH + 1


def _as_leader(staff):
    from porchlight.schools.actors import Role
    from porchlight.schools.models import StaffRole

    StaffRole.objects.create(school_id=staff.school_id, staff=staff, role=Role.LEADER)
    return staff.actor()


def test_a_home_without_an_address_has_the_message_and_a_reason(town: Town) -> None:
    town.yousaf.point.delete()
    sent(town)
    assert Unreached.objects.get().reason == "no_address"
    assert Message.objects.count() == 1


def test_a_notice_nobody_would_get_is_refused(town: Town) -> None:
    town.yousaf.restrict()
    notice = write(draft(town), school=town.school, by=town.amal.actor(), now=TUESDAY)
    with pytest.raises(NoticeRefused, match="Nobody would get this message"):
        release(notice, by=town.amal.actor(), now=TUESDAY)


def test_the_preview_writes_nothing_and_shows_what_the_sending_sends(town: Town) -> None:
    question = Question(shape="yes_no")
    with time_machine.travel(TUESDAY, tick=False):
        seen = preview(draft(town, question=question), school=town.school, by=town.amal.actor(), now=TUESDAY)
    assert not Parcel.objects.exists()
    shown = seen.reached[0].body
    sent(town, question=question)
    assert shown is not None
    assert Delivery.objects.get().body["text"] == shown.text


def test_one_press_of_the_button_is_one_notice(town: Town) -> None:
    """T44. A double click, a browser that tries again, two tabs of one form."""
    first = write(draft(town), school=town.school, by=town.amal.actor(), now=TUESDAY, press="a1b2")
    second = write(draft(town), school=town.school, by=town.amal.actor(), now=TUESDAY, press="a1b2")
    assert first == second


def test_telling_a_thousand_homes_takes_as_many_queries_as_telling_ten(
    town: Town, django_assert_max_num_queries
) -> None:
    for number in range(2, 120):
        town.home(number)
    with django_assert_max_num_queries(60):
        sent(town)
