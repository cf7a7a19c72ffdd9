"""Translations without gettext's tools: found in the code, kept as .po, compiled to .mo, and checked.

`extract` reads every room; translators write only in `porchlight/locale/<language>/LC_MESSAGES/django.po`;
`compile_stale` runs at each start, so a changed .po needs no other step.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
SKIPPED = {"tests", "migrations", "locale", "gallery", "static"}  # folders without words for people
SKIPPED_FILES = {"samples.py", "sample_words.py"}
SUFFIXES = {".py", ".html", ".txt"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
BORROWED = "borrowed_words.py"  # words of Django and allauth that our pages show
PLURALS = {  # where Babel's own rule is another than the Unicode locale data's
    # 100 to 102 as a form of their own
    "ar": "nplurals=6; plural="
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "ms": "nplurals=1; plural=0;",  # one word for one and for many
}
SOURCE = "en"  # the language the code is written in; its catalogue only re-tones borrowed words
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a translator has to mend: which language, which words, what is wrong."""

    language: str
    words: str
    what: str

    def __str__(self) -> str:
        return f"{self.language}: {self.what}: {self.words!r}"


def folder() -> Path:
    """Where the catalogues lie."""
    return Path(settings.LOCALE_PATHS[0])


def languages() -> list[str]:
    """The interface languages as their folders are called (`zh_Hans`), the source language first."""
    return [to_locale(code) for code, _name in settings.LANGUAGES]


def po_path(language: str) -> Path:
    """`porchlight/locale/ur/LC_MESSAGES/django.po`"""
    return folder() / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    """Every file that may hold words for people, in a fixed order."""
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE).parts
        if path.suffix in SUFFIXES and path.name not in SKIPPED_FILES and not SKIPPED.intersection(inside):
            yield path


def words_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """(line, words, translator's comments, context) of one file, as Babel's extractor gives them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = templatize(text, origin=path.name)
        text = "\n".join(line.strip() for line in code.splitlines())
    return extract(
        "python",
        BytesIO(text.encode()),
        keywords=KEYWORDS,
        comment_tags=["Translators:"],
        strip_comment_tags=True,
    )


def found() -> Catalog:
    """All words in the code now, without translations. Places are files, so that moving a line changes nothing."""
    catalog = Catalog(project="Porchlight", charset="utf-8", fuzzy=False)
    for path in sources():
        place = path.relative_to(PACKAGE).as_posix()
        for _line, words, comments, context in words_in(path):
            catalog.add(words, locations=[(place, 1)], auto_comments=comments, context=context)
    for message in catalog:
        message.locations = sorted(set(message.locations))
    return catalog


def borrowed(message: Message) -> bool:
    """Does the message come from the list of other people's words alone?"""
    return bool(message.locations) and all(place.endswith(BORROWED) for place, _line in message.locations)


def kept(language: str) -> Catalog:
    """The catalogue as it lies in the repository; empty when there is none."""
    path = po_path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _empty(language: str) -> Catalog:
    """A catalogue without words that counts as its language does."""
    catalog = Catalog(locale=language, project="Porchlight", charset="utf-8", fuzzy=False)
    if language in PLURALS:
        catalog.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalog


def updated(language: str, template: Catalog) -> Catalog:
    """The kept translations of the words in the template; words no longer in the code are dropped."""
    old = kept(language)
    new = _empty(language)
    for message in template:
        if not message.id or (language == SOURCE and not borrowed(message)):
            continue
        before = old.get(message.id, context=message.context)
        string = before.string if before is not None and _same_kind(before, message) else ""
        new.add(
            message.id,
            string or (("",) * new.num_plurals if message.pluralizable else ""),
            locations=message.locations,
            flags=message.flags - {"fuzzy"},
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return new


def _same_kind(before: Message, now: Message) -> bool:
    return before.pluralizable == now.pluralizable


def write(language: str, catalog: Catalog) -> Path:
    """Write a .po file that only changes where its words change: no dates, no line numbers, sorted.

    Remarks of its translators at the top stay: such as that it is a draft.
    """
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    plurals = PLURALS.get(language) or f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plurals}\\n"\n\n'
    )
    path.write_text(_remarks(path) + header + out.getvalue().decode().strip() + "\n", encoding="utf-8")
    return path


def _remarks(path: Path) -> str:
    """The lines above everything else."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    return "".join(takewhile(lambda line: line.startswith("#"), lines))


def compile_one(language: str) -> Path | None:
    """Write the .mo beside its .po, whole or not at all; None when there is no .po. Raises OSError."""
    path = po_path(language)
    if not path.exists():
        return None
    target = path.with_suffix(".mo")
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        write_mo(file, kept(language))
    whole = Path(file.name)
    whole.chmod(0o644)  # a temporary file is its maker's alone; the server may run as somebody else
    whole.replace(target)
    return target


def is_stale(language: str) -> bool:
    """Is the .po newer than its .mo?"""
    path = po_path(language)
    compiled = path.with_suffix(".mo")
    return path.exists() and (not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime)


def compile_stale() -> list[str]:
    """At each start: compile what changed. Returns the languages that could not be written, for the system check."""
    failed = []
    for language in languages():
        try:
            if is_stale(language):
                compile_one(language)
        except OSError:
            failed.append(language)
    return failed


def troubles() -> list[Trouble]:
    """What `check` finds: words without a translation, lost placeholders, words that are no longer in the code."""
    template = found()
    return [trouble for language in languages() for trouble in _troubles_of(language, template)]


def _troubles_of(language: str, template: Catalog) -> Iterator[Trouble]:
    catalog = kept(language)
    wanted = updated(language, template)
    for message in wanted:
        if not message.id:
            continue
        there = catalog.get(message.id, context=message.context)
        if there is None:
            yield Trouble(
                language, _shown(message), "not in the catalogue yet, run `porchlight catalogues extract`"
            )
        else:
            yield from _troubles_with(language, there)
    for message in catalog:
        if message.id and wanted.get(message.id, context=message.context) is None:
            yield Trouble(
                language, _shown(message), "no longer in the code, run `porchlight catalogues extract`"
            )


def _troubles_with(language: str, message: Message) -> Iterator[Trouble]:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    if not all(strings):
        if language != SOURCE:
            yield Trouble(language, _shown(message), "not translated")
        return
    if "fuzzy" in message.flags:
        yield Trouble(language, _shown(message), "marked fuzzy")
    allowed = {placeholder for text in ids for placeholder in PLACEHOLDER.findall(text)}
    needed = set(PLACEHOLDER.findall(ids[0])) & set(PLACEHOLDER.findall(ids[-1]))
    for string in strings:
        used = set(PLACEHOLDER.findall(string))
        if not needed <= used or not used <= allowed:
            yield Trouble(language, _shown(message), f"placeholders differ in {string!r}")


def _shown(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id
