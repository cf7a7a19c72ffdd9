"""T38a, T38b. What the law a school follows does on the road: its words for stop, and its hours of rest."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from porchlight.delivery.gateways.contract import Heard, Sender
from porchlight.delivery.inbox.wishes import wish_in
from porchlight.delivery.quiet import next_awake
from porchlight.languages.understood import Kind, understand
from porchlight.schools.law.followed import hold_to, law_at
from porchlight.schools.law.reading import profiles
from porchlight.schools.models import School

EVERY_WORD = sorted({(name, word) for name, one in profiles().items() for f in one.stop for word in f.value})


@pytest.mark.parametrize(("law", "word"), EVERY_WORD)
def test_every_word_that_a_law_names_is_understood_whatever_the_home_reads(law: str, word: str) -> None:
    for reads in ([], ["en"], ["es"], ["ur-Latn"], ["pl"]):
        for written in (word, word.upper(), f" {word.title()}. "):
            seen = understand(written, reads)
            assert seen is not None, (law, written, reads)
            assert seen.kind is Kind.STOP


def test_a_word_that_only_the_law_names_stops_and_is_read_by_somebody_too() -> None:
    def wish(text: str, always: frozenset[str]) -> object:
        return wish_in(Heard("k", Sender("+447700900001"), text=text), ["en"], None, always)

    assert wish("No more of it", frozenset()) is None
    found = wish("NO MORE of it!", frozenset({"no more of it"}))
    assert (found.kind, found.may_mean_more) == (Kind.STOP, True)
    assert wish("no more of it?", frozenset({"no more of it"})) is None  # asked, not wished
    assert wish("STOP", frozenset({"stop"})).may_mean_more is False


@pytest.mark.parametrize("country", ["US", "GB", "IE", "PK", "SG", "NZ", "MY"])
def test_t38b_no_hour_of_a_year_lies_in_the_rest_that_a_schools_law_asks_for(country: str) -> None:
    law, school = law_at(country), School(country=country)
    hold_to(law, school)
    since, until = law.quiet.value.since, law.quiet.value.until
    for name in ("America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Karachi"):
        zone = ZoneInfo(name)
        for day in range(0, 366 * 24, 7):
            moment = datetime.fromtimestamp(1767225600 + day * 3600, tz=UTC)
            clock = next_awake(moment, zone, school.quiet_from, school.quiet_until).astimezone(zone).time()
            assert until <= clock < since, (country, name, moment)
