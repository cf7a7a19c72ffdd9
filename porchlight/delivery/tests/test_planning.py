"""Who gets it, where, and why not: the plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from porchlight.delivery.content import Recipient, ServiceKind, Urgency
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.opening import open_account
from porchlight.delivery.planning import Planned, plan
from porchlight.delivery.service import serve
from porchlight.delivery.tests import cast
from porchlight.families.models import AddressState
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.schools.wall import school_context

NIGHT = datetime(2026, 10, 13, 20, 30, tzinfo=UTC)  # 21:30 in London
MORNING = datetime(2026, 10, 14, 6, 0, tzinfo=UTC)  # 07:00 in London


def planned(
    school, *homes, content=None, urgency=Urgency.ORDINARY, now=cast.TUESDAY, **more
) -> list[Planned]:
    return plan(
        school=school,
        recipients=[home.recipient for home in homes],
        content_for=lambda recipient: content or cast.words(),
        urgency=urgency,
        now=now,
        **more,
    )


def why(school, home, **more) -> NotReached | None:
    [one] = planned(school, home, **more)
    assert (one.body is None) == (one.not_reached is not None)
    return one.not_reached


def test_it_goes_to_the_preferred_address_with_sender_and_school_above_the_words(school):
    account, home = cast.account(school), cast.home(school)
    cast.reach(school, home.guardian, "+447700900777", rank=2)
    [one] = planned(school, home)
    assert (one.address, one.contact_point, one.account) == (home.address, home.point, account)
    assert (one.channel, one.due_at) == ("sms", cast.TUESDAY)
    assert one.body is not None
    assert one.body.text == "Ms Amal, Maple Street School\nHamza painted a lighthouse today."
    assert (one.body.segments, one.body.cost_class) == (1, "one text")


def test_a_long_text_says_how_many_texts_it_costs(school):
    cast.account(school)
    [one] = planned(school, cast.home(school), content=cast.words("a" * 200))
    assert one.body is not None
    assert (one.body.segments, one.body.cost_class) == (2, "2 texts")


def test_without_any_address_the_home_is_not_reached(school):
    cast.account(school)
    home = cast.home(school)
    home.point.ended_at = timezone.now()
    home.point.save()
    assert why(school, home) is NotReached.NO_ADDRESS


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"consented": False}, NotReached.NO_CONSENT),
        ({"opted_out_at": cast.TUESDAY}, NotReached.OPTED_OUT),
        ({"state": AddressState.BAD}, NotReached.BAD_ADDRESS),
    ],
)
def test_an_address_that_may_not_be_used_says_why(school, change, reason):
    cast.account(school)
    home = cast.home(school)
    for field, value in change.items():
        row = home.point if hasattr(home.point, field) else home.address
        setattr(row, field, value)
        row.save()
    assert why(school, home) is reason
    assert str(reason.next_step)
    second, _ = cast.reach(school, home.guardian, "+447700900777", rank=2)
    [one] = planned(school, home)
    assert one.address == second


def test_a_channel_without_an_account_is_said_so(school):
    cast.account(school)
    assert why(school, cast.home(school, channel="whatsapp")) is NotReached.NO_ACCOUNT


def test_a_restriction_on_contact_stops_it_and_one_on_records_does_not(school):
    cast.account(school)
    home = cast.home(school)
    home.restrict("records")
    assert why(school, home) is None
    home.restrict("contact")
    assert why(school, home) is NotReached.RESTRICTED


def test_a_lifted_restriction_and_one_not_yet_in_force_stop_nothing(school):
    cast.account(school)
    home = cast.home(school)
    lifted, later = home.restrict(), home.restrict()
    lifted.lifted_at = cast.TUESDAY
    lifted.save()
    later.since = cast.TUESDAY.date() + timedelta(days=1)
    later.save()
    assert why(school, home) is None
    assert why(school, home, not_before=cast.TUESDAY + timedelta(days=1)) is NotReached.RESTRICTED


def test_who_has_no_right_to_one_of_the_children_gets_nothing_about_any(school):
    cast.account(school)
    home, other = cast.home(school), cast.home(school, 2)
    both = Recipient(home.guardian, (home.student, other.student))
    [one] = plan(
        school=school,
        recipients=[both],
        content_for=lambda recipient: cast.words(),
        urgency=Urgency.ORDINARY,
        now=cast.TUESDAY,
    )
    assert one.not_reached is NotReached.NO_RIGHT


def test_quiet_hours_move_it_to_the_morning_at_the_homes_own_clock(school):
    cast.account(school)
    london, karachi = cast.home(school), cast.home(school, 2, timezone="Asia/Karachi")
    here, there = planned(school, london, karachi, now=NIGHT)
    assert here.due_at == MORNING
    assert there.due_at == datetime(2026, 10, 14, 2, 0, tzinfo=UTC)  # 07:00 in Karachi


def test_urgent_words_do_not_wait_for_the_morning(school):
    cast.account(school)
    content = cast.words(urgent_reason="The boiler broke: school is closed.")
    [one] = planned(school, cast.home(school), content=content, urgency=Urgency.URGENT, now=NIGHT)
    assert one.due_at == NIGHT


def test_a_later_hour_is_kept_and_moved_out_of_the_night(school):
    cast.account(school)
    home = cast.home(school)
    [one] = planned(school, home, not_before=cast.TUESDAY + timedelta(hours=1))
    assert one.due_at == cast.TUESDAY + timedelta(hours=1)
    [one] = planned(school, home, not_before=NIGHT)
    assert one.due_at == MORNING


def test_the_number_of_queries_does_not_grow_with_the_number_of_homes(school, django_assert_num_queries):
    cast.account(school)
    homes = [cast.home(school, number) for number in range(1, 31)]
    with django_assert_num_queries(3):
        assert len(planned(school, homes[0])) == 1
    with django_assert_num_queries(3):
        assert len(planned(school, *homes)) == 30


def test_a_number_that_may_be_somebody_elses_gets_words_for_anybody_only(school):
    cast.account(school)
    home = cast.home(school)
    home.address.state = AddressState.NOTICE_ONLY
    home.address.save()
    [one] = planned(school, home, content=cast.words("School is closed tomorrow.", tier=Tier.L0))
    assert one.body is not None
    assert one.body.text == "Ms Amal, Maple Street School\nSchool is closed tomorrow."


def test_a_confirmed_number_is_preferred_to_one_that_may_be_somebody_elses(school):
    cast.account(school)
    home = cast.home(school)
    home.address.state = AddressState.NOTICE_ONLY
    home.address.save()
    second, _ = cast.reach(school, home.guardian, "+447700900777", rank=2)
    [one] = planned(school, home)
    assert one.address == second


def test_what_is_for_named_staff_alone_never_travels(school):
    cast.account(school)
    home = cast.home(school)
    assert why(school, home, content=cast.words(tier=Tier.L3, page_path="/x")) is NotReached.TOO_PRIVATE
    assert why(school, home, content=cast.words(tier=Tier.L2)) is NotReached.TOO_PRIVATE


def test_a_school_made_an_hour_ago_rings_and_prints_before_it_has_any_contract(db):
    call_command("school", "create", "oak-road", "Oak Road School", stdout=StringIO())
    school = School.objects.get(slug="oak-road")
    with school_context(school):
        home, unlisted = cast.home(school), cast.home(school, 2)
        unlisted.point.delete()
        assert [one.channel for one in planned(school, home, unlisted)] == ["voice", "paper"]


def test_by_hand_comes_after_every_gateway_and_in_its_order(school):
    home = cast.home(school)
    ways = []
    for gateway in ("slips", "call_list", "tap_sms", "office_phone"):
        open_account(school=school, gateway=gateway, label=gateway, by=system(school.pk))
        [one] = planned(school, home)
        ways.append(one.account.gateway)
    assert ways == ["slips", "call_list", "tap_sms", "office_phone"]


def test_what_is_too_personal_is_not_said_on_the_telephone_and_not_printed(school):
    for gateway in ("call_list", "slips"):
        open_account(school=school, gateway=gateway, label=gateway, by=system(school.pk))
    home = cast.home(school)
    for page in ("/maple-street/messages/", ""):
        private = cast.words("A result", tier=Tier.L2, page_path=page)
        [one] = planned(school, home, content=private)
        assert one.channel == "paper"
        assert "in person. Please come and see us" in one.body.text
        assert "A result" not in one.body.text
    assert why(school, home, content=cast.words("A worry", tier=Tier.L3)) is NotReached.NO_ACCOUNT


@pytest.mark.parametrize(
    ("change", "channel"),
    [
        (
            {"opted_out_at": cast.TUESDAY},
            "paper",
        ),  # they asked for no messages there: nobody rings there either
        ({"consented": False}, "paper"),
        ({"state": AddressState.BAD}, "paper"),
        ({"state": AddressState.NOTICE_ONLY}, "paper"),
    ],
)
def test_what_holds_for_a_number_holds_for_a_call_to_it(school, change, channel):
    for gateway in ("call_list", "slips"):
        open_account(school=school, gateway=gateway, label=gateway, by=system(school.pk))
    home = cast.home(school)
    for field, value in change.items():
        row = home.point if hasattr(home.point, field) else home.address
        setattr(row, field, value)
        row.save()
    [one] = planned(school, home)
    assert one.channel == channel


def test_a_service_message_is_never_given_to_a_person_to_carry(school):
    home = cast.home(school)
    open_account(school=school, gateway="tap_sms", label="Tap", by=system(school.pk))
    sent = serve(
        school=school,
        kind=ServiceKind.SIGN_IN_CODE,
        to=home.address,
        language="en",
        now=cast.TUESDAY,
        code="482913",
    )
    assert sent is None
