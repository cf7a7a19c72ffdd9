"""Pressing only notes that families are to be asked; a worker looks who comes together and asks, and may be killed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django_ox.testing import run_tasks

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Ask, Message
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.models import Parcel
from porchlight.families.models import Guardian
from porchlight.meetings.models import PartyMember, Round, Wish
from porchlight.meetings.rounds import asking, parties
from porchlight.meetings.rounds.asking import AT_ONCE, ask_families, ask_some, form_where_due, work
from porchlight.meetings.tests.a_round import ANSWER_BY, made_round
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.ticking import tick


def adults_of(town: Town, *numbers: int) -> list[Guardian]:
    return [town.home(number).guardian for number in numbers]


def test_a_page_only_notes_that_families_are_to_be_asked_and_says_how_far_the_worker_is(town: Town) -> None:
    adults_of(town, *range(2, 9))
    town.home(9).tie.delete()
    round_, office = made_round(town), browser_of(town.okafor)
    where = f"/maple-street/rounds/{round_.key}/"
    with time_machine.travel(NOW, tick=False):
        assert "adults are asked" not in office.get(where).content.decode()
        office.post(f"{where}asking/")
        assert (Ask.objects.count(), PartyMember.objects.count(), Wish.objects.count()) == (0, 0, 0)
        page = office.get(where).content.decode()
        assert "Looking who comes together. Then they are asked." in page
        assert "adults are asked" not in page
        assert f'action="{where}asking/"' not in page  # pressed once is enough
        assert 'hx-trigger="every 2s"' in page
        form_where_due(round_.pk, now=NOW)
        part = office.get(where, headers={"HX-Request": "true"}).content.decode()
        assert "0 of 8 adults are asked." in part
        assert "Nobody may be asked about: <bdi>Child9</bdi>." in part
        assert f'action="{where}asking/"' in office.get(where).content.decode()
        ask_some(round_, now=NOW)
        part = office.get(where, headers={"HX-Request": "true"}).content.decode()
        assert "5 of 8 adults are asked." in part
        assert "<html" not in part
        work(town.school.pk, round_.pk)
        page = office.get(where).content.decode()
    assert "8 of 8 adults are asked." in page
    assert 'hx-trigger="every 2s"' not in page


@on_both_databases
def test_a_worker_killed_in_the_middle_asks_nobody_twice_and_the_next_one_goes_on(
    town: Town, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    adults_of(town, *range(2, 14))
    round_ = made_round(town)
    ask_families(round_, by=town.okafor.actor(), now=NOW)
    put, calls = asking.put_question, []

    def killed_at_the_eighth(*args, **kwargs):
        calls.append(args)
        if len(calls) == 8:
            raise SystemExit
        return put(*args, **kwargs)

    monkeypatch.setattr(asking, "put_question", killed_at_the_eighth)
    with time_machine.travel(NOW, tick=False):
        with pytest.raises(SystemExit):
            work(town.school.pk, round_.pk)
        first = set(Ask.objects.values_list("pk", flat=True))
        assert len(first) == AT_ONCE  # those of the transaction that was not finished were never asked
        with django_capture_on_commit_callbacks(execute=True):
            tick(town.school, NOW + timedelta(minutes=2))
        assert Ask.objects.count() == 2 * AT_ONCE
        assert len(run_tasks()) == 1
    assert Ask.objects.count() == Message.objects.count() == Parcel.objects.count() == 13
    assert first < set(Ask.objects.values_list("pk", flat=True))
    assert Parcel.objects.values("guardian").distinct().count() == 13


@on_both_databases
def test_a_worker_killed_while_it_looks_who_comes_together_leaves_nothing_of_it_and_the_next_one_begins_anew(
    town: Town, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    adults_of(town, *range(2, 8))
    round_ = made_round(town)
    ask_families(round_, by=town.okafor.actor(), now=NOW)
    make, calls = parties.wish_for, []

    def killed_at_the_third(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise SystemExit
        return make(*args, **kwargs)

    with time_machine.travel(NOW, tick=False):
        monkeypatch.setattr(parties, "wish_for", killed_at_the_third)
        with pytest.raises(SystemExit):
            work(town.school.pk, round_.pk)
        monkeypatch.setattr(parties, "wish_for", make)
        assert (PartyMember.objects.count(), Wish.objects.count(), Ask.objects.count()) == (0, 0, 0)
        with django_capture_on_commit_callbacks(execute=True):
            tick(town.school, NOW + timedelta(minutes=2))
        assert not Ask.objects.exists()  # the clock itself looks for nobody, it gives it to a worker
        assert len(run_tasks()) == 1
        before = set(Ask.objects.values_list("pk", flat=True))
        assert len(before) == PartyMember.objects.count() == Parcel.objects.count() == 7
        town.home(8)
        ask_families(
            round_, by=town.okafor.actor(), now=NOW
        )  # pressed again: who came since, and nobody twice
        work(town.school.pk, round_.pk)
        work(town.school.pk, round_.pk)
    assert Ask.objects.count() == Parcel.objects.values("guardian").distinct().count() == 8
    assert before < set(Ask.objects.values_list("pk", flat=True))
    round_.refresh_from_db()
    assert (round_.to_form_at, round_.asked_at) == (None, NOW)


def test_a_worker_asks_nobody_once_the_last_day_is_over_or_the_times_are_told(town: Town) -> None:
    round_ = made_round(town)
    ask_families(round_, by=town.okafor.actor(), now=NOW)
    with time_machine.travel(ANSWER_BY, tick=False):
        work(town.school.pk, round_.pk)
    Round.objects.update(told_at=NOW)
    with time_machine.travel(NOW, tick=False):
        work(town.school.pk, round_.pk)
    assert not Ask.objects.exists()
