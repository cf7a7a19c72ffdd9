"""Why a column was taken for what it was, and what is asked, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.rosters.anysheet.asked import APART, HOME, ONE, OTHER, SAME, TWO, Asked
from porchlight.rosters.anysheet.saying import Oddity
from porchlight.rosters.reading.reasons import REASONS
from porchlight.toolbox import phone_numbers

WHY: dict[str, Promise] = {
    "heading": gettext_lazy("Its heading says so."),
    "as_last_time": gettext_lazy("So you pointed the last time."),
    "by_hand": gettext_lazy("You pointed at it."),
    "whose": gettext_lazy("Its heading says so."),
    "only_adult": gettext_lazy("A number without a name; the sheet names this adult alone."),
    "beside": gettext_lazy("It stands just behind the name it seems to belong to."),
    "nobodys": gettext_lazy("The sheet does not say whose it is. Say so if you know."),
    "looks_like_phone": gettext_lazy("Its cells look like phone numbers."),
    "looks_like_mail": gettext_lazy("Its cells look like e-mail addresses."),
    "looks_like_class": gettext_lazy("Few short words with figures, again and again: it looks like classes."),
    "looks_like_names": gettext_lazy("Its cells look like names, nearly each another one."),
    "odd_numbers": gettext_lazy("Its heading says phone, but many of its cells are no numbers."),
    "no_numbers": gettext_lazy("Its heading says phone, but there is no number in it."),
    "number_twice": gettext_lazy("A number that several children have tells nobody apart."),
    "childs_own": gettext_lazy("The child’s own; we write to the adults. Say so if it is theirs."),
    "nothing": gettext_lazy("Nothing we need."),
    "serial": gettext_lazy("It only counts the rows."),
    "twice": gettext_lazy("Another column says the same. The first one is read."),
    "empty": gettext_lazy("There is nothing in it."),
    "unknown": gettext_lazy("We cannot tell. Say what it is if it is needed."),
}
CLASS_WHY: dict[str, Promise] = {
    "column": gettext_lazy("There is a column for it."),
    "fill_down": gettext_lazy(
        "Most of its cells are empty: the class seems to stand in a block’s first row."
    ),
    "rows": gettext_lazy("Rows with nothing but a class stand between the children."),
    "tab": gettext_lazy("Each tab of the workbook seems to be a class."),
    "title": gettext_lazy("It stands in the title above the table."),
    "nowhere": gettext_lazy("We find no class. Point at its column, or write it here."),
}
CHOICES: dict[str, Promise] = {
    ONE: gettext_lazy("One and the same person"),
    HOME: gettext_lazy("Different people who live together"),
    APART: gettext_lazy("Different people in different homes"),
    SAME: gettext_lazy("The same child"),
    OTHER: gettext_lazy("Another child"),
    TWO: gettext_lazy("Different children"),
    "several": gettext_lazy("Several children"),
}
CHANGEABLE = (
    *("any.zero_back", "any.two_numbers", "any.labelled", "any.ditto", "any.late", "any.class_spelling"),
    *("any.surname_first", "any.row_per_adult", "any.moved"),
)
TYPED = (
    "any.shortened",
    "any.rounded",
    "any.no_number",
    "any.words_beside",
    "contact.bad_number",
    "any.class_is_a_day",
)
FIRST_STRONG, END = "\u2068", "\u2069"  # of Unicode: what stands between has a direction of its own
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One way in which cells were read otherwise than they are written, with examples."""

    code: str
    words: str
    times: int
    examples: Sequence[Oddity]
    changeable: bool
    taken_back: bool


def reason(odd: Oddity) -> str:
    """What happened to a cell, and what to do."""
    facts = apart({"value": odd.written, "read": odd.read, "child": odd.child, "field": odd.heading})
    return str(REASONS[odd.code]) % {**facts, "why": why_no_number(odd.why)}


def apart(facts: Mapping[str, str]) -> dict[str, str]:
    """Each between marks that keep its direction to itself: an Urdu name does not turn an English sentence round."""
    return {name: f"{FIRST_STRONG}{words}{END}" for name, words in facts.items()}


def why_no_number(why: str) -> str:
    """The reason a writing is no number, in words."""
    return str(phone_numbers.SAY[phone_numbers.Reason(why)]) if why else ""


def otherwise(oddities: Iterable[Oddity], answers: dict[str, str]) -> list[Otherwise]:
    """By what was done, most frequent first."""
    by_code: dict[str, list[Oddity]] = defaultdict(list)
    for odd in oddities:
        by_code[odd.code].append(odd)
    return [
        Otherwise(
            code,
            str(KINDS[code]),
            len(found),
            found[:EXAMPLES],
            code in CHANGEABLE,
            answers.get(code) == "no",
        )
        for code, found in sorted(by_code.items(), key=lambda pair: -len(pair[1]))
        if code in KINDS
    ]


KINDS: dict[str, Promise] = {
    "any.zero_back": gettext_lazy("A spreadsheet had swallowed the 0 in front; it was put back"),
    "any.two_numbers": gettext_lazy("Two numbers in one cell; both were taken for the same adult"),
    "any.labelled": gettext_lazy("The cell says whose the number is; it was given to that adult"),
    "any.ditto": gettext_lazy("A mark for “the same as above”"),
    "any.late": gettext_lazy("The sheet says that this adult has died; nobody is written to in that name"),
    "any.class_spelling": gettext_lazy("Another spelling of a class"),
    "any.surname_first": gettext_lazy("The family name stands first, with a comma; it was put last"),
    "any.row_twice": gettext_lazy("The same row twice; it was taken once"),
    "any.row_per_adult": gettext_lazy("One child in several rows, one for each adult"),
    "any.moved": gettext_lazy(
        "A child of this name and this family was in another class; taken for the same child"
    ),
}


def question(asked: Asked) -> tuple[str, str]:
    """(what is asked, why)."""
    facts = apart(asked.facts)
    match asked.kind:
        case "twice":
            return (
                _("“%(child)s”, class %(class)s, stands in %(times)s rows (%(rows)s). Is it one child?")
                % facts,
                _("Beside the name stand: %(adults)s.") % facts,
            )
        case "mended":
            return (
                _("Row %(row)s: is “%(child)s” (%(class)s) the child who was called “%(before)s” so far?")
                % facts,
                _("Both have the number %(number)s.") % facts
                if asked.facts["number"]
                else _("The names are alike, and nobody else in the sheet is called so."),
            )
    why = (
        _("They have the same name.")
        if asked.facts["alike"]
        else _("All we know is that they share the number.")
    )
    return _("%(number)s stands beside several adults. Are they one person?") % facts, why


def choices(asked: Asked) -> list[tuple[str, Promise]]:
    """What may be answered."""
    words = {**CHOICES, ONE: gettext_lazy("One child")} if asked.kind == "twice" else CHOICES
    return [(name, words[name]) for name in asked.choices]
