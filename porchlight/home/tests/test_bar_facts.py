"""What the bar of places wants to know of a colleague: worded once a day, asked anew on every page."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porchlight.conversations.tests.conftest import Town, on_both_databases, town
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.home import bar_facts
from porchlight.languages.models import KnownLanguage
from porchlight.schools.models import StaffMember
from porchlight.welcome.models import HelloWeek

__all__ = ["town"]  # a fixture


@on_both_databases
def test_what_has_changed_is_seen_on_the_next_page_and_only_by_whom_it_concerns(town: Town) -> None:
    def page_of(who: StaffMember) -> tuple[bool, ...]:
        actor = who.actor()  # lives as long as a request
        return tuple(ask(actor) for ask in (bar_facts.hello_is_on, bar_facts.listens, bar_facts.checks))

    assert page_of(town.amal) == page_of(town.okafor) == (False, False, False)
    KnownLanguage.objects.create(school=town.school, staff=town.amal, language="ur")
    assert (page_of(town.amal), page_of(town.okafor)) == ((False, True, False), (False, False, False))
    KnownLanguage.objects.update(checks=True)
    HelloWeek.objects.create(school=town.school, started_by=town.okafor)
    assert (page_of(town.amal), page_of(town.okafor)) == ((True, True, True), (True, False, False))
    HelloWeek.objects.update(ended_at=TUESDAY, ended_by=town.okafor)
    assert page_of(town.amal) == (False, True, True)


def test_all_of_it_is_one_question(town: Town) -> None:
    actor = town.amal.actor()
    with CaptureQueriesContext(connection) as asked:
        for ask in (bar_facts.listens, bar_facts.is_a_parent_too, bar_facts.any_check_waits):
            assert not ask(actor)
    assert len(asked) == 1


def test_on_another_day_it_is_put_into_words_anew(town: Town) -> None:
    """Who sees what may depend on the date, which stands in the words."""
    bar_facts._worded.cache_clear()
    for later in (timedelta(), timedelta(hours=1), timedelta(days=1)):
        with time_machine.travel(TUESDAY + later, tick=False):
            bar_facts.listens(town.amal.actor())
    assert bar_facts._worded.cache_info().misses == 2
