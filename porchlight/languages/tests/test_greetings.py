"""What posters and cards write for a family comes back as a greeting."""

from porchlight.languages.understood import Kind, understand
from porchlight.languages.word_lists import greeting, languages


def test_what_our_cards_write_for_a_family_is_a_greeting_to_us():
    for tag in languages():
        seen = understand(greeting(tag), tag)
        assert seen is not None
        assert seen.kind is Kind.HELLO
    assert [greeting(tag) for tag in ("en", "ur-PK", "zh", "ta", "mi", "de")] == [
        "Hello",
        "السلام علیکم",
        "您好",
        "வணக்கம்",
        "Kia ora",
        "Hello",
    ]
