"""An absence that a listener heard in a voice note counts as if it had been written."""

from __future__ import annotations

from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_listening import _files, iqra, path_of, signed_in, speaks
from porchlight.learning.models import Absence
from porchlight.schools.models import StaffMember

__all__ = ["_files", "iqra"]  # fixtures


def test_it_stands_on_the_list_as_said_aloud(town: Town, iqra: StaffMember) -> None:
    message = speaks(town)
    signed_in(iqra).post(path_of(message), {"text": "Hamza is ill today."})
    absence = Absence.objects.get()
    assert (absence.why, absence.how, absence.said_by) == ("ill", "voice", town.yousaf.guardian)
