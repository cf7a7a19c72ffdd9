"""Who gets which answer where, from the answers that the tests hold the house to (tests/doors/answers.txt)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tables import table

from tests.doors.pages import BESIDE, pages
from tests.doors.table import ACTORS, METHODS, read

COLLEAGUES = [
    who for who in ACTORS if ACTORS.index("teacher") <= ACTORS.index(who) <= ACTORS.index("interpreter")
]
FAMILIES = ["father", "mother apart", "restricted mother", "other family"]
SIGNED_IN = [who for who in ACTORS if who not in {"nobody", "link holder"}]
GROUPS = (("whoever is signed in", SIGNED_IN), ("colleagues", COLLEAGUES), ("families", FAMILIES))
OPENS, SIGN_IN, NO_METHOD, NOT_THERE = "200", "sign-in", "405", "404"


def page() -> str:
    """Markdown."""
    return f"""# Doors

What each address answers to whom, for every method. A test tries every cell at every change
([tests/test_house_doors.py](../tests/test_house_doors.py)), and an address, a method or a kind of person that is
missing from [its list](../tests/doors/answers.txt) fails. Each is tried with keys of real rows: the child's, whose
teacher, father, mother and so on the people of the table are. All addresses refuse PUT, PATCH, DELETE and OPTIONS
(405).

**opens**: a page or a file. **sent on**: taken, and led to another page; or led there at once. **asks again**: the
form came empty and says what it wants. **signs in first**: whoever is not signed in, or has taken no second step.
Whoever is not named finds nothing there: the same 404 as at an address that does not exist; or, where the address
takes no such method, the same 405 for everybody.

People: {", ".join(ACTORS)}. “Colleagues” are all from the teacher to the interpreter; “families” the father and the
mothers, the other family too. The restricted mother has no contact with the child; the mother apart lives elsewhere;
whoever runs the server holds no post in the school.

{table(("page", "address", "method", "opens", "sent on", "asks again", "signs in first", "other"), _rows())}"""


def _rows() -> Iterator[tuple[str, ...]]:
    cells = read()
    routes = {one.name: one.route for one in pages()}
    for name in sorted(routes):
        by_said: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for method in METHODS:
            said = tuple(cells.get((name, method, who), "?") for who in ACTORS)
            if set(said) != {NO_METHOD}:
                by_said[said].append(method)
        for said, methods in by_said.items():
            yield name, _address(BESIDE.get(name, routes[name])), " ".join(methods), *_columns(said)


def _columns(said: tuple[str, ...]) -> Iterator[str]:
    """Who gets a page, a way on, the form again, the way to sign in; and what is rare, with its status."""
    by_answer: dict[str, list[str]] = defaultdict(list)
    for who, answer in zip(ACTORS, said, strict=True):
        by_answer[answer].append(who)
    yield _people([*by_answer.pop(OPENS, []), *by_answer.pop("204", [])])
    yield _people(by_answer.pop("302", []))
    yield _people(by_answer.pop("422", []))
    yield _people(by_answer.pop(SIGN_IN, []))
    by_answer.pop(NOT_THERE, None)
    yield "; ".join(f"{answer}: {_people(who)}" for answer, who in by_answer.items())


def _people(who: list[str]) -> str:
    if len(who) == len(ACTORS):
        return "everybody"
    names = list(who)
    for group, members in GROUPS:
        if set(members) <= set(names):
            names = [group, *(name for name in names if name not in members)]
    return ", ".join(names)


def _address(route: str) -> str:
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)+", r"<\1>", route)
    return "`/" + re.sub(r"<[a-z]+:", "<", plain).strip("^$/").replace("\\", "").replace("^", "") + "/`"
