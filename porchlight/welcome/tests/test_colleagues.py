"""Colleagues come in by invitation only, once, and are gone the moment they leave."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from porchlight.accounts.models import Token, User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactPoint
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, StaffRole
from porchlight.schools.tests.colleagues import colleague
from porchlight.welcome.invitations import AlreadyHere, UsedUp, accept, add_colleague, invite, see_off
from porchlight.welcome.tests.conftest import BASE, same_but_for_chance

PASSWORD = "three cups of tea"


@pytest.fixture
def newcomer(town: Town) -> StaffMember:
    return StaffMember.objects.create(school=town.school, name="Mr Bello", email="bello@example.org")


@pytest.fixture
def link(town: Town, newcomer: StaffMember) -> str:
    return invite(newcomer, by=town.okafor.actor(), now=TUESDAY, base_url="")


def join(client: Client, link: str, **data: str):
    return client.post(link, {"email": "bello@example.org", "password": PASSWORD, **data})


def test_a_newcomer_chooses_a_password_and_goes_on_to_the_second_step(link: str, newcomer) -> None:
    client = Client()
    assert "Welcome, Mr Bello" in client.get(link).content.decode()
    assert join(client, link).headers["Location"] == "/accounts/2fa/"
    newcomer.refresh_from_db()
    assert newcomer.user.check_password(PASSWORD)
    assert newcomer.user.emailaddress_set.get().verified
    assert client.get(f"{BASE}/desk/").status_code == 200
    assert ContactPoint.objects.get(staff=newcomer).address.value == "bello@example.org"


def test_a_mailbox_nobody_proved_is_not_called_proved(link: str, newcomer) -> None:
    join(Client(), link, email="other@example.org")
    newcomer.refresh_from_db()
    assert not newcomer.user.emailaddress_set.get().verified


def test_t22_looking_changes_nothing(link: str) -> None:
    before = list(Token.objects.values_list())
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    assert list(Token.objects.values_list()) == before


def test_t23_two_who_press_at_once_make_one_colleague(town: Town, link: str, newcomer) -> None:
    secret = link.split("/")[3]
    people = User.objects.count()
    accept(secret, school=town.school, email="bello@example.org", password=PASSWORD, now=TUESDAY)
    with pytest.raises(UsedUp):
        accept(secret, school=town.school, email="second@example.org", password=PASSWORD, now=TUESDAY)
    assert join(Client(), link, email="third@example.org").status_code == 404
    assert User.objects.count() == people + 1


def test_an_invitation_that_does_not_open_looks_like_no_page(town: Town, link: str, clock) -> None:
    cast.maple_street("oak-lane")
    answers = [
        Client().get(f"{BASE}/join/{'x' * 26}/"),
        Client().get(link.replace("maple-street", "oak-lane")),
        Client().get(f"{BASE}/no-such-page/"),
    ]
    clock.shift(timedelta(days=7, seconds=1))
    answers.append(Client().get(link))
    assert {answer.status_code for answer in answers} == {404}
    pages = {same_but_for_chance(answer).replace("oak-lane", "maple-street") for answer in answers}
    assert len(pages) == 1


@pytest.mark.parametrize("weak", ["short", "password1234", "1234567890123", "bello@example.org", "x" * 129])
def test_t21_weak_passwords_are_refused_with_the_reason(link: str, weak: str) -> None:
    refused = join(Client(), link, password=weak)
    assert refused.status_code == 422
    assert refused.context["form"].errors["password"]
    assert not User.objects.filter(email="bello@example.org").exists()


def test_a_mailbox_that_is_taken_is_asked_to_sign_in_first(town: Town, link: str, newcomer) -> None:
    refused = join(Client(), link, email=town.amal.user.email.upper())
    assert refused.status_code == 422
    assert "sign in first" in refused.content.decode()
    client = browser_of(town.amal)
    assert town.amal.user.email in client.get(link).content.decode()
    client.post(link, {"as_me": "1"})
    newcomer.refresh_from_db()
    assert newcomer.user == town.amal.user


def test_the_office_invites_by_mail_and_by_card(town: Town) -> None:
    cast.account(town.school, "email", sender="office@example.org", settings={}, secrets={})
    office = browser_of(town.okafor)
    office.post(f"{BASE}/staff/", {"name": "Ms Chen", "email": "chen@example.org", "roles": ["teacher"]})
    chen = StaffMember.objects.get(name="Ms Chen")
    mailed = re.search(r"/maple-street/join/\w+/", Delivery.objects.get().body["text"])[0]
    assert Client().get(mailed).status_code == 200
    card = office.post(f"{BASE}/staff/{chen.key}/invitation/")
    printed = re.search(r"/maple-street/join/\w+/", card.content.decode())[0]
    assert "<svg" in card.content.decode()
    assert card.headers["Referrer-Policy"] == "strict-origin"
    assert Client().get(mailed).status_code == 404  # the newer one ended it
    assert Client().get(printed).status_code == 200


@pytest.fixture(autouse=True)
def _with_mail(settings, _gateways) -> None:
    from porchlight.delivery.gateways import registry

    settings.PORCHLIGHT_GATEWAYS = [*settings.PORCHLIGHT_GATEWAYS, "porchlight.delivery.gateways.email"]
    registry.all_gateways.cache_clear()


def test_only_a_leader_names_leaders_and_safeguarding(town: Town) -> None:
    office = town.okafor.actor()
    with pytest.raises(PermissionDenied):
        add_colleague(school=town.school, name="x", email="", roles=(Role.SAFEGUARDING,), by=office)
    page = browser_of(town.okafor).get(f"{BASE}/staff/").content.decode()
    assert 'value="safeguarding"' not in page
    client = browser_of(town.okafor)
    mine = {"name": "Mrs Okafor", "email": "okafor@example.org", "roles": ["leader"]}
    assert client.post(f"{BASE}/staff/", mine).status_code == 422
    bell = staff(town.school, "Mr Bell", Role.LEADER)
    assert 'value="safeguarding"' in browser_of(bell).get(f"{BASE}/staff/").content.decode()


def test_the_office_takes_up_no_leaders_post_by_an_invitation(town: Town) -> None:
    """Whoever holds an invitation has the post's roles: of a leader's, a leader makes the card."""
    head = colleague(town.school, "Mrs Head", Role.LEADER, Role.SAFEGUARDING, email="head@example.org")
    office, mailed = browser_of(town.okafor), Delivery.objects.count()
    assert f"{head.key}/invitation/" not in office.get(f"{BASE}/staff/").content.decode()
    assert office.post(f"{BASE}/staff/{head.key}/invitation/").status_code == 404
    again = {"name": "Mrs Head", "email": "head@example.org", "roles": ["teacher"]}
    assert (
        "A leader of the school invites" in office.post(f"{BASE}/staff/", again, follow=True).content.decode()
    )
    assert Delivery.objects.count() == mailed
    with pytest.raises(PermissionDenied):
        invite(head, by=town.okafor.actor(), now=TUESDAY, base_url="")
    bell = staff(town.school, "Mr Bell", Role.LEADER)
    assert browser_of(bell).post(f"{BASE}/staff/{head.key}/invitation/").status_code == 200


def test_the_office_sees_off_leaders_only_where_no_other_is_left(town: Town) -> None:
    bell, head = (
        staff(town.school, "Mr Bell", Role.LEADER),
        staff(town.school, "Mrs Head", Role.LEADER),
    )
    office = browser_of(town.okafor)
    assert office.post(f"{BASE}/staff/{bell.key}/leaving/").status_code == 404
    with pytest.raises(PermissionDenied):
        see_off(bell, by=town.okafor.actor(), now=TUESDAY)
    assert browser_of(head).post(f"{BASE}/staff/{bell.key}/leaving/").status_code == 302
    assert office.post(f"{BASE}/staff/{head.key}/leaving/").status_code == 302


def test_who_has_come_in_is_not_invited_again(town: Town) -> None:
    with pytest.raises(AlreadyHere):
        invite(town.amal, by=town.okafor.actor(), now=TUESDAY, base_url="")
    card = browser_of(town.okafor).post(f"{BASE}/staff/{town.amal.key}/invitation/")
    assert card.status_code == 404


def test_t27_a_colleague_who_left_sees_nothing_from_that_moment(town: Town) -> None:
    amal = browser_of(town.amal)
    assert amal.get(f"{BASE}/desk/").status_code == 200
    browser_of(town.okafor).post(f"{BASE}/staff/{town.amal.key}/leaving/")
    assert amal.get(f"{BASE}/desk/").status_code == 404
    assert amal.get(f"{BASE}/").status_code == 404


def test_nobody_sees_themselves_off_or_somebody_of_another_school(town: Town) -> None:
    other = staff(cast.maple_street("oak-lane"), "Ms Oak", Role.TEACHER)
    office = browser_of(town.okafor)
    assert office.post(f"{BASE}/staff/{town.okafor.key}/leaving/").status_code == 404
    assert office.post(f"{BASE}/staff/{other.key}/leaving/").status_code == 404
    assert StaffMember.objects.filter(left_at=None).count() == 4


def test_an_invitation_dies_with_the_post(town: Town, link: str, newcomer) -> None:
    browser_of(town.okafor).post(f"{BASE}/staff/{newcomer.key}/leaving/")
    assert Client().get(link).status_code == 404


def test_the_same_mailbox_keeps_its_post_and_gains_the_role(town: Town) -> None:
    StaffMember.objects.filter(pk=town.amal.pk).update(email="amal@example.org")
    kept = add_colleague(
        school=town.school,
        name="Amal",
        email="Amal@example.org",
        roles=(Role.LIAISON,),
        by=town.okafor.actor(),
    )
    assert kept == town.amal
    assert set(StaffRole.objects.filter(staff=kept).values_list("role", flat=True)) == {"teacher", "liaison"}


def test_the_command_prints_a_way_in(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    arguments = ["staff", "invite", "--school", "maple-street", "--name", "Mr Bell", "--role", "leader"]
    call_command(*arguments)
    said = capsys.readouterr().out
    assert Client().get(re.search(r"(/maple-street/join/\w+/)", said)[1]).status_code == 200
    assert said.startswith("Mr Bell comes in here, once, within seven days:\n" + settings.BASE_URL)
