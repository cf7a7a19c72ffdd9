"""A known school in whatever layout an office may have: it comes back as it is, or the office is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from porchlight.rosters.anysheet.asked import TWO
from porchlight.rosters.anysheet.grid import Grid
from porchlight.rosters.anysheet.opening import open_text
from porchlight.rosters.anysheet.pointing import Pointing, first_guess
from porchlight.rosters.tests.sheets_of_all_kinds import as_text, read

GIVEN = ["Hamza", "Zara", "Ali", "Sara", "Noor", "Omar", "حمزہ", "زارا", "Iñaki", "Lucía"]
FAMILY = ["Yousaf", "Khan", "Gul", "Shah", "Afridi", "خان", "García"]
FATHERS = ["Tariq Yousaf", "Muhammad Khan", "Gul Khan", "محمد خان", "Amir Shah"]
CLASSES = ["4A", "2B", "Class 10", "KG 1"]
HEADINGS = {
    "child": ["Name", "Student Name", "نام طالب علم", "Alumno", "Child's name", "NAME OF STUDENT", None],
    "class": ["Class", "Grade", "جماعت", "Curso", "CLASS", None],
    "father": ["Father Name", "Father's Name", "والد کا نام", "Padre", "S/O", None],
    "phone": ["Phone", "Father's Cell No.", "موبائل نمبر", "Teléfono", "Contact", "WhatsApp No", None],
}
NOISE = ["Sr No", "Remarks", "DOB", "Fee"]


@dataclass(frozen=True)
class Known:
    """One child of the school."""

    name: str
    group: str
    father: str
    phone: str  # as somebody dials it, "" for none


@dataclass(frozen=True)
class Layout:
    """How an office wrote it down."""

    order: tuple[str, ...]
    heads: dict[str, str | None]
    title: int  # rows above
    form: str  # how numbers stand
    blanks: bool  # a class stands only where it changes
    separator: str
    total: bool


@st.composite
def schools(draw: st.DrawFn) -> list[Known]:
    count = draw(st.integers(3, 9))
    found = []
    for place in range(count):
        name = f"{draw(st.sampled_from(GIVEN))} {draw(st.sampled_from(FAMILY))}"
        phone = draw(st.sampled_from(["", f"0300{1234561 + place}", f"0300{1234561 + place}", "03451234567"]))
        found.append(Known(name, draw(st.sampled_from(CLASSES)), draw(st.sampled_from(FATHERS)), phone))
    return sorted(found, key=lambda one: one.group)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    columns = [
        "child",
        "class",
        "father",
        "phone",
        *draw(st.lists(st.sampled_from(NOISE), unique=True, max_size=3)),
    ]
    return Layout(
        order=tuple(draw(st.permutations(columns))),
        heads={name: draw(st.sampled_from(words)) for name, words in HEADINGS.items()},
        title=draw(st.integers(0, 3)),
        form=draw(st.sampled_from(["plain", "dashes", "abroad", "lost", "shortened"])),
        blanks=draw(st.booleans()),
        separator=draw(st.sampled_from("\t;,")),
        total=draw(st.booleans()),
    )


def number(phone: str, form: str) -> Any:
    if not phone:
        return "nil"
    return {
        "plain": phone,
        "dashes": f"{phone[:4]}-{phone[4:]}",
        "abroad": f"+92 {phone[1:4]} {phone[4:]}",
        "lost": phone[1:],
        "shortened": f"{float(phone):.5E}".replace("E+0", "E+"),
    }[form]


def rendered(school: list[Known], layout: Layout) -> Grid:
    """As text, through the same door as a paste."""
    rows: list[list[Any]] = [[f"Govt School, list {place}"] for place in range(layout.title)]
    heads = {**layout.heads, **{name: name for name in NOISE}}
    if any(heads[name] for name in ("child", "phone")):
        rows.append([heads[name] or "" for name in layout.order])
    before = ""
    for place, one in enumerate(school, start=1):
        shown = "" if layout.blanks and one.group == before else one.group
        before = one.group
        cells = {
            **{"child": one.name, "class": shown, "father": one.father},
            **{"phone": number(one.phone, layout.form), "Sr No": place, "Remarks": "", "Fee": 500},
            "DOB": "2015-03-04",
        }
        rows.append([cells[name] for name in layout.order])
    if layout.total:
        rows.append([f"Total: {len(school)}"])
    return open_text(as_text(rows, layout.separator), "list.txt")


def as_the_office_points(pointing: Pointing, layout: Layout) -> None:
    """Whatever was not recognised, somebody points at; that a guess was right is what the property is about."""
    roles = {"child": "child.name", "class": "child.class", "father": "father.name", "phone": "father.phone"}
    for place, name in enumerate(layout.order):
        wanted = roles.get(name, "")
        if place < len(pointing.roles) and not pointing.roles[place]:
            pointing.roles[place] = wanted


def is_right(guessed: str, name: str) -> bool:
    allowed = {
        "child": {"child.name"},
        "class": {"child.class"},
        "father": {"father.name", "child.name"},
        "phone": {"father.phone", "adult.phone", "father.whatsapp", "adult.whatsapp"},
    }
    return not guessed or guessed in allowed.get(name, set())


@settings(max_examples=100)
@given(schools(), layouts())
def test_a_known_school_comes_back_or_is_asked_about(school: list[Known], layout: Layout) -> None:
    grid = rendered(school, layout)
    pointing = first_guess(grid)
    if layout.heads["child"] and layout.heads["father"]:
        for guessed, name in zip(pointing.roles, layout.order, strict=False):
            assert is_right(guessed, name), (guessed, name)
    else:  # without telling headings two columns of names are for the office to tell apart
        pointing.roles = [""] * len(pointing.roles)
    as_the_office_points(pointing, layout)
    pointing.class_from, pointing.fill_down = "column", layout.blanks
    if not any(layout.heads[name] for name in ("child", "phone")):
        pointing.header = -1 if not layout.title else layout.title - 1
    else:
        pointing.header = layout.title
    answers: dict[str, str] = {}
    woven = read(grid, pointing=pointing, answers=answers)
    answers |= {one.key: TWO for one in woven.asked if one.kind == "twice"}
    woven = read(grid, pointing=pointing, answers=answers)
    expected = [one for one in school if one.name]
    assert [(row["child"], row["class"]) for row in woven.rows] == [(one.name, one.group) for one in expected]
    refused = {odd.written for odd in woven.reading.refused if odd.code == "any.shortened"}
    for row, one in zip(woven.rows, expected, strict=True):
        reached = row.get("phone") or row.get("whatsapp") or ""
        if not one.phone:
            assert reached == ""
        elif layout.form == "shortened":
            assert reached == ""
            assert number(one.phone, "shortened") in refused  # asked, and never made up
        else:
            assert reached == f"+92{one.phone[1:]}"
    fathers_stay_apart(school, woven.rows)


def fathers_stay_apart(school: list[Known], rows: list[dict[str, str]]) -> None:
    """One key never stands for two children's fathers: nobody said that they are one."""
    children: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.get("guardian_id"):
            children[row["guardian_id"]].add(row["child_id"])
    assert all(len(found) == 1 for found in children.values())
