"""What nothing names is deleted: no function, class or constant of the rooms is there for tests alone, or for nobody."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house import HOUSE, ROOT, is_test, python_files, templates

WORD = re.compile(r"[A-Za-z_]\w*")
TOP = re.compile(r"^(?=[A-Za-z_@])", re.MULTILINE)  # where a statement of a module begins
DEFINED = re.compile(r"(?:async )?(?:def|class) (\w+)|([A-Za-z_]\w*)(?:: [^=\n]+)? = ")
BY_DJANGO = {HOUSE / "config" / name for name in ("settings.py", "urls.py")} | {*HOUSE.glob("*/apps.py")}
FOR_TESTS = {
    "FORM_WORDS": "marks words of Django's own for translators",
    "PASSWORD_WORDS": "as above",
    "SIGN_IN_WORDS": "marks words of allauth's own for translators",
    "register_goal_maker": "the seam for goals, which are not built yet (docs/needs.md, P2)",
    "register_portfolio": "the seam for portfolios, which are not built yet (docs/needs.md, L3)",
    "looks_at": "how tests ask the record who looked; no page shows it yet",
    "instance_of": "a round as a file, which the judge of the planner's tests reads",
    "wrongly_said": "asks every table at once; tests/test_house_register.py holds the rooms to it",
}


def defined_in(text: str) -> Iterator[tuple[str, str]]:
    """Names defined at the top of a module, with their definition; what a decorator takes somewhere is named by it."""
    before = ""
    for block in TOP.split(text):
        found = DEFINED.match(block)
        if found and not before.startswith("@"):
            yield found[1] or found[2], block
        before = block


def unnamed(modules: list[str], others: list[str]) -> set[str]:
    """Names of these modules that stand nowhere but in their own definition."""
    named = Counter(word for text in (*modules, *others) for word in WORD.findall(text))
    return {
        name
        for text in modules
        for name, block in defined_in(text)
        if named[name] < 20 and named[name] == WORD.findall(block).count(name)
    }


def read(paths: list[Path]) -> list[str]:
    return [path.read_text() for path in paths]


def test_what_nothing_names_is_found() -> None:
    lamp = "def lit(lamp: int) -> bool:\n    return lit(lamp - 1)\n\n\nOIL = 3\nWICK: int = OIL\n\n\n@register\ndef dim() -> None: ...\n"
    assert unnamed([lamp], []) == {"lit", "WICK"}
    assert unnamed([lamp, "from lamps import lit\n"], ["{{ WICK }}"]) == set()


def test_everything_a_room_defines_is_named_by_something_that_is_no_test() -> None:
    ours = [path for path in python_files() if not is_test(path)]
    rooms = [path for path in ours if path.is_relative_to(HOUSE) and path not in BY_DJANGO]
    others = [path for path in ours if path not in rooms]
    assert unnamed(read(rooms), read([*others, *templates(), ROOT / "pyproject.toml"])) == set(FOR_TESTS)
