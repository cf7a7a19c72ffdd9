"""The look before "send": exactly what goes to whom. Whoever writes to many sees it, on whichever page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from porchlight.conversations import looked
from porchlight.conversations.advising import Advice, GoodWord, advice, before_a_worry, students_of
from porchlight.conversations.audience import Exclusion, Resolved
from porchlight.conversations.carried import SOON
from porchlight.conversations.checking import must_be_checked
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, Preview, preview, release, write
from porchlight.conversations.previewing import Looks, looks
from porchlight.design.moments import moment
from porchlight.languages.hard_words import hard_words_in
from porchlight.languages.readability import measure
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym

EXCLUDED_WORDS = {
    Exclusion.RESTRICTED: gettext_lazy("We may not write to them. The office knows more."),
    Exclusion.NO_RIGHT: gettext_lazy("They are set to get no messages. The office knows more."),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the preview shows."""

    homes: int
    people: int
    reach: str  # "39 homes, 61 adults, about 41 students"
    looks: Looks
    plainness: list[str]
    reasons: list[tuple[str, int]]  # why adults get nothing, counted
    without_adult: list[str]
    needs_second_person: bool
    mark: str
    urgent: bool
    translating: list[str]  # languages an engine is at
    to_be_checked: list[str]  # languages in which a person reads it first
    advice: list[Advice]  # what may be heard as blame
    good_first: list[GoodWord]  # children of whom a worry would be the first word for long
    sleeping: str  # "69 adults have quiet hours now and get it tomorrow, 7 am."; empty: nobody waits


def look(draft: Draft, *, school: School, actor: Actor) -> Looked:
    """Exactly what would go to whom, and the mark without which nothing is sent."""
    now = school_time.now()
    seen = preview(draft, school=school, by=actor, now=now, asks=True)
    own_words = "" if draft.template_id else draft.text  # a school's text was thought over before
    return Looked(
        homes=seen.resolved.homes,
        people=len(seen.resolved.recipients),
        reach=reach(seen.resolved),
        looks=looks(seen),
        plainness=[*plainness(draft), *plainer(draft.text, draft.language, school)],
        reasons=reasons(seen),
        without_adult=[student.short_name for student in seen.resolved.without_adult],
        needs_second_person=seen.needs_second_person and not draft.urgent_reason,
        mark=looked.mark(draft, by=actor),
        urgent=bool(draft.urgent_reason),
        advice=advice(own_words, draft.language, students=students_of(seen)),
        good_first=before_a_worry(draft, seen, school=school, by=actor, now=now),
        sleeping="" if draft.goes_at else sleeping(school, seen),
        translating=[autonym(tag) for tag in sorted(seen.translated.waiting)],
        to_be_checked=[autonym(tag) for tag in to_be_checked(draft, seen)],
    )


def to_be_checked(draft: Draft, seen: Preview) -> list[str]:
    """Where words on which much hangs stand in a machine's translation."""
    if draft.urgent_reason or not must_be_checked(kind=draft.kind, tier=draft.tier):
        return []
    return sorted({*seen.translated.by_machine, *seen.translated.waiting})


def sleeping(school: School, seen: Preview) -> str:
    """Who has quiet hours now, and when the first of them gets it."""
    now = school_time.now()
    waits = [one.due_at for one in seen.reached if one.due_at > now + SOON]
    if not waits:
        return ""
    words = ngettext(
        "One adult has quiet hours now and gets it %(when)s.",
        "%(n)s adults have quiet hours now and get it from %(when)s.",
        len(waits),
    )
    return words % {"n": len(waits), "when": moment(min(waits), now=now, zone=school.zone)}


def reach(resolved: Resolved) -> str:
    """Who it would reach, in words."""
    parts = {
        "homes": ngettext("%(n)s home", "%(n)s homes", resolved.homes) % {"n": resolved.homes},
        "adults": ngettext("%(n)s adult", "%(n)s adults", len(resolved.recipients))
        % {"n": len(resolved.recipients)},
        "students": ngettext("%(n)s student", "%(n)s students", resolved.students) % {"n": resolved.students},
    }
    return _("%(homes)s: %(adults)s, about %(students)s") % parts


def plainness(draft: Draft) -> list[str]:
    """How easy the words are to read and to translate: a measure and a hint, never a verdict."""
    found = measure(draft.text, draft.language)
    said = [
        ngettext("%(words)s words in one sentence.", "%(words)s words in %(n)s sentences.", found.sentences)
        % {"words": found.words, "n": found.sentences}
    ]
    if found.is_plain:
        said.append(_("Easy to read and to translate."))
    return [*said, *hard_words(draft.text, draft.language)]


def hard_words(text: str, language: str) -> list[str]:
    """The first long sentence of a text and its long words, each with what would be easier."""
    found, said = measure(text, language), []
    if found.long_sentences:
        first = found.long_sentences[0]
        said.append(_("Two short sentences are easier than this long one: “%(words)s”") % {"words": first})
    if found.long_words and not found.is_plain:
        words = ", ".join(found.long_words[:5])
        said.append(_("Is there a shorter word for: %(words)s?") % {"words": words})
    return said


def plainer(text: str, language: str, school: School) -> list[str]:
    """Which words of the school's own list of hard ones stand there, and what it says instead."""
    return [
        _("Plainer than “%(words)s”: %(plain)s.") % {"words": row.words, "plain": row.plain}
        for row in hard_words_in(text, language, school=school)
    ]


def reasons(seen: Preview) -> list[tuple[str, int]]:
    """Why adults in the audience get nothing, each with its count; the next step is in the words."""
    counted: dict[str, int] = defaultdict(int)
    for exclusion, count in seen.resolved.excluded.items():
        counted[str(EXCLUDED_WORDS[exclusion])] += count
    for one in seen.not_reached:
        if one.not_reached is not None:
            counted[str(one.not_reached.next_step)] += 1
    return sorted(counted.items(), key=lambda item: -item[1])


@transaction.atomic
def send_looked(draft: Draft, *, school: School, by: Actor, press: str) -> Notice:
    """Keep and send what was looked at. Raises NoticeRefused; then nothing is kept."""
    now = school_time.now()
    notice = write(draft, school=school, by=by, now=now, press=press)
    return release(notice, by=by, now=now)
