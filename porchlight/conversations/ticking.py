"""What time alone brings about: scheduled notices leave; what nobody took up or answered is carried further."""

from __future__ import annotations

from datetime import datetime

from porchlight.conversations import awaiting
from porchlight.conversations.delegating import end_those_past
from porchlight.conversations.gathering import send_gathered
from porchlight.conversations.listening import pass_on
from porchlight.conversations.notices import send_due
from porchlight.conversations.promise_kept import count_for_families
from porchlight.conversations.which_child import give_to_people
from porchlight.conversations.worrying import call_deputies
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.delivery.talking.recording import close_what_is_over
from porchlight.languages.translating import call_engines
from porchlight.schools.models import School


@on_tick
def tick(school: School, now: datetime) -> None:
    """Every few seconds, inside the school's context. Doing it twice does nothing more."""
    call_engines(school, now)
    awaiting.finish(school=school, now=now)
    send_due(school=school, now=now)
    send_gathered(school=school, now=now)
    call_deputies(school=school, now=now)
    give_to_people(school=school, now=now)
    pass_on(school=school, now=now)
    close_what_is_over(school, now)
    end_those_past(school, now)
    count_for_families(school, now)
