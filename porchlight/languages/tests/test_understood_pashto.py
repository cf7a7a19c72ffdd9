"""What Pashto homes write back, in either script, means the same beside Urdu and Arabic, which share its letters."""

import pytest

from porchlight.languages.understood import Kind, understand


@pytest.mark.parametrize(
    ("text", "reads", "kind"),
    [
        ("او", "ps", Kind.YES),
        ("او", "fa", None),
        ("wo", "ps-Latn", Kind.YES),
        ("wo", "ur-Latn", None),
        ("na", "ps-Latn", Kind.NO),
        ("موږ نه شو راتلی", "ps", Kind.NO),
        ("زنګ", "en", Kind.CALL),
        ("زنګ ووهئ لطفاً", "ur", Kind.CALL),
        ("زنگ", "ps", Kind.CALL),  # as a keyboard for Urdu writes it
        ("زنگ", "ur", None),  # rust
        ("کال", "ps", Kind.CALL),  # Urdu's word, a year in Pashto: alone it answers our "reply CALL"
        ("rata zang wowahai", "", Kind.CALL),
        ("پیغامونه مه رالېږئ", "", Kind.STOP),
        ("کم پیغامونه", "ps", Kind.FEWER),
        ("ټول پیغامونه", "ps", Kind.ALL_MESSAGES),
        ("زموږ ماشوم په دې ښوونځي کې نشته", "", Kind.NOT_ME),
        ("زما نوې شمېره", "ps", Kind.NEW_NUMBER),
        ("زموږ ټولګی", "", Kind.ABOUT_CLASS),
        ("د نن شپې پوښتنه", "", Kind.TONIGHT),
        ("da nan shpe tapos", "ps-Latn", Kind.TONIGHT),
        ("ماشوم مې ناروغ دی", "ps", None),
        ("زنګ مه وهئ", "ps", None),
    ],
)
def test_pashto_is_understood_for_whoever_reads_it(text, reads, kind):
    seen = understand(text, reads)
    assert (seen.kind if seen else None) is kind
