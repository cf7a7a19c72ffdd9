"""T46. A copy holds everything of whom it is about, nothing of others, and nothing that might do harm unlooked-at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine

from porchlight.conversations.models import Message, Thread
from porchlight.delivery.models import Account, Delivery, Parcel, Stopped
from porchlight.families.models import (
    Address,
    Caution,
    ContactChange,
    ContactPoint,
    Guardian,
    Guardianship,
    Restriction,
    Student,
)
from porchlight.files.keeping import opened
from porchlight.files.models import StoredFile
from porchlight.privacy.actions import ask, decide, make_copy
from porchlight.privacy.copying import NoRight, NotLookedAt, copy_of, undecided
from porchlight.privacy.models import Request, RequestKind
from porchlight.privacy.packing import packed
from porchlight.privacy.redacting import BLANK, Others
from porchlight.privacy.register import of_schools, tier_of
from porchlight.schools.actors import system
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.kept import Sort
from tests.full_school.family import NOT_MADE, family, worried
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, people

MINE, OTHER, APART = "ibis4q", "kite8w", "dove2x"
pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> Iterator[FullSchool]:
    """A family; another one; and the child's other parent, who lives apart and said things too."""
    with time_machine.travel(NOW, tick=False):
        full = people("maple-street", "wren7q", 1)
        complete(full)
        family(full, OTHER, 8)
        home = family(full, MINE, 7)
        apart = Guardian.objects.create(
            school=full.school, name=f"{APART}-name", addressed_as=f"{APART}-called"
        )
        Guardianship.objects.create(school=full.school, guardian=apart, student=home.rows[Student])
        thread = Thread.objects.create(school=full.school, guardian=apart, student=home.rows[Student])
        for author, staff in (("guardian", None), ("staff", home.staff["teacher"])):
            Message.objects.create(
                school=full.school, thread=thread, author=author, staff=staff, language="en", said_at=NOW,
                text=f"{APART}-words {MINE}-L1-child and {apart.name}, 07700 900123",
            )  # fmt: skip
        home.adults["apart"] = apart
        yield home


def asked(home: FullSchool, about: Student | Guardian, reader: Guardian | None) -> Request:
    return ask(
        kind=RequestKind.COPY,
        about=about,
        asked_by=reader,
        school=home.school,
        by=home.staff["office"].actor(),
    )


def all_in(home: FullSchool, request: Request) -> str:
    """Every word in the zip: what machines read, what people read, the names of files."""
    copy = make_copy(request=request, by=home.staff["leader"].actor())
    with packed(copy) as file, ZipFile(file) as archive:
        return " ".join(
            [
                *archive.namelist(),
                *(archive.read(n).decode() for n in archive.namelist() if "." in n[-6:] and "copy." in n),
            ]
        )


def given_marks(home: FullSchool, kind: str) -> set[str]:
    """Every text with the family's mark that a copy about this person owes its reader, by the register."""
    owed, person = set(), home.rows[Student if kind == "child" else Guardian]
    for model, kept in of_schools():
        ways = kept.child if kind == "child" else kept.adult
        if not ways or model in NOT_MADE or model not in home.rows:
            continue
        row = model._default_manager.get(pk=home.rows[model].pk)
        if not any(
            model._default_manager.filter(pk=row.pk).filter(**{way: person.pk}).exists() for way in ways
        ):
            continue
        for column in model._meta.local_fields:
            value = getattr(row, column.name) if kept.is_given(column.name) else None
            if (
                MINE in str(value)
                and tier_of(model, column.name) < Tier.L3
                and kept.sort_of(column.name) is not Sort.TIES
            ):
                owed |= {
                    word for word in str(value).replace('"', " ").replace("'", " ").split() if MINE in word
                }
    return owed


@pytest.mark.parametrize("kind", ["child", "adult"])
def test_t46_a_copy_for_a_parent_holds_all_of_theirs_and_nothing_of_anybody_else(
    mine: FullSchool, kind: str
) -> None:
    parent = mine.rows[Guardian]
    request = asked(mine, mine.rows[Student] if kind == "child" else parent, parent)
    told = all_in(mine, request)
    owed = given_marks(mine, kind)
    assert len(owed) > 10
    assert {one for one in owed if one.strip("[]{},:") not in told} == set()
    assert OTHER not in told
    assert APART not in told  # not even that there is one
    assert "-L3-" not in told
    assert f"{MINE}-L2-reason" in told or kind == "adult"


def test_t46_files_are_in_it_as_they_are_kept(mine: FullSchool) -> None:
    parent = mine.rows[Guardian]
    copy = make_copy(request=asked(mine, parent, parent), by=system(mine.school.pk))
    kept = mine.rows[StoredFile]
    with packed(copy) as file, ZipFile(file) as archive, opened(kept) as original:
        told = json.loads(archive.read("copy.json"))
        assert archive.read(told["files"][kept.key]) == original.read()


def test_t46_a_child_reads_what_the_school_said_once_somebody_has_looked(mine: FullSchool) -> None:
    request = asked(mine, mine.rows[Student], None)
    with pytest.raises(NotLookedAt):
        copy_of(request, now=school_time.now())
    for message in undecided(request):
        decide(
            request=request,
            message=message,
            is_given=True,
            why="Harmless.",
            by=mine.staff["safeguarding lead"].actor(),
        )
    told = all_in(mine, request)
    assert (
        f"{APART}-words {MINE}-L1-child and {BLANK}, {BLANK}" in told
    )  # the school's; not what the parent said
    assert told.count(f"{APART}-words") == 2  # once in each of the two pages
    assert f"{APART}-name" not in told


def test_t46_what_somebody_worried_about_waits_for_a_named_person(mine: FullSchool) -> None:
    worried(mine)
    parent, lead = mine.rows[Guardian], mine.staff["safeguarding lead"].actor()
    request = asked(mine, parent, parent)
    [message] = undecided(request)
    with pytest.raises(NotLookedAt):
        make_copy(request=request, by=lead)
    decide(request=request, message=message, is_given=False, why=f"{MINE}-L3-why", by=lead)
    told = all_in(mine, request)
    assert message.text not in told
    assert "-L3-" not in told
    decide(request=request, message=message, is_given=True, why="They wrote it themselves.", by=lead)
    assert message.text in all_in(mine, request)
    assert [one.why for one in request.decisions.all()] == ["They wrote it themselves."]


@pytest.mark.parametrize("how", ["records", "contact", "no right", "no tie"])
def test_t46_a_parent_who_may_not_see_records_gets_no_copy_about_the_child(
    mine: FullSchool, how: str
) -> None:
    parent, tie = mine.rows[Guardian], mine.rows[Guardianship]
    request = asked(mine, mine.rows[Student], parent)
    if how == "no tie":
        tie.until = NOW.date() - timedelta(days=1)
    elif how == "no right":
        tie.may_see_records = False
    else:
        Restriction.objects.create(school=mine.school, guardianship=tie, scope=how, evidence="a court")
    tie.save()
    with pytest.raises(NoRight):
        make_copy(request=request, by=mine.staff["leader"].actor())
    assert f"{MINE}-L1-adult" in all_in(
        mine, asked(mine, parent, parent)
    )  # what is kept about themselves they get


def test_names_numbers_and_mailboxes_of_others_are_blanked() -> None:
    others = Others(["Ana Lee", "Ana", "José", "", "Sam O’Neill"], own=["Ana"])
    said = "ana lee met Ana and JOSÉ; Sam O’Neill (sam@example.org, +44 7700 900-123) has 12 pens."
    assert others.blanked(said) == f"{BLANK} met Ana and {BLANK}; {BLANK} ({BLANK}, {BLANK}) has 12 pens."


def test_no_copy_tells_that_safeguarding_is_at_work(mine: FullSchool) -> None:
    """For the parent who lives apart, about the child and about themselves: not that there is a caution, not which
    phone is thought unsafe, not what stood in between."""
    child, apart, leader = mine.rows[Student], mine.adults["apart"], mine.staff["leader"]
    Caution.objects.create(school=mine.school, student=child, why="canary", set_by=leader)
    for value, more in (("+447700900777", {"unsafe_at": NOW}), ("+447700900776", {})):
        address = Address.objects.create(school=mine.school, channel="sms", value=value)
        ContactPoint.objects.create(school=mine.school, address=address, guardian=apart, **more)
    change = {"guardian": apart, "channel": "sms", "came_by": "office", "with_care": True, "why": "canary"}
    ContactChange.objects.create(
        school=mine.school, value="+447700900778", words="shown", refused_at=NOW, refused_by=leader, **change
    )
    parcel = Parcel.objects.create(school=mine.school, guardian=apart, language="en")
    account = Account.objects.first()
    Delivery.objects.create(
        school=mine.school, parcel=parcel, account=account, channel="sms", to="+447700900776",
        stopped=Stopped.RESTRICTED, due_at=NOW,
    )  # fmt: skip
    for about in (child, apart):
        request = asked(mine, about, apart)
        for message in undecided(request):
            decide(request=request, message=message, is_given=True, why="seen", by=leader.actor())
        tables = make_copy(request=request, by=leader.actor()).tables
        assert "families.Caution" not in tables
        told = json.dumps(tables)
        for word in ("canary", "with_care", "approved_by", "unsafe_at", "restricted"):
            assert word not in told, (about, word)
    assert (
        len(tables["families.ContactPoint"]) == len(tables["families.Address"]) == 2
    )  # the ways themselves are told
