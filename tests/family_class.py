"""What a class and the school tell a home, as full as it gets: three long texts, a question, a newsletter."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse

from porchlight.delivery.tests.cast import TUESDAY
from porchlight.updates import newsletters
from porchlight.updates.facts import keep_fact
from porchlight.updates.models import About
from porchlight.updates.tonight import choose
from tests.family_home import Home


def my_class(home: Home) -> HttpResponse:
    """With three long texts, and a question of ours."""
    by, school_class = home.town.amal.actor(), home.town.class_4a
    for about in About:
        for language, words in {"en": "So it is here. ", home.language: home.said(3)[0] + " "}.items():
            text = (words * 60)[:690].strip()
            keep_fact(school_class, about, text, language=language, by=by, now=TUESDAY)
    choose(school_class, week=TUESDAY.date() - timedelta(days=1))
    return home.father.get(f"/maple-street/class/{home.town.yousaf.student.key}/")


def my_newsletter(home: Home) -> HttpResponse:
    now = TUESDAY
    row = newsletters.this_month(home.town.school, now=now)
    if row.notice_id is None:
        newsletters.keep_text(row, (home.said(3)[0] + "\n") * 20, by=home.town.okafor.actor(), now=now)
        words = newsletters.words_of(row, now=now)
        draft = newsletters.draft_of(row, words)
        newsletters.send(row, words, draft, by=home.town.okafor.actor(), now=now, press="newsletter")
    return home.father.get(f"/maple-street/newsletters/{row.key}/")
