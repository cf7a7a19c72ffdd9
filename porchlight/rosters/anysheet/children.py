"""Which child a row speaks of: one of the last sheet's, one who is in this sheet twice, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from porchlight.rosters.anysheet.asked import ONE, OTHER, SAME, TWO, Asked
from porchlight.rosters.anysheet.earlier import ChildBefore, Earlier
from porchlight.rosters.anysheet.saying import Child, Line, Oddity, mark
from porchlight.rosters.class_names import bare
from porchlight.toolbox.folding import fold

ALIKE = 0.7  # of two names: Yousaf and Yusuf, not Hamza and Zara

MOST_MENDED = 200  # rows that are new: with more of them this is another list, not the last one mended

type Said = tuple[Line, Child]


@dataclass(slots=True)
class Named:
    """What came of it."""

    asked: list[Asked] = field(default_factory=list)
    otherwise: list[Oddity] = field(default_factory=list)


class _Left:
    """Children of the last sheet whom no row has been found for, by name and by class."""

    def __init__(self, before: Earlier) -> None:
        self.gone: set[str] = set()
        self._all = before.children
        self._by_name: dict[str, list[ChildBefore]] = defaultdict(list)
        self._by_class: dict[str, list[ChildBefore]] = defaultdict(list)
        for one in before.children.values():
            self._by_name[fold(one.name)].append(one)
            for name in one.classes:
                self._by_class[name].append(one)

    def has(self, key: str) -> bool:
        return key in self._all and key not in self.gone

    def called(self, name: str) -> list[ChildBefore]:
        return [one for one in self._by_name.get(fold(name), ()) if one.key not in self.gone]

    def in_class(self, name: str) -> list[ChildBefore]:
        return [one for one in self._by_class.get(bare(name), ()) if one.key not in self.gone]


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
    left = _Left(before)
    waiting = [part for part in parted if not _known(part, left, before)]
    is_mended = len(waiting) <= MOST_MENDED
    waiting = [
        part for part in waiting if not _mended(part, left, before, answers, named, is_mended=is_mended)
    ]
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


def _give(part: list[Said], key: str, left: _Left) -> bool:
    left.gone.add(key)
    for _, child in part:
        child.key = key
    return True


def _known(part: list[Said], left: _Left, before: Earlier) -> bool:
    """By number, else by name and class; of several of one name, by whom they live with."""
    child = part[0][1]
    if child.number and left.has(child.number):
        return _give(part, child.number, left)
    found = [
        one
        for one in left.called(child.name)
        if bare(child.school_class) in one.classes or not (one.classes and child.school_class)
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
    left: _Left,
    before: Earlier,
    answers: Mapping[str, str],
    named: Named,
    *,
    is_mended: bool,
) -> bool:
    """A name or a class that differs from the last sheet's: the same child, if the office says so."""
    if not before.is_the_roll or part[0][1].key:
        return bool(part[0][1].key)
    line, child = part[0]
    moved = left.called(child.name)
    sure = [one for one in moved if _share(one, part)]
    if len(sure) == 1 and answers.get("any.moved") != "no":
        named.otherwise.append(
            Oddity("any.moved", line.place, line.row, "", child.name, child.school_class, child.name)
        )
        return _give(part, sure[0].key, left)
    if not moved and not is_mended:
        return False
    near = moved or [one for one in left.in_class(child.school_class) if _is_near(one, child, part)]
    if len(near) != 1:
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
    return _share(one, part) or SequenceMatcher(None, fold(one.name), fold(child.name)).ratio() >= ALIKE


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
