"""T37. Who runs the server sees no row of a school without the school's own yes; with it, for an hour, changing nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.db.models import F
from django.http import HttpRequest
from django.test import Client

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import BACKEND, browser_of
from porchlight.activity.looks import LOOK
from porchlight.activity.models import Entry, EntryText
from porchlight.conversations.models import Message, TriageItem
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff, town
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.families.models import Student
from porchlight.schools.actors import Actor, Kind, Role, posts_of
from porchlight.schools.granting import ask_to_look, let_in, send_away
from porchlight.schools.models import OperatorGrant, School, StaffMember
from porchlight.schools.wall import granted_context, school_context

__all__ = ["town"]  # fixtures

DESK, TRIAGE, OPERATORS = "/maple-street/desk/", "/maple-street/triage/", "/maple-street/settings/operators/"
WHY = "Texts have not left since noon."


@pytest.fixture
def operator(db: None) -> User:
    call_command("operator", "add", "--email", "root@host.example", "--name", "Sam at the host")
    return User.objects.get(email="root@host.example")


def head(town: Town) -> StaffMember:
    """A leader who can be told."""
    return cast.reachable(staff(town.school, "Ms Head", Role.LEADER))


def asks() -> OperatorGrant:
    call_command("operator", "ask", "--email", "root@host.example", "--school", "maple-street", "--why", WHY)
    return OperatorGrant.objects.get()


def verbs(*about: str) -> list[str]:
    return list(Entry.objects.filter(verb__in=about).order_by("pk").values_list("verb", flat=True))


@pytest.mark.django_db
def test_t37_without_a_yes_no_page_opens_and_with_it_every_page_says_so(town: Town, operator: User) -> None:
    leader, looks = head(town), browser_of(operator)
    assert (looks.get(DESK).status_code, posts_of(operator, town.school)) == (404, [])
    grant = asks()
    assert looks.get(DESK).status_code == 404
    assert Parcel.objects.get().service_kind == "staff_alert"  # the leader hears that somebody asks
    page = browser_of(leader).get(OPERATORS).content.decode()
    assert [words in page for words in (WHY, "Sam at the host", "Let them look for an hour")] == [True] * 3
    browser_of(leader).post(f"{OPERATORS}{grant.key}/entry/")
    for path in (DESK, TRIAGE, "/maple-street/settings/school/"):
        assert "You can change nothing." in looks.get(path).content.decode(), path
    assert "You can change nothing." not in browser_of(leader).get(DESK).content.decode()
    assert (
        looks.get("/maple-street/worries/").status_code == 404
    )  # safeguarding stays with those named for it
    assert looks.get(OPERATORS).context["grants"] == []  # nobody lets themselves in
    browser_of(leader).post(f"{OPERATORS}{grant.key}/ending/")
    assert looks.get(DESK).status_code == 404
    assert verbs("operator.asked", "operator.let_in", "operator.sent_away", "operator.opened") == [
        *("operator.asked", "operator.let_in", "operator.opened", "operator.opened", "operator.opened"),
        *("operator.opened", "operator.sent_away"),
    ]


@pytest.mark.django_db
def test_t37_nothing_can_be_changed_and_each_look_has_the_reason(town: Town, operator: User) -> None:
    leader, looks = head(town), browser_of(operator)
    TriageItem.objects.create(
        school=town.school, reason="unknown_sender", channel="sms", sender="+447700900927", text="hello"
    )
    let_in(asks(), by=leader.actor())
    before = School.objects.values().get()
    changes = {"name": "Elsewhere", "slug": "elsewhere"}
    assert looks.post("/maple-street/settings/school/", changes).status_code == 403
    assert School.objects.values().get() == before
    assert "+447700900927" in looks.get(TRIAGE).content.decode().replace("\u2066", "").replace(" ", "")
    entry = Entry.objects.get(verb=LOOK)
    assert (entry.actor_id, entry.facts["grant"]) == (None, OperatorGrant.objects.get().pk)
    assert EntryText.objects.get(entry=entry).text == WHY
    seen = browser_of(leader).get("/maple-street/settings/looks/").content.decode()
    assert WHY in seen


@on_both_databases
def test_t37_a_yes_lives_an_hour_by_the_databases_clock(town: Town, operator: User) -> None:
    """Also where its end was written too late: rows are counted with every filter of ours left out."""
    leader = staff(town.school, "Ms Head", Role.LEADER)
    operator = User.objects.filter(email=operator.email).first() or User.objects.create_user(
        operator.email, is_staff=True
    )

    def rows() -> int:
        with granted_context(town.school, operator.pk):
            return (
                Student.objects.visible_to(actor[0]).count()
                if (actor := posts_of(operator, town.school))
                else 0
            )

    assert rows() == 0
    grant = ask_to_look(town.school, operator, why=WHY)
    assert rows() == 0
    assert let_in(grant, by=leader.actor())
    assert not let_in(grant, by=leader.actor())
    assert rows() == 1
    for ends in (F("ends_at") - timedelta(minutes=61), F("approved_at") + timedelta(days=400)):
        OperatorGrant.objects.update(approved_at=F("approved_at") - timedelta(minutes=61), ends_at=ends)
        assert rows() == 0
    OperatorGrant.objects.update(approved_at=F("approved_at") + timedelta(minutes=122))
    assert rows() == 1
    assert send_away(grant, by=leader.actor())
    assert (rows(), send_away(grant, by=leader.actor())) == (0, False)


@pytest.mark.postgres
def test_t37_the_wall_itself_stays_shut(db: None) -> None:
    """With no filter of the application at all, the database gives no row without a living grant."""
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    operator = User.objects.create_user("root@host.example", is_staff=True)
    with school_context(school):
        Student.objects.create(school=school, name="Hamza Yousaf")
        leader = staff(school, "Ms Head", Role.LEADER)
        grant = ask_to_look(school, operator, why=WHY)
    with granted_context(school, operator.pk):
        assert not Student.objects.exists()
    with school_context(school):
        let_in(grant, by=leader.actor())
    with granted_context(school, operator.pk):
        assert Student.objects.count() == 1
    OperatorGrant.objects.update(ends_at=F("approved_at"))
    with granted_context(school, operator.pk):
        assert not Student.objects.exists()


@pytest.mark.django_db
def test_t37_who_may_ask_and_who_may_say_yes(town: Town, operator: User) -> None:
    grant = asks()
    for somebody in (town.okafor.actor(), Actor(Kind.STAFF, town.school.pk, None, frozenset({Role.LEADER}))):
        with pytest.raises(ValueError, match="leader"):
            let_in(grant, by=somebody)
    with pytest.raises(ValueError, match="looks after the server"):
        ask_to_look(town.school, User.objects.create_user("a@b.example"), why=WHY)
    said = {
        (
            "ask",
            "--email",
            "nobody@host.example",
            "--school",
            "maple-street",
            "--why",
            "x",
        ): "does not look after",
        ("ask", "--email", "root@host.example", "--school", "elsewhere", "--why", "x"): "no school elsewhere",
        ("ask", "--email", "root@host.example", "--school", "maple-street", "--why", " "): "Say why",
        ("add", "--email", "root@host.example", "--name", "x"): "signs in here already",
    }
    for words, answer in said.items():
        with pytest.raises(CommandError, match=answer):
            call_command("operator", *words)
    call_command("operator", "remove", "--email", "root@host.example")
    assert posts_of(User.objects.get(pk=operator.pk), town.school) == []
    assert not Message.objects.exists()


def is_signed_in(browser: Client) -> bool:
    request = HttpRequest()
    request.session = browser.session
    return get_user(request).is_authenticated


def adds(name: str = "Sam at the host") -> None:
    call_command("operator", "add", "--email", "root@host.example", "--name", name)


def removes() -> None:
    call_command("operator", "remove", "--email", "root@host.example")


@pytest.mark.django_db
def test_t37_who_was_removed_and_comes_back_begins_anew(town: Town, operator: User) -> None:
    """Same mailbox, same row; nothing of before opens: no session, passkey, password, nor a school's earlier yes."""
    leader, looks = head(town), browser_of(operator)
    let_in(asks(), by=leader.actor())
    assert looks.get(DESK).status_code == 200
    operator.set_password("of before")
    operator.save()
    looks.force_login(operator, backend=BACKEND)
    Authenticator.objects.create(user=operator, type=Authenticator.Type.WEBAUTHN, data={})
    assert is_signed_in(looks)
    removes()
    assert not is_signed_in(looks)
    adds("Sam again")
    fresh = User.objects.get(email="root@host.example")
    assert (fresh.pk, fresh.name, fresh.is_active, fresh.is_staff) == (operator.pk, "Sam again", True, True)
    assert (fresh.has_usable_password(), Authenticator.objects.exists()) == (False, False)
    assert not is_signed_in(looks)
    assert posts_of(fresh, town.school) == []
    assert EmailAddress.objects.get(user=fresh).verified  # a code by mail comes there
    call_command("operator", "ask", "--email", "root@host.example", "--school", "maple-street", "--why", WHY)
    again = OperatorGrant.objects.get(ended_at=None)
    let_in(again, by=leader.actor())
    assert browser_of(fresh).get(DESK).status_code == 200


@pytest.mark.django_db
def test_t37_passkeys_that_an_older_version_left_go_when_they_come_back(operator: User) -> None:
    looks = browser_of(operator)
    Authenticator.objects.create(user=operator, type=Authenticator.Type.WEBAUTHN, data={})
    assert is_signed_in(looks)
    User.objects.update(is_active=False, is_staff=False)
    adds()
    assert not is_signed_in(looks)
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_t37_who_holds_a_post_is_not_made_an_operator(town: Town) -> None:
    User.objects.create_user("root@host.example", is_active=False)
    StaffMember.objects.filter(pk=town.okafor.pk).update(user=User.objects.get(email="root@host.example"))
    with pytest.raises(CommandError, match="signs in here already"):
        adds()
    assert not User.objects.get(email="root@host.example").is_active
