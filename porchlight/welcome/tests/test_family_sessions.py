"""T23, T24, T27. A family's session ends with its time, with its quiet, with the address it came by, and with their word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.models import Token, User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import Address, ContactPoint
from porchlight.welcome import coming_in, links, sign_in
from porchlight.welcome.tests.conftest import BASE, ask, code_sent, come_in, enter, shares_the_phone


@pytest.fixture(autouse=True)
def _as_in_earnest(settings) -> None:
    settings.FAMILY_IDLE = timedelta(minutes=30)


def is_in(client: Client) -> bool:
    return client.get(f"{BASE}/week/").status_code == 200


def test_t24_on_a_borrowed_phone_half_an_hour_of_quiet_ends_it(town: Town, clock) -> None:
    used, left = Client(), Client()
    come_in(used)
    come_in(left)
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        assert is_in(used)
    assert not is_in(left)
    clock.shift(timedelta(minutes=30, seconds=1))
    assert not is_in(used)


def test_t24_twelve_hours_end_it_however_busy(town: Town, clock) -> None:
    father = Client()
    come_in(father)
    for _ in range(28):
        clock.shift(timedelta(minutes=25))
        assert is_in(father)
    clock.shift(timedelta(minutes=20, seconds=1))
    assert not is_in(father)


def test_t24_on_their_own_phone_it_lies_as_long_as_they_were_told(town: Town, clock) -> None:
    father = Client()
    come_in(father, mine="on")
    clock.shift(timedelta(days=29, hours=23))
    assert is_in(father)
    clock.shift(timedelta(hours=1, seconds=1))
    assert not is_in(father)


def test_t24_a_page_that_only_listens_keeps_no_session_awake(town: Town, clock) -> None:
    father = Client()
    come_in(father)
    for _ in range(3):
        clock.shift(timedelta(minutes=11))
        father.get(f"{BASE}/", headers={"Accept": "text/event-stream"})
    assert not is_in(father)


def test_t24_what_lasts_how_long_is_what_the_house_says() -> None:
    most = {sign_in.LASTS: timedelta(minutes=10), links.LASTS: timedelta(days=7)}
    assert all(lasts <= at_most for lasts, at_most in most.items())
    assert timedelta(hours=12) == coming_in.NOT_MINE
    assert Token._meta.get_field("tries_left").default == 5


def moved(town: Town) -> None:
    ContactPoint.objects.filter(guardian=town.yousaf.guardian).update(ended_at=town.yousaf.point.created_at)


def in_other_hands(town: Town) -> None:
    Address.objects.update(state="notice_only")


def left_the_roll(town: Town) -> None:
    town.yousaf.guardian.left_at = town.school.created_at
    town.yousaf.guardian.save()


def switched_off(town: Town) -> None:
    User.objects.update(is_active=False)


def ended_everywhere(town: Town) -> None:
    town.yousaf.guardian.refresh_from_db()
    town.yousaf.guardian.user.end_sessions()


@pytest.mark.parametrize("what", [moved, in_other_hands, left_the_roll, switched_off, ended_everywhere])
def test_t23_it_is_over_with_the_next_page_when_the_address_is_no_longer_theirs(
    town: Town, what: Callable[[Town], None]
) -> None:
    father = Client()
    come_in(father, mine="on")
    assert is_in(father)
    what(town)
    assert not is_in(father)
    assert "Hamza" not in father.get(f"{BASE}/week/", follow=True).content.decode()


def test_t23_a_restriction_ends_what_a_shared_phone_had_open(town: Town) -> None:
    """The father is kept away, and holds the phone on which the mother had come in."""
    mother = shares_the_phone(town)
    phone = Client()
    come_in(phone)
    phone.post(f"{BASE}/sign-in/person/", {"person": mother.key})
    assert is_in(phone)
    town.yousaf.restrict()
    assert not is_in(phone)


def test_t23_after_signing_out_neither_page_nor_code_works(town: Town) -> None:
    father = Client()
    ask(father)
    code = code_sent()
    enter(father, code)
    key = father.cookies["porchlight-session"].value
    father.post("/accounts/logout/")
    assert not is_in(father)
    assert enter(father, code).status_code == 302  # to asking for a new one: nothing waits here any more
    thief = Client()
    thief.cookies["porchlight-session"] = key
    assert not is_in(thief)


def test_t27_coming_in_changes_the_key(town: Town) -> None:
    father = Client()
    ask(father)
    before = father.cookies["porchlight-session"].value
    enter(father, code_sent())
    after = father.cookies["porchlight-session"]
    assert after.value != before
    assert (after["httponly"], after["samesite"]) == (True, "Lax")
    planted = Client()
    planted.cookies["porchlight-session"] = before
    assert not is_in(planted)


def test_t27_a_family_sees_where_it_is_signed_in_and_ends_one_of_them(town: Town, settings) -> None:
    settings.SECOND_STEP = True  # which asks nothing of families
    here, other, third = Client(), Client(), Client()
    for client in (here, other, third):
        come_in(client, mine="on")
        assert is_in(client)
    page = here.get("/accounts/sessions/")
    rows = page.context["sessions"]
    assert len(rows) == 3
    assert "/accounts/2fa/" not in page.content.decode()
    key = other.cookies["porchlight-session"].value
    here.post("/accounts/sessions/", {"one": next(row.pk for row in rows if row.session_key == key)})
    assert [is_in(client) for client in (here, other, third)] == [True, False, True]
    here.post("/accounts/sessions/")
    assert [is_in(client) for client in (here, other, third)] == [True, False, False]


def test_t27_nobody_ends_a_session_of_somebody_else(town: Town) -> None:
    father, amal = Client(), browser_of(town.amal)
    come_in(father)
    assert is_in(father)
    row = father.get("/accounts/sessions/").context["sessions"][0]
    amal.post("/accounts/sessions/", {"one": row.pk})
    assert is_in(father)
