"""What a table keeps: of whom, what for, on which ground, for how long. Each room says it of its tables, in `kept.py`.

The words are those of a record of processing (Article 30 of the General Data Protection Regulation); a school
elsewhere reads “ground” as its own law names it. A table that says nothing fails the build.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Whose(enum.StrEnum):
    """Whose particulars they are."""

    CHILD = "child"
    ADULT = "adult"  # who cares for a child
    COLLEAGUE = "colleague"
    STRANGER = "stranger"  # wrote to the school, and nobody knows yet who it is
    SCHOOL = "school"  # tells of no person
    NOBODY = "nobody"  # keeps the machines going


class Sort(enum.StrEnum):
    """What sort of particular a field holds."""

    NAMES = "names"
    WAYS = "ways"  # numbers, mailboxes
    NEEDS = "needs"  # language, script, how somebody may be reached
    WORDS = "words"  # what somebody said or wrote, and files
    FACTS = "facts"  # a day away, an answer, a right
    TIES = "ties"  # which child, class, thread, colleague
    TIMES = "times"
    CODES = "codes"  # what the software needs to find and count
    SECRETS = "secrets"  # what opens something


class Purpose(enum.StrEnum):
    """What for."""

    ROLL = "roll"
    REACH = "reach"
    TALK = "talk"
    SAFETY = "safety"
    ATTENDANCE = "attendance"
    SIGN_IN = "sign_in"
    PROOF = "proof"
    SERVICE = "service"


class Ground(enum.StrEnum):
    """Why a school may: Article 6(1) of the regulation, letters e, c, a and f."""

    TASK = "public task"
    DUTY = "legal duty"
    CONSENT = "consent"
    INTEREST = "legitimate interest"


class Limit(enum.StrEnum):
    """How long: which of the limits a school sets. `privacy/limits.py` has their days."""

    SCHOOL = "school"  # as long as the school uses Porchlight
    ROLL = "roll"
    TALK = "talk"
    SAFETY = "safety"
    CARRIED = "carried"
    RAW = "raw"
    LISTS = "lists"
    SIGN_IN = "sign_in"
    UNUSED = "unused"  # a file that no words stand beside
    TASKS = "tasks"
    DAY = "day"


@dataclass(frozen=True)
class Kept:
    """One table. Fields are names with spaces between; `id` and `school` need not be said."""

    whose: tuple[Whose, ...]
    purpose: Purpose
    ground: Ground
    limit: Limit
    fields: Mapping[Sort, str]
    # From which moment the limit counts, as a query writes it; none: the row goes with the one it hangs on.
    since: str = ""
    # Ways from a row to the ids of the children and of the adults it is about, as a query writes them.
    child: tuple[str, ...] = ()
    adult: tuple[str, ...] = ()
    # Only goes when none of these point at it any more.
    unless: tuple[str, ...] = ()
    # At its limit these fields are emptied, and the row stays; none: the row goes.
    empties: tuple[str, ...] = ()
    # How far a field may travel whose model gives it no tier of its own (0 to 3).
    tier: int = 1
    # Not for a copy that its subject is given.
    withheld: frozenset[str] = field(default_factory=frozenset)

    def sort_of(self, name: str) -> Sort | None:
        """What a field holds; None when nobody said."""
        if name == "id":
            return Sort.CODES
        if name == "school":
            return Sort.TIES
        return next((sort for sort, names in self.fields.items() if name in names.split()), None)

    def named(self) -> list[str]:
        """Every field it speaks of, in its own order."""
        return [name for names in self.fields.values() for name in names.split()]

    def is_given(self, name: str) -> bool:
        """Whether a copy for the subject has this field."""
        return self.sort_of(name) not in {None, Sort.SECRETS, Sort.TIES} and name not in self.withheld


def kept(
    whose: str, purpose: Purpose, ground: Ground, limit: Limit, *, since: str = "", child: str = "",
    adult: str = "", ways_to: tuple[str, str] = ("", ""), unless: str = "", empties: str = "", tier: int = 1,
    withheld: str = "", **fields: str,
) -> Kept:  # fmt: skip
    """One line of a room's `kept.py`. `whose`, ways and fields: names with spaces between.

    `ways_to`: those to the child and to the adult at once. The rest are fields by their sort:
    `names="name called", times="left_at"`.
    """
    return Kept(
        whose=tuple(Whose(one) for one in whose.split()),
        purpose=purpose,
        ground=ground,
        limit=limit,
        fields={Sort(sort): names for sort, names in fields.items()},
        since=since,
        child=tuple((child or ways_to[0]).split()),
        adult=tuple((adult or ways_to[1]).split()),
        unless=tuple(unless.split()),
        empties=tuple(empties.split()),
        tier=tier,
        withheld=frozenset(withheld.split()),
    )
