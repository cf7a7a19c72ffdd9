"""A reader gets the version in their language and script, or the original, and it is known who wrote it."""

from porchlight.languages.provenance import Provenance, RenderedVersion, Version, version_for

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
    made = Version("Cerrado.", "es", Provenance.ENGINE, "LibreTranslate")
    assert made.is_unchecked_machine
    assert not Version(
        "Cerrado.", "es", Provenance.ENGINE, "DeepL", checked_by="Ms Reyes"
    ).is_unchecked_machine
    assert not Version("Cerrado.", "es", Provenance.MEMORY, "Ms Reyes").is_unchecked_machine
    assert not URDU.is_unchecked_machine
