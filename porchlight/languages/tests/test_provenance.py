"""A reader gets the version in their language and script, or the original, and it is known who wrote it."""

import pytest

from porchlight.languages.provenance import (
    CannotTranslate,
    Provenance,
    RenderedVersion,
    Translation,
    Version,
    engine_for,
    forget_engine,
    register_engine,
    version_for,
)

ORIGINAL = Version("School is closed tomorrow.", "en", Provenance.ORIGINAL)
URDU = Version("کل اسکول بند ہے۔", "ur", Provenance.PERSON, "Mrs Okafor")
VERSIONS = {"ur": URDU, "es": Version("Mañana no hay clases.", "es", Provenance.SCHOOL_TEMPLATE)}


def test_the_readers_version_comes_with_its_author():
    assert version_for("ur", original=ORIGINAL, versions=VERSIONS) == RenderedVersion(
        "کل اسکول بند ہے۔", "ur", False, Provenance.PERSON, "Mrs Okafor"
    )
    assert version_for(["ta", "es-MX"], original=ORIGINAL, versions=VERSIONS).language == "es"


def test_no_version_means_the_original_and_a_mark():
    got = version_for("pl", original=ORIGINAL, versions=VERSIONS)
    assert (got.text, got.is_original, got.provenance) == (ORIGINAL.text, True, Provenance.ORIGINAL)
    assert got.needs_mark("pl")
    assert got.needs_mark(["pl", "ur"])
    assert not got.needs_mark("en-GB")
    assert not got.needs_mark(["pl", "en"])


def test_readers_of_the_original_need_no_mark():
    got = version_for("en-US", original=ORIGINAL, versions=VERSIONS)
    assert got.is_original
    assert not got.needs_mark("en-US")


def test_urdu_and_roman_urdu_are_two():
    got = version_for("ur-Latn", original=ORIGINAL, versions=VERSIONS)
    assert got.is_original
    assert got.needs_mark("ur-Latn")
    roman = Version("Kal school band hai.", "ur-Latn", Provenance.PERSON)
    assert version_for("ur", original=ORIGINAL, versions={"ur-Latn": roman}).is_original
    assert version_for("ur", original=roman, versions={}).needs_mark("ur")


def test_an_empty_version_is_none():
    blank = {"ur": Version("  ", "ur", Provenance.PERSON)}
    assert version_for("ur", original=ORIGINAL, versions=blank).is_original


def test_machine_words_are_known_as_such_until_a_person_checks_them():
    made = Translation("Cerrado.", "en", "es", "Loom 2").as_version()
    assert (made.provenance, made.by, made.language) == (Provenance.ENGINE, "Loom 2", "es")
    assert made.is_unchecked_machine
    assert not Version(
        "Cerrado.", "es", Provenance.ENGINE, "Loom 2", checked_by="Ms Reyes"
    ).is_unchecked_machine
    assert not URDU.is_unchecked_machine


class Backwards:
    """An engine that writes words backwards, from English to Spanish alone."""

    name = "Backwards 1"

    def can(self, source, target):
        return (source, target) == ("en", "es")

    def translate(self, text, source, target):
        if not text:
            raise CannotTranslate
        return Translation(text[::-1], source, target, self.name)


def test_no_engine_is_there_until_one_is_switched_on():
    assert engine_for("en", "es") is None
    register_engine(Backwards())
    try:
        engine = engine_for("EN", "es")
        assert engine is not None
        assert engine.translate("ab", "en", "es") == Translation("ba", "en", "es", "Backwards 1")
        with pytest.raises(CannotTranslate):
            engine.translate("", "en", "es")
        assert engine_for("en", "ur") is None
    finally:
        forget_engine("Backwards 1")
    assert engine_for("en", "es") is None
