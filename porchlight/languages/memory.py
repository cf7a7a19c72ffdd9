"""A school's memory of what was translated: asked before any engine, so that a sentence is paid for once.

Nothing here speaks to an engine. `recall` puts a text together from what is there; `ask` notes what is missing, where
the school trusts an engine with the pair; a worker does the rest (`translating.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from porchlight.languages.checks import NOT_SENT
from porchlight.languages.engines import registry
from porchlight.languages.engines.contract import mask
from porchlight.languages.masking import Masked, Names, masked, names_of
from porchlight.languages.models import EngineAccount, Sentence, Term
from porchlight.languages.pairs import plain, trusted
from porchlight.languages.provenance import Provenance, Version
from porchlight.languages.sentences import Piece, normalised, pieces, together
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

WORTH_WAITING = timedelta(minutes=2)  # an engine that is to be asked later than that is not waited for
ASK_ANEW = timedelta(hours=1)  # after which what no engine would do may be tried once more


@dataclass(frozen=True, slots=True)
class Pair:
    """From which language into which, in one school, and what must not leave it."""

    school: School
    source: str
    target: str
    names: Names
    account: EngineAccount | None  # whom the school trusts with it


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the memory has of a text: a whole version or none; whether the rest is on its way; what looks wrong."""

    version: Version | None = None
    waiting: bool = False
    doubts: tuple[str, ...] = ()


def pair_of(
    school: School, source: str, target: str, *, near: Sequence[str] = (), names: Names | None = None
) -> Pair:
    """Everything a text between these languages needs. `near`: names of those it is between."""
    source, target = plain(source), plain(target)
    if names is None:
        names = names_of(school, near)
    terms = Term.objects.in_school(school).filter(
        Q(target="") | Q(target=target), source=source, translation=""
    )
    kept = tuple(terms.values_list("words", flat=True))
    return Pair(school, source, target, Names(names.known, names.near, kept), trusted(school, source, target))


def recall(pair: Pair, text: str, *, now: datetime) -> Recalled:
    """The text in the other language, from the memory alone."""
    parts, whole = _masked(pair, text), masked(text.strip(), pair.names)
    rows = _rows(pair, [whole, *(one for _piece, one in parts)])
    row = rows.get(_print(pair, whole))
    if row is not None and _is_of_people(row):
        return Recalled(_version([row], whole.filled(row.translated), pair))
    used = [rows.get(_print(pair, one)) for _piece, one in parts]
    if parts and all(_is_usable(one, pair) for one in used):
        found = [one for one in used if one is not None]
        filled = [
            Piece(one.filled(got.translated), piece.gap)
            for (piece, one), got in zip(parts, found, strict=True)
        ]
        doubts = dict.fromkeys(doubt for got in found if not got.is_read for doubt in got.doubts)
        return Recalled(_version(found, together(filled).strip(), pair), doubts=tuple(doubts))
    return Recalled(
        waiting=any(one is not None and _is_on_its_way(one, pair, now) for one in used)
        and not any(one is not None and (one.trouble or not _may_be_sent(one)) for one in used),
        doubts=tuple(dict.fromkeys(code for one in used if one is not None for code in one.doubts)),
    )


@transaction.atomic
def ask(pair: Pair, text: str, *, tier: Tier, now: datetime) -> bool:
    """Note what of a text is still to be translated. False where no engine may be asked: then people translate."""
    account = pair.account
    if account is None or not account.takes(tier) or not account.works(now):
        return False
    parts = [one for _piece, one in _masked(pair, text)]
    rows = _rows(pair, parts)
    missing = {_print(pair, one): one.text for one in parts if _print(pair, one) not in rows}
    Sentence.objects.bulk_create(
        [
            Sentence(
                school=pair.school,
                source=pair.source,
                target=pair.target,
                fingerprint=mark,
                text=words,
                is_personal=tier > Tier.L1,
                due_at=now,
                used_at=now,
            )
            for mark, words in missing.items()
        ],
        ignore_conflicts=True,
    )
    known = Sentence.objects.in_school(pair.school).filter(pk__in=[row.pk for row in rows.values()])
    known.update(used_at=now)
    known.filter(made_at=None, due_at__lte=now - ASK_ANEW).exclude(trouble="").update(
        trouble="", tries=0, due_at=now
    )
    return True


@transaction.atomic
def keep(
    pair: Pair, text: str, translated: str, *, by: int | None, name: str, now: datetime, tier: Tier
) -> None:
    """A person's translation: for the whole text, and for each sentence where both have the same number of them.

    It stands above every machine's, and is used wherever the same is said again, whoever the names are then.
    `by`: the colleague; None: a parent whom the office trusts with it.
    """
    whole = masked(text.strip(), pair.names)
    written = {_print(pair, whole): (whole, translated.strip())}
    ours, theirs = _masked(pair, text), pieces(translated)
    if len(ours) == len(theirs):
        for (_piece, one), their in zip(ours, theirs, strict=True):
            written.setdefault(_print(pair, one), (one, their.sentence))
    rows = _rows(pair, [one for one, _said in written.values()])
    for mark, (one, said) in written.items():
        remasked = _remasked(one, said)
        if remasked is None:
            continue
        row = rows.get(mark) or Sentence(
            school=pair.school, source=pair.source, target=pair.target, fingerprint=mark, text=one.text
        )
        if row.translated != remasked:
            row.engine = ""
        row.translated, row.made_at, row.used_at = remasked, now, now
        row.checked_by_id, row.checked_name, row.read_by_parent = by, name, by is None
        row.is_personal, row.doubts, row.trouble = tier > Tier.L1, [], ""
        row.save()


def _remasked(one: Masked, said: str) -> str | None:
    """A person's words with the masks of the sentence; None where a name does not stand there as it did."""
    text, numbered = said, list(enumerate(one.parts))
    for number, part in sorted(numbered, key=lambda row: (-len(row[1]), row[0])):
        if text.count(part) != sum(other == part for place, other in numbered if place >= number):
            return None
        text = text.replace(part, mask(number), 1)
    return text


def _masked(pair: Pair, text: str) -> list[tuple[Piece, Masked]]:
    return [(piece, masked(piece.sentence, pair.names)) for piece in pieces(text)]


def _print(pair: Pair, one: Masked) -> str:
    return fingerprint(pair.school.pk, pair.source, pair.target, one.text)


def fingerprint(school_id: int, source: str, target: str, text: str) -> str:
    """How a masked sentence is found again: the same words in other spacing and quotes are the same."""
    parts = (str(school_id), source, target, normalised(text))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _rows(pair: Pair, parts: Sequence[Masked]) -> Mapping[str, Sentence]:
    marks = {_print(pair, one) for one in parts}
    rows = Sentence.objects.in_school(pair.school).filter(
        source=pair.source, target=pair.target, fingerprint__in=marks
    )
    return {row.fingerprint: row for row in rows}


def _is_usable(row: Sentence | None, pair: Pair) -> bool:
    """A person's words always; a machine's while the school trusts one with the pair and nothing looks wrong."""
    if row is None or row.made_at is None:
        return False
    return _is_of_people(row) or (pair.account is not None and _may_be_sent(row))


def _is_of_people(row: Sentence) -> bool:
    """Written or read over by somebody."""
    return row.made_at is not None and (row.is_read or not row.engine)


def _may_be_sent(row: Sentence) -> bool:
    return NOT_SENT.isdisjoint(row.doubts)


def _is_on_its_way(row: Sentence, pair: Pair, now: datetime) -> bool:
    if row.made_at is not None or row.trouble or pair.account is None:
        return False
    return pair.account.works(now) and row.due_at <= now + WORTH_WAITING


def _version(rows: Sequence[Sentence], text: str, pair: Pair) -> Version:
    """Where it comes from: of people alone, the memory; else the machine that did any of it."""
    machines = dict.fromkeys(row.engine for row in rows if row.engine and not row.is_read)
    if machines:
        by = ", ".join(registry.ENGINES[name].label for name in machines if name in registry.ENGINES)
        return Version(text, pair.target, Provenance.ENGINE, by)
    people = ", ".join(dict.fromkeys(row.checked_name for row in rows if row.checked_name))
    return Version(text, pair.target, Provenance.MEMORY, people, people)
