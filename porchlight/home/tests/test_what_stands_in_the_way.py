"""Why words cannot get to a home: the desk says it as planning has it, and the street suggests what mends it."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import known_of, may_not_use
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import ErrandKind
from porchlight.families.models import Address, ContactPoint
from porchlight.home import desk, street
from porchlight.home.homes import SeenHome, homes_seen

STOPPED, BAD = {"opted_out_at": TUESDAY}, {"state": "bad"}
UNSAFE, UNASKED, ENDED = {"unsafe_at": TUESDAY}, {"consented": False}, {"ended_at": TUESDAY}
FINE: dict[str, object] = {}
OF_A_POINT = {"unsafe_at", "consented", "ended_at"}


def two_ways(town: Town, phone: dict[str, object], mailbox: dict[str, object]) -> SeenHome:
    """Mr Yousaf with a phone that he likes best, and a mailbox."""
    address, _point = cast.reach(
        town.school, town.yousaf.guardian, "yousaf@example.org", channel="email", rank=2
    )
    for pk, change in ((town.yousaf.address.pk, phone), (address.pk, mailbox)):
        for name, value in change.items():
            rows = ContactPoint.objects.filter(address=pk)
            (rows if name in OF_A_POINT else Address.objects.filter(pk=pk)).update(**{name: value})
    [home] = homes_seen(town.school, town.amal.actor(), TUESDAY)
    return home


@pytest.mark.parametrize(
    ("phone", "mailbox", "why"),
    [
        (STOPPED, BAD, NotReached.OPTED_OUT),
        (BAD, STOPPED, NotReached.BAD_ADDRESS),
        (UNASKED, BAD, NotReached.NO_CONSENT),
        (UNSAFE, BAD, NotReached.BAD_ADDRESS),
        (UNSAFE, UNSAFE, NotReached.NO_ADDRESS),
    ],
)
def test_two_ways_shut_for_two_reasons_are_no_way(
    town: Town, phone: dict[str, object], mailbox: dict[str, object], why: NotReached
) -> None:
    assert two_ways(town, phone, mailbox).in_the_way == str(why.next_step)
    page = desk.look(town.school, town.amal.actor(), now=TUESDAY)
    assert (page.good_news_count, page.not_reached_count) == (0, 1)
    [unlit] = street.look(town.school, town.amal.actor(), now=TUESDAY).unlit
    assert unlit.suggested == ErrandKind.MEND_ADDRESS


@pytest.mark.parametrize(
    ("phone", "mailbox"), list(product([FINE, STOPPED, BAD, UNSAFE, UNASKED, ENDED], repeat=2))
)
def test_a_way_is_open_where_planning_knows_one(
    town: Town, phone: dict[str, object], mailbox: dict[str, object]
) -> None:
    home, guardian = two_ways(town, phone, mailbox), town.yousaf.guardian.pk
    known = known_of(town.school, [guardian], on=TUESDAY.date()).points.get(guardian, [])
    assert (home.in_the_way == "") == any(may_not_use(point) is None for point in known)


def test_it_is_one_question_however_many_homes(town: Town) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            homes_seen(town.school, town.amal.actor(), TUESDAY + timedelta(minutes=1))
        return sum("contactpoint" in one["sql"].lower() for one in queries)

    few = asked()
    for number in range(2, 9):
        town.home(number)
    assert asked() == few == 1
