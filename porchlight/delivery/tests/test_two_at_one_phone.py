"""Two adults, one phone: the same words go to it once and count for both; what holds for one holds for that one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from porchlight.delivery.actions import dispatch, replay, withdraw
from porchlight.delivery.content import AskSpec, Content, Recipient, Urgency
from porchlight.delivery.gateways.contract import Advice, Receipt, Refused, Status
from porchlight.delivery.inbox.processing import _join
from porchlight.delivery.inbox.waiting import WaitingPath
from porchlight.delivery.models import Account, Delivery, Lane, Parcel, Stopped, WebhookRoute
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import on_both_databases, worker
from porchlight.families.models import ContactPoint, Guardian, Guardianship
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from practice import ThreadedTown

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


@dataclass
class Pair:
    """Hamza's father and mother, at one number."""

    school: School
    account: Account
    father: cast.Home
    mother: Guardian
    her_tie: Guardianship
    her_point: ContactPoint

    @property
    def both(self) -> list[Recipient]:
        return [self.father.recipient, Recipient(self.mother, (self.father.student,))]

    def tell(self, *contents: Content) -> list[Parcel]:
        """The same to both, or to each what is given for them in turn."""
        said = dict(zip([one.guardian.pk for one in self.both], contents or [cast.words()] * 2, strict=True))
        planned = plan(
            school=self.school,
            recipients=self.both,
            content_for=lambda recipient: said[recipient.guardian.pk],
            urgency=Urgency.ORDINARY,
            now=school_time.now(),
        )
        parcels = dispatch(planned=planned, by=cast.teacher(self.school), urgency=Urgency.ORDINARY)
        Lane.objects.update(due_at=school_time.now())
        return parcels

    def stands(self, parcel: Parcel) -> list[tuple[str, str, str]]:
        """(to, how far, why not) of each way a parcel went."""
        rows = parcel.deliveries.order_by("pk").values_list("to", "status", "stopped")
        return [(to, Status(status).name, stopped) for to, status, stopped in rows]

    def hears(self, status: Status, refused: Refused | None = None) -> None:
        """The gateway says how far the delivery on the wire came."""
        first = Delivery.objects.filter(rides_with=None, stopped="").order_by("-pk")[0]
        route = WebhookRoute.objects.get(account=self.account)
        path = WaitingPath(route.pk, self.school.pk, self.account.pk, None)
        receipt = Receipt(key="k", provider_id="", status=status, reference=first.reference, refused=refused)
        _join(path, [receipt], school_time.now())


@pytest.fixture
def pair(school: School, town: ThreadedTown) -> Pair:
    account = cast.twilio(school, town)
    father = cast.home(school)
    mother = Guardian.objects.create(school=school, name="Sana Yousaf")
    tie = Guardianship.objects.create(school=school, guardian=mother, student=father.student)
    point = ContactPoint.objects.create(
        school=school, address=father.address, guardian=mother, consented=True
    )
    return Pair(school, account, father, mother, tie, point)


def send() -> None:
    with worker() as outbox:
        outbox.run_until_empty()


HERE, THERE = "+447700900001", "+447700900777"


def test_the_same_words_go_once_and_both_are_reached(pair: Pair, town: ThreadedTown) -> None:
    his, hers = pair.tell()
    send()
    assert pair.stands(his) == pair.stands(hers) == [(HERE, "SENT", "")]
    assert Delivery.objects.exclude(provider_id="").count() == 1
    pair.hears(Status.DELIVERED)
    assert pair.stands(his) == pair.stands(hers) == [(HERE, "DELIVERED", "")]


def test_each_ones_own_link_makes_no_other_words(pair: Pair) -> None:
    pair.tell(cast.words(page_path="/a/"), cast.words(page_path="/b/"))
    assert Delivery.objects.waiting().count() == 1


@pytest.mark.parametrize(
    "hers",
    [
        {"text": "Hamza painted two lighthouses."},
        {"language": "ur"},
        {"ask": AskSpec("yes_no", code="K4")},
    ],
    ids=str,
)
def test_other_words_go_for_themselves(pair: Pair, hers: dict) -> None:
    pair.tell(cast.words(), cast.words(**hers))
    assert Delivery.objects.waiting().count() == 2


@pytest.mark.parametrize(("of_each", "count"), [(True, 2), (False, 1)])
def test_what_is_asked_of_each_adult_is_asked_of_each(pair: Pair, of_each: bool, count: int) -> None:
    asked = cast.words(ask=AskSpec("yes_no", code="K4", of_each=of_each))
    pair.tell(asked, asked)
    assert Delivery.objects.waiting().count() == count


def test_words_to_one_alone_are_as_ever(pair: Pair) -> None:
    cast.put_in_outbox(pair.school, pair.father)
    assert Delivery.objects.get().stopped == ""
    assert Delivery.objects.get().rides_with is None


def test_a_restriction_before_planning_leaves_only_the_other(pair: Pair) -> None:
    pair.father.restrict()
    pair.tell()
    send()
    assert [(row.parcel.guardian, row.status) for row in Delivery.objects.all()] == [
        (pair.mother, Status.SENT)
    ]


def test_a_restriction_on_whose_delivery_it_is_lets_the_other_have_it(pair: Pair) -> None:
    his, hers = pair.tell()
    pair.father.restrict()
    send()
    assert pair.stands(his) == [(HERE, "QUEUED", "restricted")]
    Lane.objects.update(due_at=school_time.now())
    send()
    assert pair.stands(hers) == [(HERE, "SENT", "")]


def test_a_restriction_on_who_rides_along_counts_for_her(pair: Pair) -> None:
    his, hers = pair.tell()
    replace(pair.father, tie=pair.her_tie).restrict()
    send()
    assert pair.stands(his) == [(HERE, "SENT", "")]
    assert pair.stands(hers) == [(HERE, "QUEUED", "restricted")]
    pair.hears(Status.DELIVERED)
    assert pair.stands(hers) == [(HERE, "QUEUED", "restricted")]


def test_who_took_their_consent_back_is_not_counted(pair: Pair) -> None:
    _, hers = pair.tell()
    ContactPoint.objects.filter(pk=pair.her_point.pk).update(consented=False)
    send()
    assert pair.stands(hers) == [(HERE, "QUEUED", "no_consent")]


def test_taken_back_before_it_left_nothing_leaves_for_either(pair: Pair) -> None:
    assert withdraw(pair.tell()) == 2
    send()
    assert list(Delivery.objects.values_list("stopped", flat=True)) == ["withdrawn"] * 2


def test_taken_back_one_by_one_as_threads_do_it(pair: Pair) -> None:
    his, hers = pair.tell()
    assert (withdraw([his]), withdraw([hers])) == (1, 1)
    send()
    assert pair.stands(his) == pair.stands(hers) == [(HERE, "QUEUED", "withdrawn")]


def test_taken_back_too_late_is_too_late_for_both(pair: Pair) -> None:
    parcels = pair.tell()
    send()
    assert withdraw(parcels) == 0


def test_a_number_that_is_gone_sends_each_on_their_own_next_way(pair: Pair) -> None:
    cast.reach(pair.school, pair.mother, THERE, rank=2)
    his, hers = pair.tell()
    send()
    pair.hears(Status.FAILED, Refused(Advice.BAD_ADDRESS, "30006"))
    assert pair.stands(his) == [(HERE, "FAILED", "bad_address")]
    assert pair.stands(hers) == [(HERE, "FAILED", "bad_address"), (THERE, "QUEUED", "")]


def test_what_goes_once_more_goes_once_more_for_both(pair: Pair) -> None:
    his, hers = pair.tell()
    send()
    pair.hears(Status.FAILED, Refused(Advice.RETRY, "30008"))
    assert pair.stands(his) == [(HERE, "FAILED", "tried_anew"), (HERE, "QUEUED", "")]
    assert Delivery.objects.waiting().count() == 1
    pair.hears(Status.DELIVERED)
    assert pair.stands(his)[-1] == pair.stands(hers)[-1] == (HERE, "DELIVERED", "")


def test_a_dead_letter_is_one_and_sent_again_it_counts_for_both(pair: Pair) -> None:
    his, hers = pair.tell()
    send()
    pair.hears(Status.FAILED, Refused(Advice.OUR_FAULT, "21602"))
    [dead] = Delivery.objects.dead()
    assert dead.parcel == his
    assert pair.stands(hers) == [(HERE, "FAILED", "together")]
    replay(dead, cast.teacher(pair.school))
    Lane.objects.update(due_at=school_time.now())
    send()
    assert pair.stands(his)[-1] == pair.stands(hers)[-1] == (HERE, "SENT", "")


def test_of_three_the_second_carries_it_for_the_third(pair: Pair) -> None:
    aunt = Guardian.objects.create(school=pair.school, name="Aunt Noor")
    Guardianship.objects.create(school=pair.school, guardian=aunt, student=pair.father.student)
    ContactPoint.objects.create(
        school=pair.school, address=pair.father.address, guardian=aunt, consented=True
    )
    recipients = [*pair.both, Recipient(aunt, (pair.father.student,))]
    planned = plan(
        school=pair.school,
        recipients=recipients,
        content_for=lambda recipient: cast.words(),
        urgency=Urgency.ORDINARY,
        now=school_time.now(),
    )
    his, hers, aunts = dispatch(planned=planned, by=cast.teacher(pair.school), urgency=Urgency.ORDINARY)
    pair.father.restrict()
    for _round in range(2):
        Lane.objects.update(due_at=school_time.now())
        send()
    assert pair.stands(his) == [(HERE, "QUEUED", "restricted")]
    assert pair.stands(hers) == pair.stands(aunts) == [(HERE, "SENT", "")]
    assert Delivery.objects.filter(stopped=Stopped.TOGETHER).count() == 0
    assert Delivery.objects.exclude(provider_id="").count() == 1
