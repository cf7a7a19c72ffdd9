"""What stood on the pages somebody was given: every text of a full school says its tier and its field (T2, T5, T7).

tests/doors/shown.txt lists, for each actor, the fields whose words they saw anywhere: a person reviews that list. A
field that is not on it, shown to them by any page, fails; so does a field on it that no page shows any more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.http import HttpResponseBase

from porchlight.families.models import Address
from tests.doors.pages import Page
from tests.full_school.people import FullSchool

FILE = Path(__file__).with_name("shown.txt")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LINKS = re.compile(r"""(?:href|src|action)="([^"]*)\"""")
OF_FAMILIES = {
    "link holder",
    "father",
    "mother apart",
    "restricted mother",
    "other family",
    "child",
    "nobody",
}
NAME_THE_SCHOOL = {"hooks:stop", "no such page of a school"}  # whose page it is, or would be
SAFEGUARDING = {"safeguarding lead", "safeguarding deputy"}
# Of the ways; the last looks for what is wrong with them.
SEE_ACCOUNTS = {"office", "leader", "operator let in"}


@dataclass
class Eyes:
    """Looks at every answer, and remembers what each actor saw."""

    full: FullSchool
    others: list[FullSchool]
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.marks = re.compile(rf"{self.full.mark}-(L\d-[a-z0-9-]+)")
        numbers = Address.objects.filter(school=self.full.school).prefetch_related("contact_points__guardian")
        self.numbers = {
            one.known_as.removeprefix("+44"): str(point.guardian.name)
            for one in numbers
            for point in one.contact_points.all()
            if point.guardian
        }
        self.own_name = {who: adult.name for who, adult in self.full.adults.items()}

    def faults(self, page: Page, actor: str, response: HttpResponseBase) -> Iterator[str]:
        """What this actor should not have been given by this answer."""
        body = text_of(response)
        mine = {self.others[0].mark} if actor == "leader elsewhere" else {self.full.mark}
        if page.of_a_school or page.name in NAME_THE_SCHOOL:
            mine.add(self.full.mark)
        for full in (self.full, *self.others):
            if full.mark in body and full.mark not in mine:
                yield f"{actor} is shown something of {full.school.slug}"
        found = set(self.marks.findall(body))
        self.shown[actor] |= {one for one in found if not one.startswith("L0")}
        if (
            actor in OF_FAMILIES and page.name != "welcome:invitation"
        ):  # which a colleague holds who signs in with it
            yield from self._numbers_of_others(actor, body)
        yield from (
            f"{actor} is shown {one}" for one in found if one[:2] == "L3" and not _may_see(actor, one)
        )
        for where, texts in (("title", TITLE.findall(body)), ("address", LINKS.findall(body))):
            for one in self.marks.findall(" ".join(texts)):
                if one[:2] in {"L2", "L3"} or (where == "address" and "page" not in one):
                    yield f"{one} stands in a {where}"
        if page.name == "delivery:opening":
            return  # leads into the telephone's own program, with the words in it
        yield from (f"{one} stands in a header" for one in self.marks.findall(str(response.headers)))

    def _numbers_of_others(self, actor: str, body: str) -> Iterator[str]:
        """A family sees no adult's number or mailbox but their own."""
        digits = re.sub(r"[\s\u00a0()-]+", "", body)
        for number, name in self.numbers.items():
            mine = self.own_name.get("father" if actor == "link holder" else actor)
            if number in digits and name != mine:
                yield f"{actor} is shown the number of {name}"
        if re.search(rf"{self.full.mark}-[a-z-]+@example\.org", body):
            yield f"{actor} is shown a colleague's mailbox"


def _may_see(actor: str, shown: str) -> bool:
    """Safeguarding is for those who do it; what a gateway asks for is typed in by who keeps the ways."""
    return actor in SAFEGUARDING or (shown == "L3-account-settings" and actor in SEE_ACCOUNTS)


def text_of(response: HttpResponseBase) -> str:
    """The body; a stream's was read by whoever asked."""
    content = response.text_of_it if response.streaming else response.content
    return content.decode(errors="replace")


def read() -> dict[str, set[str]]:
    """Actor → the fields on their list."""
    found: dict[str, set[str]] = {}
    actor = ""
    for line in FILE.read_text().splitlines() if FILE.exists() else ():
        if line.startswith("  "):
            found[actor].add(line.strip())
        else:
            actor = line.strip()
            found[actor] = set()
    return found


def written(shown: dict[str, set[str]]) -> str:
    """As shown.txt has it."""
    return "".join(
        f"{actor}\n" + "".join(f"  {one}\n" for one in sorted(shown[actor])) for actor in sorted(shown)
    )
