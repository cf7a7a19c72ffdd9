"""The office hands over the autumn's roster, reads what it would change, takes it, and takes it back."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django_ox.testing import run_tasks
from playwright.sync_api import Browser

import porchlight.demo
from porchlight.families.models import Student
from tests.maple import Maple
from tests.visitor import DESK, NO_SCRIPT, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

BUNDLE = Path(porchlight.demo.__file__).parent / "data" / "oneroster"


NEW = {
    "users": [
        {"sourcedId": "p-901", "enabledUser": "true", "givenName": "Noor", "familyName": "Siddiqui"},
        {"sourcedId": "p-902", "enabledUser": "true"},  # no name at all
    ],
    "roles": [
        {"sourcedId": f"r-{key}", "userSourcedId": key, "roleType": "primary", "role": "student"}
        for key in ("p-901", "p-902")
    ],
    "enrollments": [
        {"sourcedId": "e-p-901", "classSourcedId": "c-4A", "userSourcedId": "p-901", "role": "student"}
    ],
}
SCHOOL = {
    "primaryOrgSourcedId": "maple-street",
    "orgSourcedId": "maple-street",
    "schoolSourcedId": "maple-street",
}


def packed(folder: Path, *, leave: int = 0) -> Path:
    """Maple Street's roster as its system would export it in autumn: Noor is new, and a child without a name.

    `leave`: so many students less, in every file, as when one class was forgotten.
    """
    students = [row["sourcedId"] for row in table("users")[1] if row["sourcedId"].startswith("p-")]
    gone = set(students[len(students) - leave :]) if leave else set()
    target = folder / f"autumn-{leave}.zip"
    with ZipFile(target, "w") as bundle:
        for path in sorted(BUNDLE.glob("*.csv")):
            columns, rows = table(path.stem)
            kept = [row for row in rows if not gone & {row.get("sourcedId"), row.get("userSourcedId")}]
            kept += [{**SCHOOL, **row} for row in NEW.get(path.stem, [])]
            text = StringIO()
            out = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
            out.writeheader()
            out.writerows(kept)
            bundle.writestr(path.name, text.getvalue())
    return target


def table(name: str) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of one file of the bundle."""
    with (BUNDLE / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


def hands_over(okafor: Visitor, path: Path) -> None:
    """From the menu to what the file would change."""
    chooses(okafor, path)
    waits(okafor)


def chooses(okafor: Visitor, path: Path) -> None:
    """From the menu to a file that is handed over."""
    okafor.goes("/maple-street/")
    okafor.follows("Roster")
    okafor.page.get_by_label("The file").set_input_files(path)
    okafor.presses("Look at it")


def waits(okafor: Visitor) -> None:
    """A worker does what was asked for, and the page leads on by itself; without script, a link does."""
    okafor.reads("It begins in a moment.")
    assert run_tasks()
    if okafor.has_script:
        okafor.page.wait_for_url(lambda address: not address.endswith("/progress/"))
        okafor.looks()
    else:
        okafor.follows("Look again")


def takes(okafor: Visitor) -> None:
    """From what the file would change to what it changed."""
    okafor.presses("Take it")
    waits(okafor)
    okafor.reads("Taken. Everybody is in their place.")


@pytest.mark.in_turn
@pytest.mark.parametrize("screen", [DESK, {**PHONE, **NO_SCRIPT}], ids=["desk", "phone-without-script"])
def test_the_office_looks_takes_and_takes_back(
    chromium: Browser, maple: Maple, tmp_path: Path, screen: dict[str, Any]
) -> None:
    with visiting(chromium, maple, as_="okafor", **screen) as okafor:
        hands_over(okafor, packed(tmp_path))
        okafor.reads("Nothing has been changed yet.")
        okafor.reads("What was left out or guessed")
        okafor.reads("users.csv", okafor.part("What was left out or guessed"))
        assert not Student.objects.filter(name="Noor Siddiqui").exists()

        takes(okafor)
        assert Student.objects.on_roll().filter(name="Noor Siddiqui").exists()

        okafor.presses("Take this import back")
        waits(okafor)
        okafor.reads("This import has been taken back.")
        assert not Student.objects.on_roll().filter(name="Noor Siddiqui").exists()
        okafor.goes("/maple-street/rosters/")
        okafor.reads("autumn-0.zip", okafor.part("Taken earlier"))


def test_a_file_that_forgot_a_class_is_not_taken_by_accident(
    chromium: Browser, maple: Maple, tmp_path: Path
) -> None:
    before = Student.objects.on_roll().count()
    with visiting(chromium, maple, as_="okafor") as okafor:
        hands_over(okafor, packed(tmp_path, leave=10))
        okafor.reads("More would go than usual. A file that was cut off looks just like that.")
        okafor.page.get_by_role("button", name="Take it", exact=True).click()  # the box stands unticked
        assert okafor.page.url.endswith(okafor.seen[-1])
        assert Student.objects.on_roll().count() == before

        okafor.page.get_by_label("They have really left").check()
        takes(okafor)
        assert Student.objects.on_roll().count() == before - 10 + 1
        okafor.presses("Take this import back")
        waits(okafor)
        assert Student.objects.on_roll().count() == before


def test_a_file_we_cannot_read_meets_a_clear_sentence(
    chromium: Browser, maple: Maple, tmp_path: Path
) -> None:
    broken = tmp_path / "autumn.zip"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    with visiting(chromium, maple, as_="okafor") as okafor:
        chooses(okafor, broken)
        okafor.reads("autumn.zip is not a zip file.", okafor.part("From another system"))
        assert okafor.seen[-1] == "/maple-street/rosters/"  # on the same page, to choose another


def test_by_keyboard_alone(chromium: Browser, maple: Maple, tmp_path: Path) -> None:
    with visiting(chromium, maple, as_="okafor") as okafor:
        hands_over(okafor, packed(tmp_path))
        tabs_to(okafor, "Take it")
        with okafor.page.expect_navigation():
            okafor.page.keyboard.press("Enter")
        okafor.looks()
        waits(okafor)
        okafor.reads("Taken. Everybody is in their place.")
        assert Student.objects.on_roll().filter(name="Noor Siddiqui").exists()
        tabs_to(okafor, "Take this import back")
        with okafor.page.expect_navigation():
            okafor.page.keyboard.press("Enter")
        okafor.looks()
        waits(okafor)
        okafor.reads("This import has been taken back.")


def tabs_to(okafor: Visitor, name: str) -> None:
    """Press Tab until the button with this name has the focus."""
    focused = "document.activeElement.innerText || ''"
    for _step in range(60):
        okafor.page.keyboard.press("Tab")
        if okafor.page.evaluate(focused).strip() == name:
            return
    raise AssertionError(f"“{name}” cannot be reached with the Tab key.")
