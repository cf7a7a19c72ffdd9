"""How a note on a screen stands among the other ways: first for what can wait, never for what is urgent, never alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from porchlight.delivery.content import ServiceKind, Urgency
from porchlight.delivery.gateways.web_push.subscription import Subscription
from porchlight.delivery.gateways.web_push.tests.test_rfc8291 import BROWSER, SECRET, THEIRS
from porchlight.delivery.ladder.rules import next_step
from porchlight.delivery.ladder.terms import DEFAULT, UNOPENED, Case, Cause, Does, Fate, Hours, Tried, Way
from porchlight.delivery.models import Account, Delivery, Parcel
from porchlight.delivery.news import MOST_SCREENS, public_key_of, screens_of, turn_on
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import plan
from porchlight.delivery.service import serve
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.office import WAYS, page_of
from porchlight.families.models import Address, AddressState, Channel
from porchlight.schools.actors import Role, system
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in
from porchlight.schools.tiers import Tier
from porchlight.toolbox.reach import NotPublic

BEGAN = datetime(2026, 10, 13, 8, 12, tzinfo=UTC)
HOURS = Hours(ZoneInfo("Europe/London"), time(20), time(7))
CONTACT = {"contact": "office@maple-street.example.org"}


def browser(number: int = 1) -> Subscription:
    return BROWSER._replace(endpoint=f"https://93.184.216.34/push/{number}")


def on(home: cast.Home, number: int = 1) -> Address:
    by = home.guardian.actor()
    return turn_on(home.guardian, browser(number), words="Tell me", by=by, now=cast.TUESDAY).address


@pytest.fixture
def screens(school: School) -> Account:
    return cast.account(school, "web_push", label="Screens", sender="Maple Street School", settings=CONTACT)


def planned(school: School, home: cast.Home, urgency: Urgency = Urgency.ORDINARY, **content: object):
    words = cast.words(**content)
    [one] = plan(school=school, recipients=[home.recipient], content_for=lambda _: words, urgency=urgency,
                 now=cast.TUESDAY)  # fmt: skip
    return one


@pytest.mark.parametrize("tier", [Tier.L0, Tier.L1, Tier.L2])
def test_what_can_wait_is_told_there_first_without_a_name_or_a_word(
    school: School, screens: Account, tier: Tier
) -> None:
    cast.account(school)
    home = cast.home(school, 1, reads="es")
    on(home)
    one = planned(school, home, tier=tier, student_names=("Hamza",))
    assert (one.channel, one.account) == (Channel.PUSH, screens)
    assert one.body.as_json()["text"] == "Novedades de Maple Street School"
    assert one.body.options == ()
    assert not one.body.is_personal


def test_what_is_urgent_never_goes_there_and_nobody_is_left_with_a_note_alone(
    school: School, screens: Account
) -> None:
    cast.account(school)
    home = cast.home(school, 1)
    on(home)
    assert planned(school, home, Urgency.URGENT, urgent_reason="flood").channel == Channel.SMS
    home.point.delete()
    one = planned(school, home, Urgency.URGENT, urgent_reason="flood")
    assert one.not_reached is NotReached.NO_ADDRESS  # so that somebody at school is asked at once


def test_what_must_stay_inside_is_not_even_told_of(school: School, screens: Account) -> None:
    home = cast.home(school, 1)
    home.point.delete()
    on(home)
    assert planned(school, home, tier=Tier.L3).not_reached is NotReached.TOO_PRIVATE


@pytest.mark.parametrize("kind", [ServiceKind.SIGN_IN_CODE, ServiceKind.HELP, ServiceKind.STOP_CONFIRMED])
def test_no_code_and_no_service_words_go_there(school: School, screens: Account, kind: ServiceKind) -> None:
    address = on(cast.home(school, 1))
    assert serve(school=school, kind=kind, to=address, language="en", now=cast.TUESDAY, code="123456") is None
    assert not Parcel.objects.exists()


def test_the_newest_screen_is_first_and_the_sixth_puts_out_the_oldest(
    school: School, screens: Account, clock
) -> None:
    home = cast.home(school, 1)
    for number in range(MOST_SCREENS + 1):
        clock.now = cast.TUESDAY + timedelta(minutes=number)
        on(home, number)
    found = [point.address.user_id.partition(" ")[0][-1] for point in screens_of(home.guardian)]
    assert found == ["5", "4", "3", "2", "1"]
    assert planned(school, home).address.user_id.startswith("https://93.184.216.34/push/5 ")


def test_turned_on_again_it_is_the_same_address_as_good_as_new(school: School, screens: Account) -> None:
    home = cast.home(school, 1)
    address = on(home)
    Address.objects.filter(pk=address.pk).update(state=AddressState.BAD, opted_out_at=cast.TUESDAY)
    assert on(home) == address
    address.refresh_from_db()
    assert (address.state, address.opted_out_at) == (AddressState.GOOD, None)
    assert address.known_as == "93.184.216.34"  # nothing of its secret


def test_a_browser_of_our_own_network_is_not_taken(school: School, screens: Account) -> None:
    home = cast.home(school, 1)
    inside = BROWSER._replace(endpoint="https://10.0.0.9/push/1")
    with pytest.raises(NotPublic):
        turn_on(home.guardian, inside, words="", by=system(school.pk), now=cast.TUESDAY)
    assert not Address.objects.filter(channel=Channel.PUSH).exists()


def case(cause: Cause, fate: Fate, *ways: str) -> Case:
    return Case(
        cause=cause,
        began=BEGAN,
        hours=HOURS,
        tried=[Tried("push", 1, BEGAN, fate)],
        ways=[Way(channel, place) for place, channel in enumerate(ways, 2)],
    )


@pytest.mark.parametrize("cause", [Cause.ORDINARY, Cause.DATED])
def test_a_note_is_waited_for_three_hours_and_then_the_words_go(cause: Cause) -> None:
    waits = next_step(case(cause, Fate.SENT, "push", "sms"), DEFAULT, BEGAN + timedelta(hours=1))
    assert (waits.does, waits.at) == (Does.WAIT, BEGAN + UNOPENED)
    goes = next_step(case(Cause.ORDINARY, Fate.FAILED, "push", "sms"), DEFAULT, BEGAN + UNOPENED)
    assert (goes.does, goes.way) == (Does.TRY, 1)  # words before another note
    assert next_step(case(Cause.ORDINARY, Fate.ARRIVED, "sms"), DEFAULT, BEGAN + UNOPENED).does is Does.REST


def test_the_office_connects_it_and_tries_it_on_its_own_screen(school: School, clock) -> None:
    office = signed_in(school, Role.OFFICE)
    said = {"label": "Screens", "sender": "Maple Street School", "rank": "1", "base_url": "", **CONTACT}
    assert office.post(f"{WAYS}new/web_push/", said).status_code == 302
    account = Account.objects.get()
    key = public_key_of(account)
    page = page_of(office, account)
    assert (len(key), f'data-push="{key}"' in page) == (87, True)
    assert account.secrets["private_key"] not in page
    assert office.post(f"{WAYS}{account.key}/", said).status_code == 302
    account.refresh_from_db()
    assert public_key_of(account) == key  # who said yes to it need not say so again
    tests = f"{WAYS}{account.key}/test-message/"
    assert "could not be used" in office.post(tests, {"to": ""}, follow=True).text
    assert "Nothing can be sent there" in office.post(tests, {"to": "me"}, follow=True).text
    given = {"endpoint": browser().endpoint, "keys": {"p256dh": THEIRS, "auth": SECRET}}
    assert "on its way" in office.post(tests, {"to": json.dumps(given)}, follow=True).text
    assert Delivery.objects.get().body["text"] == "News from Maple Street School"
    assert browser().endpoint not in page_of(office, account)
