"""Any web of words, homes, rights and restrictions, against the rule said in plain Python."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from porchlight.conversations.models import Thread
from porchlight.conversations.on_page import write_back
from porchlight.conversations.sharing import (
    give_word,
    take_word_back,
)
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.sharing_kit import clock, sees
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)

__all__ = ["clock"]


ADULTS, HOMES = range(3), range(2)
STEP = st.one_of(
    st.tuples(st.just("yes"), st.sampled_from(ADULTS)),
    st.tuples(st.just("no"), st.sampled_from(ADULTS)),
    st.tuples(st.just("say"), st.sampled_from(ADULTS)),
    st.tuples(st.just("move"), st.sampled_from(ADULTS), st.sampled_from(HOMES)),
    st.tuples(st.just("restrict"), st.sampled_from(ADULTS)),
    st.tuples(st.just("lift"), st.sampled_from(ADULTS)),
    st.tuples(st.just("right"), st.sampled_from(ADULTS)),
)


class Rule:
    """What may be seen, kept without a database: who said yes when and whom they meant."""

    def __init__(self) -> None:
        self.home = dict.fromkeys(ADULTS, 0)
        self.told = dict.fromkeys(ADULTS, True)
        self.restricted = dict.fromkeys(ADULTS, False)
        self.word: dict[int, tuple[int, set[int]]] = {}  # adult: when, whom they meant
        self.said: list[tuple[int, int]] = []  # when, by whom

    def able(self, one: int) -> bool:
        return self.told[one] and not self.restricted[one]

    def break_with(self, who: int) -> None:
        """Every word of this adult, and every other's that means them, is void."""
        for adult, (when, meant) in list(self.word.items()):
            self.word[adult] = (when, set() if adult == who else meant - {who})

    def apply(self, now: int, what: str, who: int, *more: int) -> None:
        if what == "yes":
            near = {other for other in ADULTS if other != who and self.home[other] == self.home[who]}
            meant = {other for other in near if self.able(other)} if self.able(who) else set()
            self.word[who] = (now, meant)
        elif what == "no":
            self.word.pop(who, None)
        elif what == "say":
            self.said.append((now, who))
        elif what == "move":
            if self.home[who] != more[0]:
                self.break_with(who)
            self.home[who] = more[0]
        elif what == "restrict":
            self.restricted[who] = True
            self.break_with(who)
        elif what == "lift":
            self.restricted[who] = False
        else:
            self.told[who] = not self.told[who]

    def share(self, one: int, other: int) -> bool:
        both = one in self.word and other in self.word
        meant = both and other in self.word[one][1] and one in self.word[other][1]
        apart = self.home[one] != self.home[other] or not (self.able(one) and self.able(other))
        return bool(meant) and not apart

    def seen_by(self, one: int) -> set[str]:
        if not self.able(one):
            return set()
        return {
            f"{now}"
            for now, who in self.said
            if who == one or (self.share(one, who) and now >= max(self.word[one][0], self.word[who][0]))
        }


class House:
    """The same, for real."""

    def __init__(self, town: Town, clock: time_machine.Traveller) -> None:
        self.clock = clock
        self.town, self.child = town, Student.objects.create(school=town.school, name="Child")
        self.homes = [Household.objects.create(school=town.school, label=f"Home {n}") for n in HOMES]
        self.adults = [Guardian.objects.create(school=town.school, name=f"Adult {n}") for n in ADULTS]
        for adult in self.adults:
            Guardianship.objects.create(school=town.school, guardian=adult, student=self.child)
            HouseholdMembership.objects.create(school=town.school, household=self.homes[0], guardian=adult)

    def apply(self, now: int, what: str, who: int, *more: int) -> None:
        adult, moment = self.adults[who], TUESDAY + timedelta(days=now)
        self.clock.move_to(moment)
        tie = Guardianship.objects.get(guardian=adult, student=self.child)
        if what == "yes":
            give_word(guardian=adult, student=self.child, by=adult.actor(), now=moment)
        elif what == "no":
            take_word_back(Thread.objects.filter(guardian=adult), by=adult.actor(), now=moment)
        elif what == "say":
            thread, _ = Thread.objects.get_or_create(
                school=self.town.school, guardian=adult, student=self.child
            )
            write_back(thread=thread, text=f"{now}", by=adult.actor(), now=moment)
        elif what == "move":
            home, lived = self.homes[more[0]], HouseholdMembership.objects.filter(guardian=adult, until=None)
            if not lived.filter(household=home).exists():
                lived.update(until=moment.date() - timedelta(days=1))
                HouseholdMembership.objects.create(
                    school=self.town.school, household=home, guardian=adult, since=moment.date()
                )
        elif what == "restrict":
            Restriction.objects.create(
                school=self.town.school, guardianship=tie, scope="contact", evidence="seen", set_at=moment
            )
        elif what == "lift":
            Restriction.objects.filter(guardianship=tie, lifted_at=None).update(lifted_at=moment)
        else:
            Guardianship.objects.filter(pk=tie.pk).update(may_receive=not tie.may_receive)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
@example(steps=[("restrict", 0), ("lift", 0)])
@example(steps=[("move", 1, 1), ("move", 2, 0), ("yes", 2), ("move", 1, 0)])
@example(steps=[("right", 1), ("yes", 0), ("right", 1)])
@example(steps=[("move", 1, 1), ("move", 1, 0)])
def test_nobody_ever_sees_a_word_that_was_not_shared(town: Town, clock, steps) -> None:
    with transaction.atomic():
        house, rule = House(town, clock), Rule()
        agreed = [("yes", 0), ("yes", 1), ("say", 0), ("say", 1)]  # so that there is something to lose
        for now, step in enumerate([*agreed, *steps, ("say", 0), ("say", 1), ("say", 2)]):
            house.apply(now, *step)
            rule.apply(now, *step)
        for one in ADULTS:
            assert sees(house.adults[one]) == rule.seen_by(one), (one, steps)
        transaction.set_rollback(True)
