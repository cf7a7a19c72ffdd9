"""Writes Maple Street School's roster and families sheet: `python -m porchlight.demo.make_data`. Always the same.

Everybody is invented. Mobile numbers are from the range kept free for stories (+44 7700 900000 to 900999),
mailboxes under example.org. The cast of `porchlight.demo` comes first; the rest are drawn with a fixed seed.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from porchlight.demo.names import Family, families

DATA = Path(__file__).parent / "data"
CLASSES = (("4A", "4"), ("5B", "5"), ("6C", "6"))
STAFF = (
    ("s-amal", "Ms", "Amal", "teacher", "4A"),
    ("s-lindqvist", "Mr", "Lindqvist", "teacher", "5B"),
    ("s-osei", "Mrs", "Osei", "teacher", "6C"),
    ("s-tran", "Ms", "Tran", "aide", "4A"),
    ("s-okafor", "Mrs", "Okafor", "siteAdministrator", ""),
    ("s-bell", "Mr", "Bell", "principal", ""),
    ("s-reyes", "Ms", "Reyes", "counselor", ""),
    ("s-whitfield", "Mr", "Whitfield", "counselor", ""),
)
STUDENTS = 70
SHEET = (
    "Child number", "Child", "Class", "Adult", "How to address them", "Relation", "Speaks", "Reads", "Letters",
    "Phone", "WhatsApp", "E-mail", "Home", "Agreed to messages", "Restriction", "Evidence of the restriction",
    "Who may ring",
)  # fmt: skip


@dataclass
class Child:
    """One student and the adults around them."""

    number: int
    given: str
    family_name: str
    school_class: str
    adults: list[dict[str, str]] = field(default_factory=list)

    @property
    def source_id(self) -> str:
        return f"p-{self.number:03d}"

    @property
    def name(self) -> str:
        return f"{self.given} {self.family_name}".strip()


class Numbers:
    """Each number once."""

    def __init__(self) -> None:
        self.last = 99

    def next(self) -> str:
        self.last += 1
        return f"07700 900{self.last:03d}"


def children(rng: random.Random) -> list[Child]:
    """Families in turn, siblings in different classes, until the school is full."""
    made: list[Child] = []
    numbers = Numbers()
    for family in families():
        kids = family.children
        start = rng.randrange(3)
        group = [
            Child(len(made) + position + 1, given, family.name, CLASSES[(start + position) % 3][0])
            for position, given in enumerate(kids)
        ]
        if family.first_class:
            group[0].school_class = family.first_class
        adults = list(adults_of(family, numbers, rng))
        for child in group:
            child.adults = [dict(adult) for adult in adults]
        made += group
        if len(made) >= STUDENTS:
            break
    return made


def adults_of(family: Family, numbers: Numbers, rng: random.Random) -> Iterator[dict[str, str]]:
    """One line of the sheet for each adult, without the child's columns."""
    for position, adult in enumerate(family.adults):
        number = "" if adult.reach == "none" else numbers.next()
        mailbox = f"{family.mailbox}.{position + 1}@example.org"
        yield {
            "Adult": adult.name,
            "How to address them": adult.called,
            "Relation": adult.relation,
            "Speaks": family.speaks,
            "Reads": "does not read" if adult.reads == "" else adult.reads or family.reads,
            "Letters": "Latin letters" if family.script == "Latn" else "",
            "Phone": number if adult.reach in {"sms", "both"} else "",
            "WhatsApp": number if adult.reach in {"whatsapp", "both"} else "",
            "E-mail": mailbox
            if adult.reach == "email" or (adult.reach == "both" and rng.random() < 0.3)
            else "",
            "Home": adult.home or f"{family.name} family",
            "Agreed to messages": "yes" if adult.reach != "none" else "",
            "Restriction": "no contact" if adult.restriction else "",
            "Evidence of the restriction": adult.restriction,
            "Who may ring": adult.may_ring,
        }


def write(rows: Sequence[Sequence[object]], name: str, folder: Path) -> None:
    """One CSV file, the first row its header."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def write_roster(pupils: Sequence[Child], folder: Path) -> None:
    """A OneRoster 1.2 bundle, bulk."""
    blank = ["", ""]
    write(manifest(), "manifest.csv", folder)
    write([ORGS, ["maple-street", *blank, "Maple Street School", "school", "", ""]], "orgs.csv", folder)
    write([SESSIONS, *sessions()], "academicSessions.csv", folder)
    write(
        [COURSES, ["course-primary", *blank, "2026-27", "Primary", "", "", "maple-street", "", ""]],
        "courses.csv",
        folder,
    )
    write([CLASS_HEAD, *([f"c-{name}", *blank, name, year, "course-primary", "", "homeroom", "", "maple-street",
                          "2026-27", "", "", ""] for name, year in CLASSES)], "classes.csv", folder)  # fmt: skip
    staff = [
        user(sid, title, name, f"{sid[2:]}@maple-street.example.org") for sid, title, name, _r, _c in STAFF
    ]
    kids = [user(child.source_id, child.given, child.family_name, "") for child in pupils]
    write([USERS, *staff, *kids], "users.csv", folder)
    who = [
        *((sid, role) for sid, _t, _n, role, _c in STAFF),
        *((child.source_id, "student") for child in pupils),
    ]
    roles = [[f"r-{sid}", *blank, sid, "primary", role, "", "", "maple-street", ""] for sid, role in who]
    write([ROLES, *roles], "roles.csv", folder)
    places = [[f"e-{sid}", *blank, f"c-{taught}", "maple-street", sid, "teacher", "true", "", ""]
              for sid, _t, _n, _r, taught in STAFF if taught]  # fmt: skip
    places += [[f"e-{c.source_id}", *blank, f"c-{c.school_class}", "maple-street", c.source_id, "student", "", "", ""]
               for c in pupils]  # fmt: skip
    write([ENROLMENTS, *places], "enrollments.csv", folder)


def user(source_id: str, given: str, family_name: str, mailbox: str) -> list[str]:
    """One line of users.csv."""
    names = ["", "", "true", "", "", given, family_name, *[""] * 6]
    return [source_id, *names, mailbox, *[""] * 6, "maple-street", "", "", "", ""]


def manifest() -> list[list[str]]:
    """Every file of the standard is named: here, or absent."""
    here = {"orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments"}
    every = sorted(here | {"categories", "classResources", "courseResources", "demographics", "lineItems",
                           "resources", "results", "userProfiles"})  # fmt: skip
    return [
        ["propertyName", "value"],
        ["manifest.version", "1.0"],
        ["oneroster.version", "1.2"],
        *[[f"file.{name}", "bulk" if name in here else "absent"] for name in every],
        ["source.systemName", "Maple Street office"],
        ["source.systemCode", "maple-street"],
    ]


def sessions() -> list[list[str]]:
    """Three terms and the year they make."""
    blank = ["", ""]
    return [
        ["2026-27", *blank, "2026–27", "schoolYear", "2026-09-01", "2027-07-21", "", "2027"],
        ["2026-autumn", *blank, "Autumn 2026", "term", "2026-09-01", "2026-12-18", "2026-27", "2027"],
        ["2027-spring", *blank, "Spring 2027", "term", "2027-01-05", "2027-03-25", "2026-27", "2027"],
        ["2027-summer", *blank, "Summer 2027", "term", "2027-04-12", "2027-07-21", "2026-27", "2027"],
    ]


BASE = ["sourcedId", "status", "dateLastModified"]
ORGS = [*BASE, "name", "type", "identifier", "parentSourcedId"]
SESSIONS = [*BASE, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"]
COURSES = [
    *BASE,
    "schoolYearSourcedId",
    "title",
    "courseCode",
    "grades",
    "orgSourcedId",
    "subjects",
    "subjectCodes",
]
CLASS_HEAD = [*BASE, "title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId",
              "termSourcedIds", "subjects", "subjectCodes", "periods"]  # fmt: skip
USERS = [*BASE, "enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier",
         "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "pronouns", "email", "sms", "phone",
         "agentSourcedIds", "grades", "password", "userMasterIdentifier", "primaryOrgSourcedId", "metadata.locker",
         "metadata.note", "metadata.house", "metadata.bus"]  # fmt: skip
ROLES = [
    *BASE,
    "userSourcedId",
    "roleType",
    "role",
    "beginDate",
    "endDate",
    "orgSourcedId",
    "userProfileSourcedId",
]
ENROLMENTS = [
    *BASE,
    "classSourcedId",
    "schoolSourcedId",
    "userSourcedId",
    "role",
    "primary",
    "beginDate",
    "endDate",
]


def main(into: Path = DATA) -> None:
    """Write everything anew."""
    pupils = children(random.Random(4))  # noqa: S311 - the same school every time is the point
    write_roster(pupils, into / "oneroster")
    lines = [[child.source_id, child.name, child.school_class, *(adult[head] for head in SHEET[3:])]
             for child in pupils for adult in child.adults]  # fmt: skip
    write([list(SHEET), *lines], "families.csv", into)


if __name__ == "__main__":
    main()
