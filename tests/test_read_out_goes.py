"""A sound that a machine read out goes with its words, and with their correction."""

from __future__ import annotations

import pytest

from porchlight.conversations.models import Message, ReadAloud
from porchlight.conversations.tests.conftest import Town, town
from porchlight.conversations.tests.test_file_access import family
from porchlight.conversations.tests.test_read_out import _tuesday, players, reads, said
from porchlight.files.models import StoredFile
from porchlight.files.tests.kept import told
from porchlight.privacy.removing import remove_files

__all__ = ["_tuesday", "town"]  # fixtures

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.voice,
]


def test_the_sound_goes_with_the_words_and_with_a_correction(town: Town) -> None:
    father, message = family(town, reads(town, "ur")), said(town)
    [where] = players(father, town)
    told(father.get(where))
    first = StoredFile.objects.get()
    Message.objects.filter(pk=message.pk).update(text="کل نہیں، پرسوں سکول بند ہے۔")
    told(father.get(where))
    [second] = StoredFile.objects.exclude(pk=first.pk)
    assert ReadAloud.objects.get().file == second
    assert remove_files({first.pk, second.pk}) == 1  # the old words are nobody's now
    message.delete()
    assert remove_files({second.pk}) == 1
    assert not StoredFile.objects.exists()
