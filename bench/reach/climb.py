"""The real planning and the real rules of the ladder, run against a town in simulated time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from bench.reach.people import (
    A_CALL,
    CALLERS,
    FOR,
    MOMENT,
    PRICES,
    SAID,
    Climber,
    Gone,
    Spent,
    at_work,
    next_handing_out,
)
from bench.reach.town import PICKS_UP, Adult, Holds, Phone, Town
from porchlight.delivery.by_hand.carrying import MOST_RINGS, REST
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.ladder.facts import hours_of
from porchlight.delivery.ladder.rules import next_step
from porchlight.delivery.ladder.terms import (
    BY_PEOPLE,
    DEFAULT,
    LETTERS,
    Case,
    Cause,
    Does,
    Fate,
    Other,
)
from porchlight.delivery.ladder.ways import as_ways, ways_of
from porchlight.delivery.planning import Planned, plan_one
from porchlight.families.models import AddressState, Channel


class Climb:
    """One urgent notice to the whole town."""

    def __init__(self, town: Town, begins: datetime) -> None:
        self.town, self.begins, self.spent = town, begins, Spent()
        self.climbers = {adult.guardian.pk: Climber(adult) for adult in town.adults}
        self.heard: set[int] = set()  # homes
        self.listed: set[int] = set()  # homes that are a named person's errand
        self.in_hand_at: dict[int, set[int]] = {}  # hours → homes in a person's hands then
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()
        self._callers = [begins] * CALLERS
        self._calls_asked: dict[object, int] = {}  # by day
        self._of_child: dict[int, list[Adult]] = {}
        for adult in town.adults:
            self._of_child.setdefault(adult.student.pk, []).append(adult)

    def run(self) -> None:
        """Until four days are over."""
        for hours in (24, 72):
            self._at(self.begins + timedelta(hours=hours), partial(self._look_at_lists, hours))
        for climber in self.climbers.values():
            self._begin(climber)
        while self._events and self._events[0][0] <= self.begins + FOR:
            moment, _order, happens = heapq.heappop(self._events)
            happens(moment)

    def reached(self) -> dict[int, datetime]:
        """By home, when it first heard of it in truth."""
        found: dict[int, datetime] = {}
        for climber in self.climbers.values():
            if climber.reached_at is not None:
                home = climber.adult.home
                found[home] = min(found.get(home, climber.reached_at), climber.reached_at)
        return found

    def most_climbed_in_a_day(self) -> int:
        """Messages that the ladder sent one adult in one day, at most."""
        days = [
            sum(one.date() == day for one in climber.sent_on)
            for climber in self.climbers.values()
            for day in {one.date() for one in climber.sent_on}
        ]
        return max(days, default=0)

    def _look_at_lists(self, hours: int, _now: datetime) -> None:
        self.in_hand_at[hours] = {one.adult.home for one in self.climbers.values() if one.in_hand()}

    def _at(self, moment: datetime, happens: Callable[[datetime], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._order), happens))

    def _begin(self, climber: Climber) -> None:
        recipient = Recipient(climber.adult.guardian, (climber.adult.student,))
        first = plan_one(self.town.known, recipient, SAID, urgency=Urgency.URGENT, start=self.begins)
        if first.not_reached is None:
            self._go(climber, first, self.begins)
        else:
            self._errand(climber, self.begins)

    def _step(self, climber: Climber, now: datetime) -> None:
        adult = climber.adult
        recipient = Recipient(adult.guardian, (adult.student,))
        gone = {(one.channel, one.address) for one in climber.gone}
        planned = ways_of(self.town.known, recipient, SAID, urgency=Urgency.URGENT, start=now, gone=gone)
        step = next_step(self._case(climber, planned, now), DEFAULT, now)
        if step.does is Does.TRY and step.way is not None:
            if planned[step.way].channel in BY_PEOPLE:
                self._calls_asked[now.date()] = self._calls_asked.get(now.date(), 0) + 1
            elif planned[step.way].channel not in LETTERS:
                climber.sent_on.append(now)
            self._go(climber, planned[step.way], now)
        elif step.does is Does.WAIT and step.at is not None:
            self._look(climber, step.at)
        elif step.does is Does.ERRAND:
            self._errand(climber, now)

    def _case(self, climber: Climber, planned: list[Planned], now: datetime) -> Case:
        adult = climber.adult
        others = [one for one in self._of_child[adult.student.pk] if one is not adult]
        return Case(
            cause=Cause.URGENT,
            began=self.begins,
            hours=hours_of(adult.guardian, self.town.school),
            tried=[one.as_tried() for one in climber.gone],
            ways=as_ways(planned),
            others=[Other(one.guardian.pk, same_home=one.home == adult.home, told=True) for one in others],
            heard=adult.home in self.heard,
            asks=True,
            on_a_list=adult.home in self.listed,
            messages_today=sum(one.date() == now.date() for one in climber.sent_on),
            calls_today=self._calls_asked.get(now.date(), 0),
        )

    def _look(self, climber: Climber, moment: datetime) -> None:
        climber.looks += 1
        planned = climber.looks

        def look(now: datetime) -> None:
            if climber.looks == planned:
                self._step(climber, now)

        self._at(moment, look)

    def _errand(self, climber: Climber, now: datetime) -> None:
        if climber.adult.home not in self.listed:
            self.listed.add(climber.adult.home)
            climber.listed_at = now
            self.spent.errands += 1
            self.spent.pence += PRICES["errand"]

    def _go(self, climber: Climber, planned: Planned, now: datetime) -> None:
        address = planned.address
        confirmed = address.confirmed_at if address is not None else None
        gone = Gone(
            planned.channel,
            address.pk if address is not None else None,
            now,
            Fate.WAITING,
            sure=confirmed is not None,
            by_person=planned.account is not None and planned.account.is_by_hand,
        )
        climber.gone.append(gone)
        if planned.channel in BY_PEOPLE:
            self._queue_call(climber, gone, max(now, planned.due_at))
        elif planned.channel in LETTERS:
            self._at(next_handing_out(now), lambda at: self._hand_out(climber, gone, at))
        else:
            self.spent.messages += 1
            self.spent.pence += PRICES[planned.channel]
            self._at(now + MOMENT, lambda at: self._lands(climber, gone, at))
        self._look(climber, now + timedelta(minutes=15))

    def _lands(self, climber: Climber, gone: Gone, now: datetime) -> None:
        if gone.channel == Channel.EMAIL:
            self._mail_lands(climber, gone, now)
            return
        phone = climber.adult.phones[gone.address or 0]
        if phone.holds is Holds.DEAD or (gone.channel == Channel.WHATSAPP and not phone.on_whatsapp):
            self._fails(climber, gone, now, is_bad=phone.holds is Holds.DEAD)
        elif phone.holds is Holds.ANOTHERS:
            gone.fate = Fate.ARRIVED
            if phone.stranger_says_so:
                self._at(now + timedelta(hours=3), lambda at: self._fails(climber, gone, at, is_bad=True))
        elif phone.holds is Holds.DARK and now < self.begins + phone.back_after:
            gone.fate = Fate.SENT
            self._at(self.begins + phone.back_after, lambda at: self._arrives(climber, gone, phone, at))
        else:
            self._arrives(climber, gone, phone, now)

    def _arrives(self, climber: Climber, gone: Gone, phone: Phone, now: datetime) -> None:
        gone.fate = Fate.ARRIVED if phone.receipts else Fate.SENT
        self._reaches(climber, now)

    def _mail_lands(self, climber: Climber, gone: Gone, now: datetime) -> None:
        adult = climber.adult
        if not adult.mail_works:
            self._fails(climber, gone, now, is_bad=True)
            return
        gone.fate = Fate.SENT
        if adult.mail_read_after is not None:
            self._at(now + adult.mail_read_after, lambda at: self._reaches(climber, at))

    def _reaches(self, climber: Climber, now: datetime) -> None:
        climber.reached_at = climber.reached_at or now
        if climber.adult.answers_after is not None:
            self._at(now + climber.adult.answers_after, lambda _at: self.heard.add(climber.adult.home))

    def _fails(self, climber: Climber, gone: Gone, now: datetime, *, is_bad: bool) -> None:
        gone.fate = Fate.FAILED
        if is_bad:
            number = next(point for point in climber.adult.points if point.address.pk == gone.address)
            for point in climber.adult.points:  # the number is bad on every channel it is used on
                if point.address.value == number.address.value:
                    point.address.state = AddressState.BAD
        self._step(climber, now)

    def _queue_call(self, climber: Climber, gone: Gone, not_before: datetime) -> None:
        """The first colleague who is free rings, in school hours."""
        caller = min(range(CALLERS), key=lambda one: self._callers[one])
        moment = at_work(max(not_before, self._callers[caller]))
        self._callers[caller] = moment + A_CALL
        self._at(moment, lambda at: self._ring(climber, gone, at))

    def _ring(self, climber: Climber, gone: Gone, now: datetime) -> None:
        if climber.adult.home in self.heard or gone.fate is not Fate.WAITING:
            gone.fate = Fate.FAILED if gone.fate is Fate.WAITING else gone.fate
            return
        self.spent.calls += 1
        self.spent.pence += PRICES["call"]
        gone.rings += 1
        phone = climber.adult.phones[gone.address or 0]
        is_on = phone.holds is Holds.THEIRS or (
            phone.holds is Holds.DARK and now >= self.begins + phone.back_after
        )
        picks_up = self.town.rng.random() < PICKS_UP
        if is_on and picks_up:
            gone.fate = Fate.ARRIVED
            climber.reached_at = climber.reached_at or now
            self.heard.add(climber.adult.home)
        elif phone.holds is Holds.DEAD or (phone.holds is Holds.ANOTHERS and picks_up):
            self._fails(climber, gone, now, is_bad=True)
        elif gone.rings >= MOST_RINGS:
            self._fails(climber, gone, now, is_bad=False)
        else:
            self._queue_call(climber, gone, now + REST)

    def _hand_out(self, climber: Climber, gone: Gone, now: datetime) -> None:
        if climber.adult.home in self.heard:
            gone.fate = Fate.FAILED
            return
        self.spent.slips += 1
        self.spent.pence += PRICES["paper"]
        gone.fate, gone.at = Fate.SENT, now
        if climber.adult.guardian.pk in self.town.slips_that_get_home:
            self._at(now + timedelta(minutes=45), lambda at: self._reaches(climber, at))
