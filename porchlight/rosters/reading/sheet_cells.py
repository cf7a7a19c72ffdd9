"""The cells of one row of the families sheet, each read as its column asks; nothing guessed goes unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from porchlight.design.direction import page_languages
from porchlight.rosters.reading.contacts import read_mailbox, read_number
from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.sheet_words import (
    BY_WORD,
    IS_NO,
    IS_NOTHING,
    IS_SAME,
    IS_UNREAD,
    IS_YES,
    heard,
)
from porchlight.toolbox import phone_numbers, scripts
from porchlight.toolbox.folding import digits, fold
from porchlight.toolbox.language_names import LANGUAGES

RIGHTS = ("may_receive", "may_see_records", "may_collect")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::\d\d)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SORTS = {
    **dict.fromkeys(("child", "guardian", "addressed_as", "home", "teacher"), Sort.NAME),
    **dict.fromkeys(("phone", "phone_2", "phone_3", "whatsapp"), Sort.PHONE),
    **dict.fromkeys(("evidence", "restriction", "access_needs"), Sort.NOTE),
    "email": Sort.EMAIL,
}


@dataclass(slots=True)
class Entry:
    """One row as it was understood. None: the sheet says nothing about it."""

    line: int
    child: str
    child_id: str
    school_class: str
    guardian: str
    guardian_id: str
    relation: str | None
    addressed_as: str | None
    speaks: str | None
    reads: str | None
    script: str | None
    access_needs: list[str] | None
    may_ring: str | None
    ring_from: str | None
    ring_until: str | None
    timezone: str | None
    contacts: list[tuple[str, str]]  # channel, value
    prefers: str
    agreed: bool | None
    home: str
    lives_here: bool
    rights: dict[str, str | None] = field(default_factory=dict)  # may_receive, may_see_records, may_collect
    scope: str = ""  # of a restriction
    evidence: str = ""
    restricted_until: str = ""
    home_id: str = ""  # the same for adults who share a home, whatever it is called
    teacher: str = ""
    teacher_email: str = ""

    @property
    def has_adult(self) -> bool:
        """Whether the row names anybody beside the child, or a way to reach them."""
        return bool(self.guardian or self.relation or self.contacts or self.addressed_as)


@dataclass(slots=True)
class Cells:
    """Reads the cells of one row, reporting each that is not what its column asks for."""

    file: str
    line: int
    cells: dict[str, str]
    report: Report
    country: str

    def entry(self) -> Entry | None:
        """The row, or None when nobody can say whom it is about."""
        relation = self.word("relation", "relation")
        contacts = self.contacts()
        if not self.text("child") and not self.text("child_id"):
            self.tell("sheet.no_child", Severity.LEFT_OUT, "child")
            return None
        speaks, reads, script = self.languages()
        return Entry(
            line=self.line,
            child=self.text("child"),
            child_id=self.text("child_id"),
            school_class=self.text("class"),
            guardian=self.text("guardian"),
            guardian_id=self.text("guardian_id"),
            relation=relation,
            addressed_as=self.text("addressed_as") or None,
            speaks=speaks,
            reads=reads,
            script=script,
            access_needs=self.needs(),
            may_ring=self.word("may_ring", "may_ring"),
            ring_from=self.clock("ring_from"),
            ring_until=self.clock("ring_until"),
            timezone=self.checked("timezone", "sheet.unknown_zone", _is_zone) or None,
            contacts=contacts,
            prefers=self.word("prefers", "prefers") or "",
            agreed=self.yes("agreed"),
            home=self.text("home"),
            lives_here=self.yes("lives_here") is not False,
            rights={name: self.right(name) for name in RIGHTS},
            scope=self.scope(),
            evidence=self.text("evidence") or self.after_colon("restriction") or self.text("restriction"),
            restricted_until=self.checked("restricted_until", "sheet.not_a_day", _is_day),
            home_id=self.text("home_id"),
            teacher=self.text("teacher"),
            teacher_email=read_mailbox(
                self.text("teacher_email"), self.report, self.file, self.line, "teacher_email"
            ),
        )

    def languages(self) -> tuple[str | None, str | None, str | None]:
        """(what they speak, what they read, in which script). "Roman Urdu" as spoken says how they read as well."""
        speaks = self.language("speaks")
        reads, script = self.reading()
        if speaks and "-" in speaks and reads is None:
            reads, script = scripts.base(speaks), scripts.script(speaks)
            self.tell("sheet.reads_as_spoken", Severity.GUESSED, "speaks")
        return scripts.base(speaks) if speaks else None, reads, script

    def text(self, name: str) -> str:
        """A cell; "none", "–" and the like are empty except in a name."""
        text = self.cells.get(name, "")
        return "" if name not in {"child", "guardian"} and heard(text) in IS_NOTHING else text[:200]

    def after_colon(self, name: str) -> str:
        """What follows a colon: "contact: order seen on 3 March" says what was seen."""
        return self.text(name).partition(":")[2].strip()

    def tell(self, code: str, severity: Severity, name: str, **details: object) -> None:
        """Report this row's cell."""
        sort = SORTS.get(name, Sort.WORD)
        self.report.add(
            code, severity, self.file, self.line, name, self.cells.get(name, ""), sort=sort, **details
        )

    def word(self, name: str, table: str) -> str | None:
        """What a word of a closed list means; an unknown one is dropped and said."""
        text = self.text(name)
        if not text:
            return None
        meant = BY_WORD[table].get(heard(text))
        if meant is None:
            self.tell("sheet.unknown_word", Severity.DROPPED, name)
        return meant

    def yes(self, name: str) -> bool | None:
        """Yes, no, or not said."""
        text = self.cells.get(name, "")
        if not text:
            return None
        word = heard(text)
        if word in IS_YES or word in IS_NO or _is_day(text):  # the day they agreed says that they did
            return word not in IS_NO
        self.tell("sheet.not_yes_or_no", Severity.DROPPED, name)
        return None

    def right(self, name: str) -> str | None:
        """A right as "1" or "0". An answer nobody understands withholds it until somebody looks."""
        answer = self.yes(name)
        if answer is None and self.cells.get(name, ""):
            self.tell("sheet.right_withheld", Severity.GUESSED, name)
            return "0"
        return None if answer is None else str(int(answer))

    def language(self, name: str) -> str | None:
        """A language's tag."""
        text = self.text(name)
        if not text:
            return None
        tag = scripts.tag_of(text) or _named_abroad().get(fold(text))
        if tag is None:
            self.tell("sheet.unknown_language", Severity.DROPPED, name)
        return tag

    def reading(self) -> tuple[str | None, str | None]:
        """(language they read, script when it is not the usual one); ("", "") for somebody who does not read."""
        if self.cells.get("reads") and heard(self.cells["reads"]) in IS_UNREAD:
            return "", ""
        tag, script = self.language("reads"), self.word("script", "script")
        if tag is None:
            return None, script
        base = scripts.base(tag)
        if script is None and "-" in tag:
            script = scripts.script(tag)
        return base, "" if script is None or script == scripts.script(base) else script

    def contacts(self) -> list[tuple[str, str]]:
        """(channel, address) of every one that can be reached."""
        found: list[tuple[str, str]] = []
        phone = self.number("phone")
        for name, number in (
            ("phone", phone),
            *((name, self.number(name)) for name in ("phone_2", "phone_3")),
        ):
            if number and phone_numbers.may_take_texts(number):
                found.append(("sms", number))
            elif number:
                self.tell("contact.landline", Severity.DROPPED, name)
        written = self.text("whatsapp")
        whatsapp = phone if heard(written) in IS_SAME else self.number("whatsapp")
        if whatsapp:
            found.append(("whatsapp", whatsapp))
        email = read_mailbox(self.text("email"), self.report, self.file, self.line, "email")
        return [*found, ("email", email)] if email else found

    def number(self, name: str) -> str:
        """A number in E.164, "" when there is none."""
        text = self.text(name)
        if not text or heard(text) in IS_NO:
            return ""
        return read_number(text, self.country, self.report, self.file, self.line, name)

    def needs(self) -> list[str] | None:
        """Access needs, parted by commas; words we do not know are said."""
        text = self.text("access_needs")
        if not text:
            return None
        known, found = BY_WORD["needs"], []
        for word in filter(None, (part.strip() for part in re.split(r"[,;/،؛]", text))):
            if heard(word) in known:
                found.append(known[heard(word)])
            else:
                self.tell("sheet.unknown_word", Severity.DROPPED, "access_needs")
        return sorted(set(found))

    def clock(self, name: str) -> str | None:
        """A time of day as 17:30."""
        text = digits(self.text(name))
        found = CLOCK.fullmatch(text.strip())
        if text and not found:
            self.tell("sheet.not_a_time", Severity.DROPPED, name)
        return f"{int(found[1]):02d}:{found[2]}" if found else None

    def checked(self, name: str, code: str, holds: Callable[[str], bool]) -> str:
        """A cell when the test holds for it."""
        text = self.text(name)
        if text and not holds(text):
            self.tell(code, Severity.DROPPED, name)
            return ""
        return text

    def scope(self) -> str:
        """What a restriction takes away. Words nobody understands take everything until somebody looks."""
        text = self.text("restriction")
        if not text or heard(text) in IS_NO:
            return ""
        meant = BY_WORD["scope"].get(heard(text)) or BY_WORD["scope"].get(heard(text.partition(":")[0]))
        if meant is None:
            self.tell("sheet.restriction_guessed", Severity.GUESSED, "restriction")
        return meant or "contact"


@cache
def _named_abroad() -> dict[str, str]:
    """What desks that work in another of our pages' languages call the languages we know, folded."""
    desks = page_languages()
    return {fold(scripts.name_in(tag, desk)): tag for desk in desks for tag in LANGUAGES}


def _is_zone(text: str) -> bool:
    return text in available_timezones()


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
