"""Three words on one field: what the source said last time, what it says now, what stands in our row.

Where our row still says what the source said, the source may change it. Where a person has changed it since, the
person's word stays, and the preview says so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from porchlight.rosters.models import RosterLink, Source
from porchlight.rosters.reading.records import BY_NAME
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.targets import ROLES, TARGETS, Target, current, end, from_text
from porchlight.rosters.writing import in_batches
from porchlight.schools.models import School


@dataclass(slots=True)
class Merge:
    """What one record comes to in one row that is already here."""

    kind: str
    key: str
    state: str  # changed, returned, adopted or removed
    row: Any
    link: int  # 0: none yet
    values: str  # what the link holds from now on
    values_before: str = "[]"
    gone_before: int | None = None
    before: dict[str, str] = field(default_factory=dict)  # field of ours → what it said, as text
    after: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)  # fields a person changed, which stay


def merges(staging: Staging, school: School, source: Source, *, now: datetime) -> Iterator[Merge]:
    """Every record in `diff` that speaks of a row we have, in batches; nothing is written yet."""
    for target in TARGETS:
        found = staging.run(
            "SELECT d.key, d.state, d.oid, d.link, d.vals, l.vals, l.gone FROM diff d LEFT JOIN link l"
            " ON l.kind = d.kind AND l.key = d.key WHERE d.kind = ? ORDER BY d.key",
            [target.kind],
        ).fetchall()
        for batch in in_batches(found):
            yield from _batch(target, batch, school, source, now)


def _batch(
    target: Target, batch: tuple[Any, ...], school: School, source: Source, now: datetime
) -> Iterator[Merge]:
    rows = target.model._default_manager.filter(school=school, pk__in=[found[2] for found in batch])
    if target.kind == "staff":
        rows = rows.prefetch_related("roles")
    here = {row.pk: row for row in rows}
    shared = [found[2] for found in batch if found[1] in {"adopted", "removed"}]
    others = _said_by_others(target, school, source, shared)
    today = school.local(now).date()
    for key, state, oid, link, told, last, gone in batch:
        row = here.get(oid)
        if row is None:
            continue  # erased by a person: the link outlived it
        merge = Merge(target.kind, key, state, row, link or 0, told, last or "[]", gone)
        if state == "removed":
            merge.values = merge.values_before
            if oid not in others:  # whom another source still names, this one cannot take away
                _remove(target, merge, now, today)
        else:
            _merge(target, merge, json.loads(told), _baseline(last, others.get(oid), told), school)
        yield merge


def _baseline(last: str | None, other: str | None, told: str) -> list[str | None]:
    """What we think a row said before any person changed it: the source's own last word, or another source's."""
    if last is not None:
        values: list[str | None] = json.loads(last)
    elif other is not None:
        values = json.loads(other)
    else:
        values = []
    return values + [None] * (len(json.loads(told)) - len(values))


def _said_by_others(target: Target, school: School, source: Source, oids: list[int]) -> dict[int, str]:
    if not oids:
        return {}
    links = RosterLink.objects.in_school(school).filter(kind=target.kind, object_id__in=oids, gone_in=None)
    return dict(links.exclude(source=source).values_list("object_id", "values"))


def _merge(
    target: Target, merge: Merge, told: list[str | None], last: list[str | None], school: School
) -> None:
    names = BY_NAME[target.kind].fields
    merged = list(told)
    for place, name in enumerate(names):
        if told[place] is None:
            merged[place] = last[place]
            continue
        ours = target.fields.get(name)
        if ours is None:
            continue
        says, wanted, before = current(merge.row, ours), str(told[place]), last[place]
        if before is None:
            before = school.language if ours == "speaks" else target.defaults.get(name, "")
        if says == wanted:
            continue
        if says == before or (ours == target.over and merge.state == "returned"):
            merge.before[ours], merge.after[ours] = says, wanted
        else:
            merge.kept.append(name)
    merge.values = json.dumps(merged, ensure_ascii=False, separators=(",", ":"))
    if merge.state == "returned" and target.over and target.over not in target.fields:
        says = current(merge.row, target.over)
        if says:
            merge.before[target.over], merge.after[target.over] = says, ""


def _remove(target: Target, merge: Merge, now: datetime, today: Any) -> None:
    """Over from now on, unless a person has ended it already."""
    mark = end(target, now, today)
    ended = getattr(merge.row, target.over)
    if ended is None or (target.ends_on_a_day and ended > mark):
        merge.before[target.over] = current(merge.row, target.over)
        merge.after[target.over] = mark.isoformat()


def put(row: models.Model, values: dict[str, str]) -> None:
    """Set fields of a row from text, in memory; roles are rows of their own and are set elsewhere."""
    for name, text in values.items():
        if name != ROLES:
            setattr(row, name, from_text(type(row), name, text))


def tally(found: Iterator[Merge]) -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], list[str]]]:
    """(kind, state) → how many; and a few of each in words. `kept` counts rows with a person's word in them."""
    counts: Counter[tuple[str, str]] = Counter()
    samples: dict[tuple[str, str], list[str]] = {}
    for merge in found:
        state = merge.state
        if state == "adopted":
            state = "changed" if merge.before else "same"
        elif state == "changed" and not merge.before:
            state = "same"
        counts[(merge.kind, state)] += 1
        shown = str(getattr(merge.row, "name", "") or getattr(merge.row, "label", ""))
        _sample(
            samples,
            (merge.kind, state),
            f"{shown}: {', '.join(merge.before)}" if state == "changed" else shown,
        )
        if merge.kept:
            counts[(merge.kind, "kept")] += 1
            _sample(samples, (merge.kind, "kept"), f"{shown}: {', '.join(merge.kept)}")
    return counts, samples


def _sample(samples: dict[tuple[str, str], list[str]], kind: tuple[str, str], words: str) -> None:
    shown = samples.setdefault(kind, [])
    if words.strip(": ") and len(shown) < 10 and kind[1] != "same":
        shown.append(words)
