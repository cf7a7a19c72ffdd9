"""The school's own list of hard words, and which of them stand in a text. A hint for who writes; nothing is kept of it."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.languages.models import HardWord
from porchlight.languages.pairs import plain
from porchlight.languages.readability import UNSPACED
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import scripts


def hard_words_in(text: str, language: str, *, school: School) -> list[HardWord]:
    """Those that stand in it, in the order of the text; whole words, where a script has gaps between them."""
    if not text.strip():
        return []
    rows = HardWord.objects.in_school(school).filter(language=plain(language))
    found = [(place, row) for row in rows if (place := _place(row.words, text, language)) >= 0]
    return [row for _place_, row in sorted(found, key=lambda one: (one[0], one[1].pk))]


def _place(words: str, text: str, language: str) -> int:
    """Where they begin, however they are written in capitals; -1: nowhere."""
    spaced = r"\s+".join(re.escape(part) for part in words.split())
    if scripts.script(language) not in UNSPACED:
        spaced = rf"(?<!\w){spaced}(?!\w)"
    found = re.search(spaced, text, re.IGNORECASE)
    return found.start() if found else -1


@transaction.atomic
def write_hard_word(
    *, school: School, language: str, words: str, instead: str, by: Actor, now: datetime
) -> HardWord:
    """Keep or rewrite one."""
    row, _is_new = HardWord.objects.update_or_create(
        school=school,
        language=plain(language),
        words=" ".join(words.split()),
        defaults={"plain": " ".join(instead.split()), "written_by_id": by.post_id, "written_at": now},
    )
    record("hard_word.written", about=row, by=by, language=row.language)
    return row


@transaction.atomic
def take_out_hard_word(row: HardWord, *, by: Actor) -> None:
    """Nobody stumbles over it any more."""
    record("hard_word.removed", about=row, by=by, language=row.language)
    row.delete()
