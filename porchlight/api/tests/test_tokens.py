"""Who comes in by a token, how often, and what is written down of what they were told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.looks import LOOK
from porchlight.activity.models import Entry
from porchlight.api.models import ApiToken
from porchlight.api.tokens import revoke
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests import cast
from porchlight.schools.actors import Actor, Kind, Scope
from porchlight.schools.install import tenant_models
from porchlight.schools.models import School, StaffMember, StaffRole
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from tests.test_house_sight import shows_nothing

pytestmark = pytest.mark.django_db


def test_the_secret_is_stored_one_way_and_shown_by_its_beginning(system) -> None:
    library = system()
    kept = ApiToken.objects.get()
    assert library.secret not in str(ApiToken.objects.values().get())
    assert library.secret.startswith(kept.prefix)
    assert len(library.secret) - len(kept.prefix) == 20
    assert library.reads("token")["scopes"] == sorted(Scope)
    assert ApiToken.objects.get().used_at is not None


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer plt_1_x", "Bearer \x00", "Basic eDp5", "Token plt_1_x"]
)
def test_without_a_token_nothing_is_told(header: str, town: Town) -> None:
    headers = {"Authorization": header} if header else {}
    answer = Client().get("/api/v1/students", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Porchlight"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_signed_in_browser_is_no_token(town: Town, office: StaffMember) -> None:
    browser = browser_of(office)
    assert browser.get("/api/v1/students").status_code == 401
    assert browser.post("/api/v1/notices", "{}", content_type="application/json").status_code == 401


def test_it_ends_when_revoked_when_over_and_with_its_makers_post(system, office: StaffMember) -> None:
    now = timezone.now()
    gone, old, left, demoted = (system() for _ in range(4))
    revoke(gone.token, by=office.actor(), now=now)
    assert gone.get("token").status_code == 401
    with time_machine.travel(now + timedelta(days=31)):
        assert old.get("token").status_code == 401
    role = StaffRole.objects.get(staff=office)
    StaffRole.objects.filter(pk=role.pk).update(role="teacher")
    assert demoted.get("token").status_code == 401
    StaffRole.objects.filter(pk=role.pk).update(role="office")
    assert left.get("token").status_code == 200
    StaffMember.objects.filter(pk=office.pk).update(left_at=now)
    assert left.get("token").status_code == 401


def test_t2_a_token_opens_its_own_school_alone(town: Town, system) -> None:
    library = system()
    other = School.objects.create(slug="oak-lane", name="Oak Lane")
    theirs = cast.home(other, 77)
    assert theirs.student.key not in library.get("students").text
    assert library.get(f"students/{theirs.student.key}").status_code == 404
    forged = library.secret.replace(f"plt_{town.school.pk}_", f"plt_{other.pk}_")
    answer = Client().get("/api/v1/token", headers={"Authorization": f"Bearer {forged}"})
    assert answer.status_code == 401


def test_t26_the_limit_is_exact_and_says_when_to_come_again(system) -> None:
    library = system(per_minute=3)
    answers = [library.get("token") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [one.headers["X-RateLimit-Remaining"] for one in answers] == ["2", "1", "0", "0"]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].json()["code"] == "too_often"
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert library.get("token").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_t26_sixteen_at_once_get_as_many_answers_as_there_are(system) -> None:
    from django.db import connection

    library = system(per_minute=5)

    def ask(_: int) -> int:
        try:
            return library.get("token").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(16))) == [200] * 5 + [429] * 11


def test_t35_what_it_was_told_of_personal_words_is_written_down(town: Town, system) -> None:
    said = 'She has "asthma",\nand needs her inhaler.'
    words = Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text=said, language="en", tier=Tier.L2
    )
    system(Scope.MESSAGES).reads("messages")
    assert not Entry.objects.filter(verb=LOOK).exists()
    library = system()
    assert library.reads("messages")["items"][0]["text"] == said
    [look] = Entry.objects.filter(verb=LOOK)
    assert (look.actor_kind, look.actor_id) == ("token", library.token.pk)
    assert look.facts["things"]["conversations.message"] == [words.pk]
    assert [one.student_id for one in look.looked_at.all()] == [town.yousaf.student.pk]


SEES = {
    Scope.PEOPLE: {"families.Student", "families.Guardian", "families.Guardianship", "schools.StaffMember"},
    Scope.MANY: set(),
    Scope.CONTACTS: set(),  # of people: with people:read alone
    Scope.CLASSES: {"schools.SchoolClass", "schools.Teaching", "schools.StaffMember"},
    Scope.MESSAGES: {"conversations.Thread", "conversations.Message", "families.Guardianship"},
    Scope.PERSONAL: set(),
    Scope.DELIVERIES: {"delivery.Parcel", "delivery.Delivery", "families.Guardianship"},
    Scope.ANSWERS: {
        "conversations.Thread",
        "conversations.Ask",
        "conversations.Answer",
        "conversations.Signature",
        "families.Guardianship",
    },
    Scope.NOTICES: {"conversations.Notice"},
    Scope.WRITE_NOTICES: set(),
    Scope.ROSTERS: {"rosters.RosterImport", "rosters.RosterJob"},
    Scope.WRITE_ROSTERS: set(),
}


@pytest.mark.parametrize("scope", Scope)
def test_t1_a_scope_opens_these_tables_and_no_other(scope: Scope) -> None:
    actor = Actor(Kind.TOKEN, 1, 1, scopes=frozenset({scope}), behalf_id=1)
    seen = {model._meta.label for model in tenant_models() if not shows_nothing(model, actor)}
    assert seen - {"schools.Closure", "schools.Term"} == SEES[scope]


def test_another_method_is_answered_with_those_it_takes(system) -> None:
    answer = system().client.delete("/api/v1/students")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.json()["code"] == "other_method"


@pytest.mark.parametrize("place", ["nothing/here", "", "students/%0A%C3%A9/photo"])
def test_what_is_not_there_is_a_problem_too(place: str) -> None:
    answer = Client().get(f"/api/v1/{place}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_there")


@pytest.mark.parametrize("end", ["rests", "is switched off"])
def test_a_token_opens_no_more_than_its_makers_post(end: str, system, office: StaffMember) -> None:
    """A colleague who went unnoticed, or whose sign-in was switched off, has their tokens' secrets still."""
    library = system(Scope.PEOPLE)
    assert library.get("token").status_code == 200
    if end == "rests":
        StaffMember.objects.filter(pk=office.pk).update(rests_since=school_time.now())
    else:
        User.objects.filter(pk=office.user_id).update(is_active=False)
    assert library.get("token").status_code == 401
