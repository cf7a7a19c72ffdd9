"""A version of a text put into Latin letters for homes that read it so, and what people's corrections teach.

A machine's spelling is never passed off as a person's: the version says whose words and whose letters they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.languages.letters.lexicon import lexicon, plain
from porchlight.languages.letters.romanising import WORD, Romanised, romanised, speaks
from porchlight.languages.masking import Names
from porchlight.languages.models import Spelling
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.folding import fold
from porchlight.toolbox.scripts import normal

LATIN = re.compile(r"[A-Za-z][A-Za-z'-]{0,79}")
TOKEN = re.compile(r"[^\s.,;:!?()\"“”«»۔،؟؛…]+")
MOST_LEARNT = 40  # words of one text


def spellings(school: School, language: str) -> Mapping[str, str]:
    """The school's own spellings, by plain word."""
    rows = Spelling.objects.in_school(school).filter(language=language)
    return dict(rows.values_list("word", "latin"))


def lettered(school: School, made: Version, *, names: Names) -> tuple[Version, bool]:
    """This version, which is in Urdu's or Pashto's own letters, in Latin ones; and whether much of it is guessed."""
    language = normal(made.language).partition("-")[0]
    how = _romanised(school, made.text, language, names)
    is_machine = made.is_unchecked_machine
    by = made.by if is_machine else (made.checked_by or made.by)
    provenance = Provenance.ENGINE_LETTERS if is_machine else Provenance.LETTERS
    return Version(how.text, f"{language}-Latn", provenance, by), how.is_shaky


def _romanised(school: School, text: str, language: str, names: Names) -> Romanised:
    return romanised(text, language, own=spellings(school, language), names=names.near)


@transaction.atomic
def learn(
    *, school: School, target: str, text: str, corrected: str, names: Names, by: Actor, now: datetime
) -> int:
    """What a person's correction says of single words, so that each is put right once. Returns how many were learnt.

    `text` is in the language's own letters, `corrected` in Latin ones. Only where word stands against word; never a
    name, and never a word that is read two ways.
    """
    language = speaks(target)
    ours, theirs = TOKEN.findall(text), TOKEN.findall(corrected)
    if not language or len(ours) != len(theirs):
        return 0
    known, before = lexicon(language), spellings(school, language)
    learnt: dict[str, str] = {}
    for word, latin in zip(ours, theirs, strict=True):
        bare = plain(word, language)
        if not (WORD.fullmatch(word) and LATIN.fullmatch(latin)) or bare in known.either:
            continue
        if fold(word) in names.known or fold(latin) in names.known or names.names(latin):
            continue
        made = before.get(bare) or romanised(word, language).text
        if fold(made) != fold(latin):
            learnt[bare] = latin.lower()
    for bare, latin in list(learnt.items())[:MOST_LEARNT]:
        _keep(school, language, bare, latin, by, now)
    return min(len(learnt), MOST_LEARNT)


def _keep(school: School, language: str, bare: str, latin: str, by: Actor, now: datetime) -> None:
    row, _is_new = Spelling.objects.update_or_create(
        school=school,
        language=language,
        word=bare,
        defaults={"latin": latin, "written_by_id": by.post_id if by.is_staff else None, "written_at": now},
    )
    record("spelling.written", about=row, by=by, language=language)


@transaction.atomic
def spell(*, school: School, language: str, word: str, latin: str, by: Actor, now: datetime) -> None:
    """The school says how a word is written in Latin letters."""
    _keep(school, language, plain(word.strip(), language), latin.strip(), by, now)


@transaction.atomic
def forget(row: Spelling, *, by: Actor) -> None:
    """From now on it is spelled as everywhere."""
    record("spelling.removed", about=row, by=by, language=row.language)
    row.delete()
