"""Words are found in code and templates, keep their translations, and a lost placeholder is named."""

import os
from gettext import c2py
from io import StringIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import translation

from porchlight.config.languages import told_to_django
from porchlight.design import catalogues
from porchlight.toolbox.scripts import direction

# The locale data has no rule for te reo Māori yet, which says te of one and ngā of many.
AS_SPOKEN = {"mi"}
CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

def greet(name: str) -> str:
    # Translators: said at the door
    _("Come in, %(name)s") % {"name": name}
    pgettext_lazy("day", "today")
    return ngettext("one home", "%(homes)s homes", 2) + not_ours("never found")
"""
PAGE = """{% load x %}
   <p title="{% translate "A title" %}">{{ x|default:_("None yet") }}</p>
  {% blocktranslate with name=user.name|bdi trimmed %}
     Hello {{ name }},
     100% good
  {% endblocktranslate %}
{% blocktranslate count things=2 %}one thing{% plural %}{{ things }} things{% endblocktranslate %}
{% translate "On" context "switch" as on %}
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    """A little house with words in it, and nowhere translated yet."""
    rooms = tmp_path / "rooms"
    (rooms / "hall" / "tests").mkdir(parents=True)
    (rooms / "hall" / "views.py").write_text(CODE)
    (rooms / "hall" / "page.html").write_text(PAGE)
    (rooms / "hall" / "tests" / "test_x.py").write_text('_("only in a test")')
    (rooms / "hall" / "borrowed_words.py").write_text('_("This field is required.")')
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(catalogues, "PACKAGE", rooms)
    return tmp_path


def words(catalog: Catalog) -> set[object]:
    return {
        message.id if not message.context else (message.context, message.id)
        for message in catalog
        if message.id
    }


def translate(language: str, **strings: object) -> None:
    catalog = catalogues.kept(language)
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0]
        message.string = strings.get(key, message.string)
    catalogues.write(language, catalog)


def test_django_knows_every_language_of_ours() -> None:
    for code, name in settings.LANGUAGES:
        assert name
        assert LANG_INFO[code]["bidi"] is (direction(code) == "rtl") is (code in settings.LANGUAGES_BIDI)
        with translation.override(code):
            assert translation.get_language_bidi() is (direction(code) == "rtl")
    assert told_to_django("ps") == {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"}
    assert told_to_django("mi") == {
        "bidi": False,
        "code": "mi",
        "name": "Māori",
        "name_local": "Te reo Māori",
    }


def test_words_are_found_in_code_and_templates(house: Path) -> None:
    assert words(catalogues.found()) == {
        "Come in, %(name)s",
        ("day", "today"),
        ("one home", "%(homes)s homes"),
        "A title",
        "None yet",
        "Hello %(name)s, 100%% good",
        ("one thing", "%(things)s things"),
        ("switch", "On"),
        "This field is required.",
    }
    assert [message.auto_comments for message in catalogues.found() if message.id == "Come in, %(name)s"] == [
        ["said at the door"]
    ]


def test_a_catalogue_keeps_its_translations_and_drops_what_is_gone(house: Path) -> None:
    call_command("catalogues", "extract", stdout=StringIO())
    translate("ur", **{"A title": "عنوان", "None yet": "ابھی نہیں"})
    page = house / "rooms" / "hall" / "page.html"
    page.write_text(page.read_text().replace('_("None yet")', '"-"'))
    catalogue = catalogues.updated("ur", catalogues.found())
    assert catalogue.get("A title").string == "عنوان"
    assert catalogue.get("None yet") is None


def test_extracting_twice_changes_nothing(house: Path) -> None:
    for language in ("ur", "es"):
        catalogues.write(language, catalogues.updated(language, catalogues.found()))
    translate("ur", **{"A title": "عنوان"})
    before = catalogues.po_path("ur").read_bytes()
    catalogues.write("ur", catalogues.updated("ur", catalogues.found()))
    assert catalogues.po_path("ur").read_bytes() == before


def test_what_translators_say_at_the_top_stays(house: Path) -> None:
    path = catalogues.write("ur", catalogues.updated("ur", catalogues.found()))
    path.write_text("# A draft.\n# To be read over.\n" + path.read_text())
    catalogues.write("ur", catalogues.updated("ur", catalogues.found()))
    assert path.read_text().startswith('# A draft.\n# To be read over.\nmsgid ""')


def test_the_source_language_holds_borrowed_words_alone(house: Path) -> None:
    assert words(catalogues.updated("en", catalogues.found())) == {"This field is required."}


def test_each_trouble_is_named(house: Path) -> None:
    for language in ("en", "ur", "es"):
        catalogues.write(language, catalogues.updated(language, catalogues.found()))
    filled = {
        "Come in, %(name)s": "اندر آئیں",
        "one home": ("ایک گھر", "%(homes)s گھر"),
        "A title": "عنوان %(extra)s",
        "Hello %(name)s, 100%% good": "سلام %(name)s، 100%% ٹھیک",
    }
    translate("ur", **filled)
    said = {(trouble.words, trouble.what) for trouble in catalogues.troubles() if trouble.language == "ur"}
    assert ("Come in, %(name)s", "placeholders differ in 'اندر آئیں'") in said
    assert ("A title", "placeholders differ in 'عنوان %(extra)s'") in said
    assert ("None yet", "not translated") in said
    assert {words for words, _what in said}.isdisjoint({"one home", "Hello %(name)s, 100%% good"})
    assert [trouble for trouble in catalogues.troubles() if trouble.language == "en"] == []
    with pytest.raises(CommandError, match="need a translator"):
        call_command("catalogues", "check", stderr=StringIO())


def test_words_the_catalogue_does_not_know_are_named(house: Path) -> None:
    catalogues.write("ur", catalogues.updated("ur", catalogues.found()))
    (house / "rooms" / "hall" / "page.html").write_text('{% translate "New here" %}')
    whats = {trouble.words: trouble.what for trouble in catalogues.troubles() if trouble.language == "ur"}
    assert whats["New here"].startswith("not in the catalogue yet")
    assert whats["A title"].startswith("no longer in the code")


def test_a_changed_catalogue_is_compiled_at_the_next_start(house: Path) -> None:
    catalogues.write("ur", catalogues.updated("ur", catalogues.found()))
    translate("ur", **{"A title": "عنوان"})
    assert catalogues.is_stale("ur")
    assert "design.W001" in {message.id for message in run_checks(tags=["design"])}
    assert catalogues.compile_stale() == []
    assert not catalogues.is_stale("ur")
    assert run_checks(tags=["design"]) == []
    assert catalogues.po_path("ur").with_suffix(".mo").stat().st_mode & 0o777 == 0o644
    later = catalogues.po_path("ur").stat().st_mtime + 5
    os.utime(catalogues.po_path("ur"), (later, later))
    assert catalogues.is_stale("ur")


def test_arabic_counts_in_six_ways(house: Path) -> None:
    call_command("catalogues", "extract", stdout=StringIO())
    forms = ("لا أسرة", "أسرة", "أسرتان", "%(homes)s أسر", "%(homes)s أسرةً", "%(homes)s أسرة")
    translate("ar", **{"one home": forms})
    catalogues.write("ar", catalogues.updated("ar", catalogues.found()))
    kept = catalogues.kept("ar")
    assert tuple(kept.get("one home").string) == forms
    which = c2py(kept.plural_expr)
    assert [which(n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3]


@pytest.mark.parametrize("language", [*catalogues.languages(), "ms", "ta", "ps", "mi"])
def test_each_language_counts_as_the_locale_data_does(language: str) -> None:
    """Whoever is counted alike there has one form here. Millions have one of their own in Spanish, which we never say."""
    catalogue = catalogues.updated(language, Catalog())
    which, theirs = c2py(catalogue.plural_expr), Locale.parse(language).plural_form
    forms = {(which(number), theirs(number)) for number in (*range(250), 1000, 1001)}
    assert len(forms) == len({ours for ours, _other in forms}) == catalogue.num_plurals
    assert language in AS_SPOKEN or len({other for _ours, other in forms}) == catalogue.num_plurals


def test_our_catalogues_lose_no_placeholder() -> None:
    lost = [
        str(trouble)
        for trouble in catalogues.troubles()
        if "placeholders" in trouble.what or "fuzzy" in trouble.what
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("language", "required", "moment", "choose"),
    [
        ("en", "Please answer this.", "Write a day and a time, such as 2026-05-12 14:30.", "Choose…"),
        ("ur", "یہاں جواب دیں۔", "دن اور وقت لکھیں، جیسے 2026-05-12 14:30۔", "چنیں…"),
        ("es", "Responda aquí, por favor.", "Escriba un día y una hora, como 2026-05-12 14:30.", "Elija…"),
        ("zh-Hans", "请在这里回答。", "请写日期和时间，例如 2026-05-12 14:30。", "请选择…"),
        ("ar", "أجيبوا عن هذا من فضلكم.", "اكتبوا يومًا ووقتًا، مثل 2026-05-12 14:30.", "اختاروا…"),
    ],
)
def test_borrowed_words_speak_with_our_voice(language: str, required: str, moment: str, choose: str) -> None:
    from django import forms

    class Asking(forms.Form):
        name = forms.CharField()
        when = forms.DateTimeField()
        kind = forms.ModelChoiceField(ContentType.objects.none())

    with translation.override(language):
        asked = Asking({"when": "soon"})
        assert asked.errors["name"] == [required]
        assert asked.errors["when"] == [moment]
        assert str(asked.fields["kind"].empty_label) == choose
