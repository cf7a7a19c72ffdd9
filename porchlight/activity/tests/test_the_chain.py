"""T36. The record is append-only for the role that serves; whoever writes past it is found by the chain."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from pytest_django import Settings

from porchlight.activity.anchoring import UnreadableAnchors, anchors_in, drop_anchor
from porchlight.activity.chain import BEFORE_THE_FIRST, Link, Sealed, faults, link
from porchlight.activity.models import Anchor, Entry, EntrySeal, EntryText, LookedAt
from porchlight.activity.record import record
from porchlight.activity.sealing import OVERDUE, record_faults, seal
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

NOW = datetime(2026, 10, 13, 12, tzinfo=UTC)
MUTATIONS = 1_000


@pytest.fixture
def school(request: pytest.FixtureRequest, db: None, settings: Settings, tmp_path: Path) -> Iterator[School]:
    settings.ANCHORS = str(tmp_path)
    made = School.objects.create(slug="maple-street", name="Maple Street School")
    with school_context(made):
        yield made


def write(school: School, number: int = 6) -> None:
    for count in range(number):
        record(
            "roster.taken", about=school, by=system(school.pk), words="" if count % 3 else "why", count=count
        )


def whole(school: School, anchors: dict[int, str] | None = None, later: timedelta = timedelta()) -> list[str]:
    return [fault.words for fault in record_faults(school, anchors or {}, now=NOW + later)]


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    before = BEFORE_THE_FIRST
    for number in range(1, length + 1):
        at = NOW + timedelta(seconds=number)
        entry = Sealed(number * 3, 1, "a.verb", "staff", number % 4, "a.b", None, at, {"n": number % 5}, "")
        before = link(before, number, entry)
        links.append(Link(number, before, entry))
    return links


def alter(links: list[Link], chance: random.Random) -> str:
    """One thing done to the record: a field changed, a link or an entry taken away, two of them in each other's place."""
    at = chance.randrange(len(links))
    kind = chance.choice(
        ["entry field", "link", "entry gone", "link gone", "entries swapped", "links swapped"]
    )
    found, entry = links[at], links[at].entry
    assert entry is not None
    other = chance.choice([place for place in range(len(links)) if place != at])
    match kind:
        case "entry field":
            field = chance.choice(Sealed._fields)
            links[at] = found._replace(entry=entry._replace(**{field: changed(getattr(entry, field))}))
        case "link":
            links[at] = found._replace(digest=f"{chance.getrandbits(256):064x}")
        case "entry gone":
            links[at] = found._replace(entry=None)
        case "link gone":
            del links[chance.randrange(len(links) - 1)]  # of the last, see the test below
        case "entries swapped":
            links[at], links[other] = (
                found._replace(entry=links[other].entry),
                links[other]._replace(entry=entry),
            )
        case "links swapped":
            links[at], links[other] = (
                links[other]._replace(number=found.number),
                found._replace(number=links[other].number),
            )
    return kind


def changed(value: Any) -> Any:
    """Something else of its kind."""
    match value:
        case datetime():
            return value + timedelta(microseconds=1)
        case str():
            return f"{value}x"
        case dict():
            return {**value, "n": value["n"] + 1}
        case _:
            return (value or 0) + 1_000


def test_t36_any_single_change_is_found_in_a_thousand() -> None:
    chance = random.Random(20_261_126)
    assert list(faults(chain(20), {})) == []
    done = set()
    for _ in range(MUTATIONS):
        links = chain(chance.randrange(3, 20))
        kind = alter(links, chance)
        assert list(faults(links, {})), kind
        done.add(kind)
    assert len(done) == 6


def test_t36_a_chain_that_was_cut_or_written_anew_is_found_by_the_anchor() -> None:
    links, other = chain(8), chain(9)[1:]
    assert list(faults(links, {8: links[-1].digest})) == []
    assert [fault.number for fault in faults(links[:5], {8: links[-1].digest})] == [8]
    forged, before = [], BEFORE_THE_FIRST
    for number, one in enumerate(other, start=1):  # each digest is right, and the first entry is gone
        assert one.entry is not None
        before = link(before, number, one.entry)
        forged.append(Link(number, before, one.entry))
    assert list(faults(forged, {})) == []
    assert [fault.number for fault in faults(forged, {4: links[3].digest})] == [4]


@pytest.mark.parametrize("_database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_t36_the_sealer_chains_in_order_and_changes_are_found(school: School, _database: str) -> None:
    write(school)
    assert [seal(school, now=NOW), seal(school, now=NOW)] == [6, 0]
    write(school, 2)
    assert seal(school, now=NOW) == 2
    assert list(EntrySeal.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 9))
    assert whole(school) == []
    words = EntryText.objects.first()
    assert words is not None
    EntryText.objects.filter(pk=words.pk).update(text="another reason")
    assert whole(school) == [f"the words beside entry {words.entry_id} were changed"]
    EntryText.objects.filter(pk=words.pk).delete()  # erased as the law asks: no fault
    assert whole(school) == []
    write(school, 1)
    late = Entry.objects.latest("pk")
    assert whole(school, later=timedelta(days=36_500)) == [
        f"entry {late.pk} was never sealed, or its link is gone"
    ]
    if connection.vendor == "sqlite":  # on PostgreSQL the database refuses: see below
        Entry.objects.filter(pk=Entry.objects.earliest("pk").pk).update(facts={"count": 99})
        assert whole(school) == ["its entry, or the link itself, was changed or moved"]


@pytest.mark.postgres
@pytest.mark.parametrize("model", [Entry, EntrySeal, Anchor, LookedAt])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET school_id = school_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_t36_the_database_refuses_to_change_the_record(school: School, model: Any, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))


def test_t36_each_day_has_its_anchor_in_a_file(school: School, settings: Settings, tmp_path: Path) -> None:
    assert drop_anchor(school, now=NOW) is None  # nothing to hold yet
    write(school)
    seal(school, now=NOW)
    first = drop_anchor(school, now=NOW)
    assert first is not None
    assert drop_anchor(school, now=NOW + timedelta(hours=1)) is None
    write(school)
    seal(school, now=NOW)
    second = drop_anchor(school, now=NOW + timedelta(days=1))
    assert second is not None
    known = anchors_in(tmp_path, school)
    assert known == {first.number: first.digest, second.number: second.digest}
    assert (tmp_path / "maple-street.txt").stat().st_mode & 0o077 == 0
    assert whole(school, known) == []
    EntrySeal.objects.filter(number__gt=6).delete()
    assert whole(school, known) == ["the anchor kept elsewhere knows it, and the chain ends before it"]
    (tmp_path / "maple-street.txt").write_text("a page of something else\n")
    with pytest.raises(UnreadableAnchors, match="line 1"):
        anchors_in(tmp_path, school)


def test_an_anchor_that_cannot_be_written_is_tried_again(
    school: School, settings: Settings, tmp_path: Path
) -> None:
    write(school)
    seal(school, now=NOW)
    (tmp_path / "in the way").write_text("")
    settings.ANCHORS = str(tmp_path / "in the way")
    with pytest.raises(FileExistsError):
        drop_anchor(school, now=NOW)
    assert not Anchor.objects.exists()
    settings.ANCHORS = str(tmp_path)
    assert drop_anchor(school, now=NOW) is not None


def test_a_sealer_looks_behind_what_came_late(school: School) -> None:
    """An entry whose transaction ended after a later one's was sealed still gets its link."""
    write(school, 3)
    seal(school, now=NOW)
    EntrySeal.objects.filter(number=3).delete()
    middle = EntrySeal.objects.get(number=2)
    EntrySeal.objects.filter(pk=middle.pk).update(number=99)
    EntrySeal.objects.filter(pk=middle.pk).delete()
    assert seal(school, now=NOW + OVERDUE) == 2
    assert whole(school) == []
