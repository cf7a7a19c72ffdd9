"""Tonight's question of one class in one week."""

from __future__ import annotations

import re
from datetime import date, timedelta

from porchlight.conversations.wording import Words
from porchlight.schools.actors import Actor
from porchlight.schools.models import SchoolClass
from porchlight.updates import bank
from porchlight.updates.facts import facts_of
from porchlight.updates.models import About, Tonight

NOT_AGAIN = timedelta(days=300)
DIGITS = re.compile(r"\d+")


def year_of(school_class: SchoolClass) -> int | None:
    """The first number in what the school calls its year, else in its name; None: there is none."""
    found = DIGITS.search(school_class.year) or DIGITS.search(school_class.name)
    return int(found[0]) if found else None


def offered(school_class: SchoolClass, *, week: date) -> list[bank.Question]:
    """Ours that suit this class, best first."""
    asked = Tonight.objects.in_school(school_class.school_id).filter(school_class=school_class)
    used = asked.filter(week__gte=week - NOT_AGAIN, week__lt=week).values_list("shipped", flat=True)
    learns = " ".join(
        text
        for fact in facts_of(school_class, on=week)
        if fact.about == About.LEARNS
        for text in (fact.text, *(version.text for version in fact.versions.all()))
    )
    return list(bank.fitting(year=year_of(school_class), learns=learns, used=set(used)))


def standing(school_class: SchoolClass, *, week: date) -> Tonight:
    """What stands for the week; where nothing does, the best of ours, not kept yet."""
    school = school_class.school
    row = Tonight.objects.in_school(school).filter(school_class=school_class, week=week).first()
    if row is not None:
        return row
    first = offered(school_class, week=week)[0]
    return Tonight(
        school=school, school_class=school_class, week=week, shipped=first.name, language=school.language
    )


def choose(school_class: SchoolClass, *, week: date) -> Tonight:
    """The same, kept: what was told to one home is what the others are told."""
    row = standing(school_class, week=week)
    if row.pk is None:
        row, _is_new = Tonight.objects.get_or_create(
            school=row.school,
            school_class=school_class,
            week=week,
            defaults={"shipped": row.shipped, "language": row.language},
        )
    return row


def set_question(school_class: SchoolClass, *, week: date, shipped: str, text: str, by: Actor) -> Tonight:
    """A colleague chose another, or wrote their own; once it was sent, it stays."""
    row = choose(school_class, week=week)
    is_open = row.notice is None or row.notice.undone_at is not None
    if is_open and (row.shipped, row.text) != (shipped, text):
        row.shipped, row.text, row.chosen_by_id = "" if text else shipped, text, by.post_id
        row.language = school_class.school.language
        row.save()
    return row


def words_of(row: Tonight) -> Words:
    """As it is asked."""
    return bank.words_of(row.shipped, row.language) if row.shipped else Words(row.text, row.language, {})


def question_of(school_class: SchoolClass, *, week: date) -> Words | None:
    """What stands for the week; nothing is put there."""
    row = (
        Tonight.objects.in_school(school_class.school_id).filter(school_class=school_class, week=week).first()
    )
    return words_of(row) if row is not None else None
