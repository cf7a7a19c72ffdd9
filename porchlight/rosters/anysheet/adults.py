"""Who is one person across rows, and who lives together: by what the office said, never by a shared number alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from porchlight.rosters.anysheet.asked import APART, HOME, ONE, Asked
from porchlight.rosters.anysheet.earlier import AdultBefore, Earlier
from porchlight.rosters.anysheet.saying import Adult, Line, mark, relation_words
from porchlight.toolbox.folding import fold

ALIKE = 0.7  # of two spellings of one name


@dataclass(eq=False, slots=True)
class Person:
    """One adult, in every row that speaks of them. Who was joined to another lives on in `whole`."""

    said: list[tuple[str, str, Adult]] = field(
        default_factory=list
    )  # (child's key, child's name, the row's adult)
    before: AdultBefore | None = None
    into: Person | None = None

    @property
    def whole(self) -> Person:
        return self.into.whole if self.into else self

    @property
    def name(self) -> str:
        return next((adult.name for _, _, adult in self.said if adult.name), "")

    @property
    def relation(self) -> str:
        return next((adult.relation for _, _, adult in self.said if adult.relation), "")

    @property
    def numbers(self) -> list[str]:
        return list(dict.fromkeys(number for _, _, adult in self.said for number in adult.numbers))

    @property
    def children(self) -> dict[str, str]:
        """Key → name."""
        return {key: name for key, name, _ in self.said}

    def take(self, other: Person) -> None:
        """The other is this person."""
        if other is not self:
            self.said, self.before = self.said + other.said, self.before or other.before
            other.into = self


def name_adults(lines: Sequence[Line], before: Earlier, answers: Mapping[str, str]) -> list[Asked]:
    """Give every adult a key, and those who live together a home. What is asked about shared numbers comes back."""
    people = _within_a_child(lines)
    _recognise(people, before)
    one_before: dict[int, Person] = {}
    for person in people:
        if person.before:
            one_before.setdefault(id(person.before), person).take(person)
    asked = []
    having: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for number in person.whole.numbers if person.into is None else ():
            having[number].append(person)
    for number, found in having.items():
        sharing = _wholes(found)
        if len(sharing) > 1:
            asked.append(_ask(number, sharing, answers))
    _give_keys(_wholes(people))
    return asked


def _wholes(people: Iterable[Person]) -> list[Person]:
    return list(dict.fromkeys(person.whole for person in people))


def _within_a_child(lines: Sequence[Line]) -> list[Person]:
    """Rows about one child may name one adult again; beyond one child, a name says nothing."""
    seen: dict[tuple[str, ...], Person] = {}
    for line in lines:
        for adult in line.adults:
            who = fold(adult.name) or adult.relation or "".join(adult.numbers[:1])
            marks = [(child.key, who, "" if adult.name else "…") for child in line.children]
            known = _wholes(seen[one] for one in marks if one in seen)
            person = known[0] if known else Person()
            for other in known[1:]:
                person.take(other)
            person.said += [(child.key, child.name, adult) for child in line.children]
            seen.update(dict.fromkeys(marks, person))
    return _wholes(seen.values())


def _recognise(people: Sequence[Person], before: Earlier) -> None:
    """Among the adults beside their children: by name; else a mended name, of whom the rest says that it is they."""
    taken: set[tuple[str, str]] = set()
    for same in (_by_name, _by_the_rest):
        for person in (one for one in people if one.before is None):
            for child in person.children:
                known = before.children[child].adults if child in before.children else []
                found = [one for one in known if (child, one.key) not in taken and same(person, one)]
                if len(found) == 1:
                    person.before = found[0]
                    taken |= {(key, found[0].key) for key in person.children}
                    break


def _by_name(person: Person, known: AdultBefore) -> bool:
    return bool(person.name) and fold(known.name) == fold(person.name)


def _by_the_rest(person: Person, known: AdultBefore) -> bool:
    """The same number, or the same relation; and names that do not speak against it."""
    alike = SequenceMatcher(None, fold(person.name), fold(known.name)).ratio() >= ALIKE
    unnamed = not person.name or not known.name
    same_number = bool(known.numbers & set(person.numbers))
    same_relation = person.relation in {"father", "mother"} and person.relation == known.relation
    other_relation = bool(person.relation and known.relation) and person.relation != known.relation
    return not other_relation and (
        (same_number and (alike or unnamed or same_relation)) or (same_relation and (alike or unnamed))
    )


def _ask(number: str, sharing: list[Person], answers: Mapping[str, str]) -> Asked:
    """One number beside several adults. They stay apart until somebody says otherwise."""
    key = mark("shared", number, *sorted(child for person in sharing for child in person.children))
    pairs = [(one, other) for one in sharing for other in sharing if other is not one]
    one_childs = any(one.children.keys() & other.children.keys() for one, other in pairs)
    names = {fold(person.name) for person in sharing}
    facts = {
        "number": number,
        "people": "\n".join(map(_described, sharing)),
        "alike": "yes" if len(names) == 1 and names != {""} else "",
    }
    asked = Asked(
        "shared", key, facts, (HOME, APART) if one_childs else (ONE, HOME, APART), answers.get(key, "")
    )
    if asked.answer == ONE and not one_childs:
        for other in sharing[1:]:
            sharing[0].take(other)
    elif asked.answer == HOME:
        for _, _, adult in (said for person in sharing for said in person.said):
            adult.home = adult.home or key
    return asked


def _described(person: Person) -> str:
    who = person.name or relation_words(person.relation) or "–"
    return f"{who} ({', '.join(dict.fromkeys(person.children.values()))})"


def _give_keys(people: Sequence[Person]) -> None:
    """As the families sheet makes them: from the name and a child; two of one name beside one child stay two."""
    taken = {person.before.key for person in people if person.before}
    for person in people:
        key = person.before.key if person.before else ""
        if not key:
            child, _, adult = person.said[0]
            start = f"{mark(adult.name or adult.relation)}@{child}"
            key, times = start, 2
            while key in taken:
                key, times = f"{start}~{times}", times + 1
            taken.add(key)
        for _, _, adult in person.said:
            adult.key = key
