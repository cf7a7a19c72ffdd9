"""An absence said in a voice note is on the list as soon as a listener has written down what was said."""

from __future__ import annotations

import time_machine

from porchlight.conversations.listening import set_known_languages, write_heard
from porchlight.conversations.models import Listening
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import told
from porchlight.learning.models import Absence
from porchlight.learning.tests.conftest import MORNING, listed, say


def test_what_a_listener_heard_counts_as_if_written(town: Town) -> None:
    set_known_languages(town.reyes, languages=["ur"], by=town.okafor.actor(), now=MORNING)
    say(town, "", media=({"kind": "audio", "key": "note"},))
    assert listed() == []
    with time_machine.travel(MORNING, tick=False):
        row = Listening.objects.get()
        write_heard(row, text="Hamza is ill today.", by=town.reyes.actor(), now=MORNING)
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    absence = Absence.objects.get()
    assert (absence.how, absence.said_by) == ("voice", town.yousaf.guardian)
    assert len(told(town.yousaf.guardian)) == 1
