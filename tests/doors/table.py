"""The checked-in answers: read, written, compared. A person reviews answers.txt; docs/doors.md shows it.

A page has a line for each set of methods with the same answers:

    home:desk
      GET HEAD: 200 teacher, office; sign-in nobody; 404 *

`*` is everybody who is not named. An answer is a status; "sign-in" is a redirect to where people sign in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ACTORS = (
    "nobody",
    "link holder",
    "father",
    "mother apart",
    "restricted mother",
    "other family",
    "child",
    "teacher",
    "teacher next door",
    "office",
    "leader",
    "safeguarding lead",
    "safeguarding deputy",
    "counsellor",
    "liaison",
    "interpreter",
    "leader who left",
    "leader elsewhere",
    "before the second step",
    "who runs the server",
    "operator let in",
    "token",
)
FILE = Path(__file__).with_name("answers.txt")
type Cell = tuple[str, str, str]  # page, method, actor
type Answers = Mapping[Cell, str]


def read(text: str | None = None) -> dict[Cell, str]:
    """Every cell that is written down. Raises ValueError for a line that says nothing we know."""
    cells: dict[Cell, str] = {}
    page = ""
    for line in (FILE.read_text() if text is None else text).splitlines():
        if not line.startswith(" "):
            page = line.strip()
            continue
        methods, told, answers = line.partition(": ")
        if not told or not set(methods.split()) <= set(METHODS):
            raise ValueError(f"{page}: “{line.strip()}” is no line of answers")
        said = dict(_who(answers))
        for method in methods.split():
            for actor in ACTORS:
                answer = said.get(actor, said.get("*"))
                if answer is not None:
                    cells[page, method, actor] = answer
    return cells


def _who(answers: str) -> Iterable[tuple[str, str]]:
    for part in answers.split("; "):
        answer, _space, names = part.partition(" ")
        for name in names.split(", "):
            if name not in (*ACTORS, "*"):
                raise ValueError(f"nobody is called “{name}”")
            yield name, answer


def written(cells: Answers) -> str:
    """As answers.txt has them."""
    lines = []
    for page in sorted({page for page, _method, _actor in cells}):
        lines.append(page)
        by_answer: dict[str, list[str]] = defaultdict(list)
        for method in METHODS:
            by_answer[_said(cells, page, method)].append(method)
        lines += [f"  {' '.join(methods)}: {said}" for said, methods in by_answer.items() if said]
    return "\n".join(lines) + "\n"


def _said(cells: Answers, page: str, method: str) -> str:
    who: dict[str, list[str]] = defaultdict(list)
    for actor in ACTORS:
        if (page, method, actor) in cells:
            who[cells[page, method, actor]].append(actor)
    if not who:
        return ""
    others = max(who, key=lambda answer: len(who[answer]))
    named = [f"{answer} {', '.join(names)}" for answer, names in who.items() if answer != others]
    return "; ".join([*named, f"{others} *"])
