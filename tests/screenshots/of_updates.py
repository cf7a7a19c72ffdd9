"""What a class and the school tell regularly: the week's update, three texts, the newsletter, and the homes' page."""

from __future__ import annotations

from porchlight.conversations.models import Notice
from porchlight.demo.by_week import FACTS
from porchlight.toolbox import school_time
from porchlight.updates import newsletters
from porchlight.updates.facts import keep_fact
from porchlight.updates.models import Newsletter
from tests.screenshots.of_staff import school_class
from tests.screenshots.shots import Shot, Where, at, presses
from tests.screenshots.story import Fortnight


def of_class(page: str) -> Where:
    return lambda story: at(page, key=school_class(story, "4A").key)


def has_facts(story: Fortnight) -> None:
    """Ms Amal wrote them, in English and in Urdu."""
    by, now = story.maple.actor("Ms Amal"), school_time.now()
    for about, texts in FACTS.items():
        for language, text in texts.items():
            keep_fact(school_class(story, "4A"), about, text, language=language, by=by, now=now)


def facts(story: Fortnight) -> str:
    has_facts(story)
    return at("updates:facts", key=school_class(story, "4A").key)


def about_hamzas_class(story: Fortnight) -> str:
    has_facts(story)
    return at("updates:my_class", student_key=story.maple.student("Hamza Yousaf").key)


def sent_newsletter(story: Fortnight) -> str:
    """The office sent this month's."""
    now = school_time.now()
    row = newsletters.this_month(story.maple.school, now=now)
    words = newsletters.words_of(row, now=now)
    if row.notice_id is None and words is not None:
        draft = newsletters.draft_of(row, words)
        newsletters.send(row, words, draft, by=story.maple.actor("Mrs Okafor"), now=now, press="newsletter")
        row.refresh_from_db()
    # Where other pictures let an engine be trusted, it waits for a translation; families see it once it has left.
    Notice.objects.filter(pk=row.notice_id, sent_at=None).update(sent_at=now)
    return at("updates:my_newsletter", key=Newsletter.objects.get().key)


UPDATES = (
    Shot("week-of-class", "updates:week", of_class("updates:week"), "amal"),
    Shot("week-looked", "updates:week", of_class("updates:week"), "amal", presses(".bar-end [name=look]")),
    Shot("class-facts", "updates:facts", facts, "amal"),
    Shot("update-day", "updates:day_of_class", of_class("updates:day_of_class"), "amal"),
    Shot("update-day-of-school", "updates:day_of_school", at("updates:day_of_school"), "okafor"),
    Shot("newsletter", "updates:newsletter", at("updates:newsletter"), "okafor"),
    Shot("our-class", "updates:my_class", about_hamzas_class, "yousaf"),
    Shot("our-newsletter", "updates:my_newsletter", sent_newsletter, "yousaf"),
)  # fmt: skip
