"""The stream of an open board: a change of a round's times calls, one that a rule refused does not."""

from __future__ import annotations

import pytest
from django.db import transaction

from porchlight.meetings.models import Round
from porchlight.meetings.planned.locking import locked
from porchlight.operations.tests.running import Answering
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from tests.test_live_streams import BOTH, listening_at, maple, sign_in
from tests.test_live_streams import _quick as _quick  # looked at often
from tests.test_live_streams import server as server

pytestmark = pytest.mark.django_db(transaction=True)


@BOTH
def test_a_change_of_a_rounds_times_calls_the_boards_and_a_refused_one_nobody(
    on: str, server: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Topic, "settles", property(lambda topic: 0.0))
    browser = sign_in()
    with school_context(maple()):
        office = StaffMember.objects.in_school(maple()).get()
        now = school_time.now()
        made = Round.objects.create(school=maple(), name="Autumn", answer_by=now, made_by=office)
    with listening_at(server, browser, "/maple-street/changes/rounds/?seen=0") as stream:
        with school_context(maple()):
            locked(made)
            transaction.set_rollback(True)
        changed(maple(), Topic.TALK)
        with school_context(maple()):
            locked(made)
        assert stream.next() == ("changed", "1")
