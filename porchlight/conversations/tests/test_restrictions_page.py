"""Safeguarding and leaders keep an adult from a child: on evidence, after a look at what it comes to, and lift it."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.restricting import lift
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Restriction, Student
from porchlight.schools.actors import Kind, Role


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def page(town: Town) -> str:
    return f"/maple-street/students/{town.yousaf.student.key}/restrictions/"


def paper(town: Town, **told: str) -> dict[str, str]:
    return {
        "adult": town.yousaf.tie.key, "scope": "contact", "evidence": "Order seen, kept in the safe.", **told
    }  # fmt: skip


def test_it_is_shown_before_it_holds_and_what_waits_stays_here(town: Town) -> None:
    reply(thread=town.thread, text="He painted today.", language="en", by=town.amal.actor(), now=TUESDAY)
    reyes = browser_of(town.reyes)
    looked = " ".join(reyes.post(page(town), paper(town)).content.decode().split())
    assert "One message that waits to leave stays here." in looked
    assert "Nothing about the child is sent or shown to them." in looked
    assert not Restriction.objects.exists()
    assert Delivery.objects.get().stopped == ""

    assert reyes.post(page(town), paper(town, sure="yes")).status_code == 302
    row = Restriction.objects.get()
    assert (row.scope, row.set_by_id, row.evidence) == (
        "contact",
        town.reyes.pk,
        "Order seen, kept in the safe.",
    )
    assert Delivery.objects.get().stopped == Stopped.WITHDRAWN
    assert not Student.objects.visible_to(town.yousaf.guardian.actor()).exists()
    assert Entry.objects.get(verb="restriction.set").actor_id == town.reyes.pk
    assert "Order seen, kept in the safe." in reyes.get(page(town)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence FROM families_restriction")
        assert "Order" not in str(cursor.fetchone())


def test_it_is_lifted_with_a_reason_that_lies_sealed_beside_the_evidence(town: Town) -> None:
    reyes = browser_of(town.reyes)
    reyes.post(page(town), paper(town, sure="yes", scope="records", until="2026-12-18"))
    row = Restriction.objects.get()
    removal = f"/maple-street/restrictions/{row.key}/removal/"
    reyes.post(removal, {"why": ""})
    assert Restriction.objects.get().lifted_at is None
    reyes.post(removal, {"why": "The court ended it."})
    row = Restriction.objects.get()
    assert (row.lifted_at, row.evidence.splitlines()[-1]) == (TUESDAY, "2026-10-13: The court ended it.")
    assert Entry.objects.filter(verb="restriction.lifted", actor_kind=Kind.STAFF.value).count() == 1
    assert "Nobody is kept from this child." in reyes.get(page(town)).content.decode()
    assert lift(row, why="again", by=town.reyes.actor(), now=TUESDAY) is False


def test_without_evidence_nothing_holds_and_nothing_typed_is_lost(town: Town) -> None:
    reyes = browser_of(town.reyes)
    wrong = reyes.post(
        page(town), paper(town, sure="yes", evidence="", since="2026-10-20", until="2026-10-19")
    )
    assert wrong.status_code == 422
    assert "Write what you were shown." in wrong.content.decode()
    assert "This is before it begins." in wrong.content.decode()
    assert 'value="2026-10-20"' in wrong.content.decode()
    assert not Restriction.objects.exists()


def test_a_leader_sees_that_it_stands_and_safeguarding_alone_reads_why(town: Town) -> None:
    bell = staff(town.school, "Mr Bell", Role.LEADER)
    browser_of(town.reyes).post(page(town), paper(town, sure="yes"))
    seen = browser_of(bell).get(page(town)).content.decode()
    assert "Nothing about the child is sent or shown to them." in seen
    assert "Order seen" not in seen


def test_the_office_and_teachers_find_no_such_page(town: Town) -> None:
    for colleague in (town.okafor, town.amal):
        browser = browser_of(colleague)
        assert browser.post(page(town), paper(town, sure="yes")).status_code == 404
        student = browser.get(f"/maple-street/students/{town.yousaf.student.key}/")
        assert "restrictions" not in student.content.decode()
    assert not Restriction.objects.exists()
