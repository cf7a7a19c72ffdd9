"""Whatever changes between writing and sending, the last check before the wire sees it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import time, timedelta

import pytest

from porchlight.delivery.actions import withdraw
from porchlight.delivery.content import ServiceKind, Urgency
from porchlight.delivery.models import Delivery, Lane, Parcel, Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.planning import plan
from porchlight.delivery.service import serve
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import Home, put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases, worker
from porchlight.families.models import AddressState, Guardian, Guardianship, Restriction
from porchlight.schools.tiers import Tier

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
YESTERDAY, TOMORROW = (cast.TUESDAY.date() + timedelta(days=days) for days in (-1, 1))


def save(row, **changes) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def lent(home: Home, **lender: object) -> Guardianship:
    """The home's right stands on another adult's from now on; returns that one's."""
    other = Guardian.objects.create(school_id=home.tie.school_id, left_at=lender.pop("left_at", None))
    theirs = Guardianship.objects.create(
        school_id=home.tie.school_id, guardian=other, student=home.student, **lender
    )
    save(home.tie, lent_by=theirs)
    return theirs


def lent_by_one_kept_apart(home: Home) -> None:
    Restriction.objects.create(
        school_id=home.tie.school_id, guardianship=lent(home), scope="contact", evidence="seen"
    )


# What may happen to a home, and what the check says of it.
HAPPENINGS: dict[str, tuple[Callable[[Home], object], str]] = {
    "nothing": (lambda home: None, ""),
    "contact is restricted": (lambda home: home.restrict(), Stopped.RESTRICTED),
    "records are restricted": (lambda home: home.restrict("records"), ""),
    "a restriction begins tomorrow": (lambda home: save(home.restrict(), since=TOMORROW), ""),
    "a restriction ended yesterday": (lambda home: save(home.restrict(), until=YESTERDAY), ""),
    "a restriction was lifted": (lambda home: save(home.restrict(), lifted_at=cast.TUESDAY), ""),
    "a restriction ends today": (lambda home: save(home.restrict(), until=cast.TUESDAY.date()), Stopped.RESTRICTED),
    "the right to receive is gone": (lambda home: save(home.tie, may_receive=False), Stopped.RESTRICTED),
    "the guardianship ended": (lambda home: save(home.tie, until=YESTERDAY), Stopped.RESTRICTED),
    "the guardianship has not begun": (lambda home: save(home.tie, since=TOMORROW), Stopped.RESTRICTED),
    "their right is lent": (lent, ""),
    "who lent it may not receive": (lambda home: lent(home, may_receive=False), Stopped.RESTRICTED),
    "who lent it is restricted": (lent_by_one_kept_apart, Stopped.RESTRICTED),
    "who lent it is over": (lambda home: lent(home, until=YESTERDAY), Stopped.RESTRICTED),
    "who lent it has not begun": (lambda home: lent(home, since=TOMORROW), Stopped.RESTRICTED),
    "who lent it left": (lambda home: lent(home, left_at=cast.TUESDAY), Stopped.RESTRICTED),
    "the child left the school": (lambda home: save(home.student, left_at=cast.TUESDAY), Stopped.RESTRICTED),
    "the guardian left": (lambda home: save(home.guardian, left_at=cast.TUESDAY), Stopped.ENDED),
    "they said stop": (lambda home: save(home.address, opted_out_at=cast.TUESDAY), Stopped.OPTED_OUT),
    "the number is dead": (lambda home: save(home.address, state=AddressState.BAD), Stopped.BAD_ADDRESS),
    "the number may be another's": (lambda home: save(home.address, state=AddressState.NOTICE_ONLY), Stopped.DEMOTED),
    "the number is no longer theirs": (lambda home: save(home.point, ended_at=cast.TUESDAY), Stopped.ENDED),
    "the number is on trial": (lambda home: save(home.point, on_trial=True), Stopped.DEMOTED),
    "somebody else reads there": (lambda home: save(home.point, unsafe_at=cast.TUESDAY), Stopped.ENDED),
    "the contact point was deleted": (lambda home: home.point.delete(), Stopped.ENDED),
    "consent was taken back": (lambda home: save(home.point, consented=False), Stopped.NO_CONSENT),
}  # fmt: skip


def claimed():
    turns = waiting_lanes(cast.TUESDAY)
    return claim(turns[0], 64, cast.TUESDAY) if turns else None


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_happens_after_the_words_were_written_stops_them(school, happening):
    cast.account(school)
    home, other = cast.home(school), cast.home(school, 2)
    put_in_outbox(school, home, other)
    happen, stopped = HAPPENINGS[happening]
    happen(home)
    batch = claimed()
    mine = Delivery.objects.get(parcel__guardian=home.guardian)
    assert mine.stopped == stopped
    assert [row.id for row in batch.leaving if row.id == mine.pk] == ([] if stopped else [mine.pk])
    assert len(batch.leaving) == (1 if stopped else 2)
    assert batch.stopped == ([mine.pk] if stopped else [])
    assert mine.tries == (0 if stopped else 1)


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_planning_and_the_last_check_agree(school, happening):
    """What would be stopped at the wire is not planned in the first place, and the other way round."""
    cast.account(school)
    home = cast.home(school)
    HAPPENINGS[happening][0](home)
    [one] = plan(
        school=school,
        recipients=[home.recipient],
        content_for=lambda recipient: cast.words(),
        urgency=Urgency.ORDINARY,
        now=cast.TUESDAY,
    )
    stopped = HAPPENINGS[happening][1]
    if stopped == Stopped.DEMOTED:  # planned with words for anybody
        assert one.body is not None
        assert not one.body.is_personal
    elif (
        happening == "the guardian left"
    ):  # conversations asks nobody who left; planning has no right to show
        assert one.not_reached is NotReached.NO_RIGHT
    else:
        assert (one.not_reached is not None) == bool(stopped)


def test_a_restriction_on_one_of_two_children_stops_what_is_about_both(school):
    cast.account(school)
    home, other = cast.home(school), cast.home(school, 2)
    second = Guardianship.objects.create(school=school, guardian=home.guardian, student=other.student)
    [parcel] = put_in_outbox(school, home)
    parcel.about.create(school=school, student=other.student)
    Restriction.objects.create(school=school, guardianship=second, scope="contact", evidence="seen")
    assert claimed().leaving == []
    assert parcel.deliveries.get().stopped == Stopped.RESTRICTED


def test_words_for_anybody_still_reach_a_number_that_may_be_anothers(school):
    cast.account(school)
    home = cast.home(school)
    put_in_outbox(school, home, content=cast.words("School is closed tomorrow.", tier=Tier.L0))
    save(home.address, state=AddressState.NOTICE_ONLY)
    assert len(claimed().leaving) == 1


def test_words_past_their_time_do_not_leave(school):
    cast.account(school)
    [parcel] = put_in_outbox(school, cast.home(school))
    save(parcel, expires_at=cast.TUESDAY)
    assert claimed().leaving == []
    assert parcel.deliveries.get().stopped == Stopped.EXPIRED


def test_a_parcel_taken_back_while_it_waits_for_a_second_try_does_not_go_again(school):
    cast.account(school)
    [parcel] = put_in_outbox(school, cast.home(school))
    Delivery.objects.update(copies=1)
    assert withdraw([parcel]) == 0
    assert claimed().leaving == []
    assert parcel.deliveries.get().stopped == Stopped.WITHDRAWN


def test_quiet_hours_the_school_changed_meanwhile_hold_it_at_each_homes_own_clock(school):
    cast.account(school)
    home, abroad = cast.home(school), cast.home(school, 2, timezone="Asia/Karachi")
    [here, there] = put_in_outbox(school, home, abroad)
    save(school, quiet_from=time(15), quiet_until=time(18))  # it is 15:10 here, 19:10 there
    assert [row.id for row in claimed().leaving] == [there.deliveries.get().pk]
    delivery = here.deliveries.get()
    assert (delivery.stopped, delivery.lease_until, delivery.tries) == ("", None, 0)
    assert delivery.due_at == cast.TUESDAY.replace(hour=17, minute=0)


def test_urgent_words_and_service_messages_leave_in_quiet_hours(school):
    cast.account(school)
    home = cast.home(school)
    content = cast.words(urgent_reason="Boiler.")
    put_in_outbox(school, home, content=content, urgency=Urgency.URGENT)
    serve(school=school, kind=ServiceKind.HELP, to=home.address, language="en", now=cast.TUESDAY)
    save(school, quiet_from=time(15), quiet_until=time(18))
    assert len(claimed().leaving) == 2


def test_stop_is_confirmed_to_who_said_stop_and_nothing_else_is_said_to_them(school):
    cast.account(school)
    home = cast.home(school)
    save(home.address, opted_out_at=cast.TUESDAY)
    for kind in (ServiceKind.STOP_CONFIRMED, ServiceKind.ASK_ANSWERED):
        serve(school=school, kind=kind, to=home.address, language="en", now=cast.TUESDAY, answer="Yes")
    Lane.objects.update(due_at=cast.TUESDAY)
    assert [row.service_kind for row in claimed().leaving] == [ServiceKind.STOP_CONFIRMED]


def test_a_restriction_set_at_any_instant_is_never_followed_by_a_sending(school, town):
    """Between the check and the wire at most a quarter of a second passes; what was not checked since is."""
    cast.twilio(school, town)
    homes = [cast.home(school, number) for number in range(1, 201)]
    chance = random.Random(20261013)
    barred: dict[int, int] = {}  # guardian, and how many had left when the restriction came into force
    left: list[int] = []

    def before_each_batch(sendings) -> None:
        left.extend(one.row.id for one in sendings)
        restrict_some()

    def restrict_some() -> None:
        for home in chance.sample(homes, 6):
            if home.guardian.pk not in barred:
                home.restrict()
                barred[home.guardian.pk] = len(left)

    put_in_outbox(school, *homes)
    restrict_some()
    with worker(before_each_batch) as outbox:
        outbox.run_until_empty()
    guardian_of = dict(Parcel.objects.values_list("deliveries__pk", "guardian_id"))
    for place, delivery_id in enumerate(left):
        in_force_from = barred.get(guardian_of[delivery_id])
        assert in_force_from is None or place < in_force_from
    stopped = set(Delivery.objects.filter(stopped=Stopped.RESTRICTED).values_list("pk", flat=True))
    assert len(barred) > 20
    assert len(stopped) > 10
    assert set(left) | stopped == set(guardian_of)
    assert town.counts()["taken"]["twilio"] + len(stopped) == 200


def test_another_schools_people_never_matter(school, other_school):
    """The same rules, asked in another school: its restrictions stop nothing here."""
    cast.account(school)
    home = cast.home(school)
    cast.home(other_school).restrict()
    put_in_outbox(school, home)
    assert len(claimed().leaving) == 1
