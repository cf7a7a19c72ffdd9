"""Which child a row speaks of: one of the last sheet's, one who is in this sheet twice, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from porchlight.rosters.anysheet.asked import ONE, OTHER, SAME, TWO, Asked
from porchlight.rosters.anysheet.earlier import ChildBefore, Earlier, bare
from porchlight.rosters.anysheet.saying import Child, Line, Oddity, mark
from porchlight.toolbox.folding import fold

ALIKE = 0.7  # of two names: Yousaf and Yusuf, not Hamza and Zara

type Said = tuple[Line, Child]


@dataclass(slots=True)
class Named:
    """What came of it."""

    asked: list[Asked] = field(default_factory=list)
    otherwise: list[Oddity] = field(default_factory=list)


def name_children(
    lines: Sequence[Line], before: Earlier, answers: Mapping[str, str], *, row_per_adult: bool
) -> Named:
    """Give every child a key that stays the same from sheet to sheet."""
    named = Named()
    _numbers_that_tell(lines)
    groups: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for line in lines:
        for child in line.children:
            own = ("number", child.number) if child.number else (fold(child.name), bare(child.school_class))
            groups[own].append((line, child))
    parted = [
        part
        for same in groups.values()
        for part in _parted(same, answers, named, row_per_adult=row_per_adult)
    ]
    left = dict(before.children)
    waiting = [part for part in parted if not _known(part, left, before)]
    waiting = [part for part in waiting if not _mended(part, left, before, answers, named, parted)]
    taken = {part[0][1].key for part in parted} | set(before.children)
    for part in waiting:
        _new(part, taken)
    return named


def _numbers_that_tell(lines: Sequence[Line]) -> None:
    """A number stands for one child: where two names have it, it is a number of something else."""
    names: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for child in line.children:
            names[child.number].add(fold(child.name))
    for line in lines:
        for child in line.children:
            if len(names[child.number]) > 1:
                child.number = ""


def _parted(
    same: list[Said], answers: Mapping[str, str], named: Named, *, row_per_adult: bool
) -> list[list[Said]]:
    """Rows of one name and class: one child, or several. A number of the school's decides, else the office does."""
    if len(same) == 1 or same[0][1].number:
        return [same]
    child = same[0][1]
    code = "any.row_twice" if len({_adults(each) for each, _ in same}) == 1 else ""
    if not code and row_per_adult and _different_adults(same) and answers.get("any.row_per_adult") != "no":
        code = "any.row_per_adult"
    if code:
        named.otherwise += [
            Oddity(code, each.place, each.row, "", child.name, child.name, child.name) for each, _ in same[1:]
        ]
        return [same]
    key = mark("twice", child.name, child.school_class)
    facts = {
        "child": child.name,
        "class": child.school_class,
        "rows": ", ".join(each.place for each, _ in same),
        "adults": " · ".join(", ".join(adult.name or "–" for adult in each.adults) for each, _ in same),
        "times": str(len(same)),
    }
    answer = answers.get(key, "")
    named.asked.append(Asked("twice", key, facts, (ONE, TWO), answer, must=True))
    return [[said] for said in same] if answer == TWO else [same]


def _adults(line: Line) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((fold(one.name), one.relation, *one.numbers) for one in line.adults))


def _different_adults(same: list[Said]) -> bool:
    relations = [fold(adult.relation) or fold(adult.name) for line, _ in same for adult in line.adults]
    return len(set(relations)) == len(relations)


def _numbers(part: Iterable[Said]) -> set[str]:
    return {number for line, _ in part for adult in line.adults for number in adult.numbers}


def _names(part: Iterable[Said]) -> set[str]:
    return {fold(adult.name) for line, _ in part for adult in line.adults if adult.name}


def _give(part: list[Said], key: str, left: dict[str, ChildBefore]) -> bool:
    left.pop(key, None)
    for _, child in part:
        child.key = key
    return True


def _known(part: list[Said], left: dict[str, ChildBefore], before: Earlier) -> bool:
    """By number, else by name and class; of several of one name, by whom they live with."""
    child = part[0][1]
    if child.number and child.number in left:
        return _give(part, child.number, left)
    found = [
        one
        for one in left.values()
        if fold(one.name) == fold(child.name)
        and (bare(child.school_class) in one.classes or not (one.classes and child.school_class))
    ]
    if not before.is_the_roll:
        found = found if len(found) == 1 else []
    near = [one for one in found if _share(one, part)]
    chosen = near or found
    return bool(chosen) and _give(part, chosen[0].key, left)


def _share(one: ChildBefore, part: list[Said]) -> bool:
    """A number or an adult's name in common."""
    return bool(one.numbers & _numbers(part)) or bool(
        {fold(adult.name) for adult in one.adults if adult.name} & _names(part)
    )


def _mended(
    part: list[Said],
    left: dict[str, ChildBefore],
    before: Earlier,
    answers: Mapping[str, str],
    named: Named,
    parted: list[list[Said]],
) -> bool:
    """A name or a class that differs from the last sheet's: the same child, if the office says so."""
    if not before.is_the_roll or part[0][1].key:
        return bool(part[0][1].key)
    line, child = part[0]
    moved = [one for one in left.values() if fold(one.name) == fold(child.name)]
    sure = [one for one in moved if _share(one, part)]
    if len(sure) == 1 and answers.get("any.moved") != "no":
        named.otherwise.append(
            Oddity("any.moved", line.place, line.row, "", child.name, child.school_class, child.name)
        )
        return _give(part, sure[0].key, left)
    near = moved or [one for one in left.values() if _is_near(one, child, part)]
    if len(near) != 1 or not _is_whole(near[0], parted):
        return False
    key = mark("mended", near[0].key, child.name, child.school_class)
    facts = {
        "child": child.name,
        "class": child.school_class,
        "before": near[0].name,
        "row": line.place,
        "number": next(iter(sorted(near[0].numbers & _numbers(part))), ""),
    }
    named.asked.append(Asked("mended", key, facts, (SAME, OTHER), answers.get(key, ""), must=True))
    return answers.get(key) == SAME and _give(part, near[0].key, left)


def _is_near(one: ChildBefore, child: Child, part: list[Said]) -> bool:
    alike = SequenceMatcher(None, fold(one.name), fold(child.name)).ratio()
    in_class = bare(child.school_class) in one.classes
    return in_class and (alike >= ALIKE or _share(one, part))


def _is_whole(one: ChildBefore, parted: list[list[Said]]) -> bool:
    """Whether the sheet no longer speaks of that child under the old name."""
    return all(part[0][1].key != one.key for part in parted)


def _new(part: list[Said], taken: set[str]) -> None:
    child = part[0][1]
    key = child.number or mark(f"{fold(child.name)}/{fold(child.school_class)}")
    times = 2
    own = key
    while own in taken:
        own, times = f"{key}~{times}", times + 1
    taken.add(own)
    for _, one in part:
        one.key = own
