"""Once a day the end of each school's chain is written to a file that can be kept where no database is.

One file a school, `<short name>.txt`, one line a day: the day, the number of the last link and its digest. Whoever
holds yesterday's line can prove that nothing before it was rewritten.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from porchlight.activity.models import Anchor, EntrySeal
from porchlight.schools.models import School
from porchlight.toolbox.lasting_lines import append


class UnreadableAnchors(ValueError):
    """A file of anchors holds a line that none of ours looks like."""


def folder() -> Path:
    """Where anchors go: PORCHLIGHT_ANCHORS, else beside the database."""
    return Path(settings.ANCHORS)


@transaction.atomic
def drop_anchor(school: School, *, now: datetime) -> Anchor | None:
    """Today's anchor, the first time it is asked for; None when there is one, or nothing to hold.

    Row and line come together: where the file cannot be written, the next round tries again. Raises OSError then.
    """
    last = EntrySeal.objects.in_school(school).order_by("-number").first()
    if last is None:
        return None
    made, is_new = Anchor.objects.get_or_create(
        school=school, day=school.local(now).date(), defaults={"number": last.number, "digest": last.digest}
    )
    if not is_new:
        return None
    append(folder() / f"{school.slug}.txt", f"{made.day.isoformat()} {made.number} {made.digest}\n")
    return made


def anchors_in(place: Path, school: School) -> dict[int, str]:
    """Number → digest, as the school's file in this folder tells; empty without one. Raises UnreadableAnchors."""
    file = place / f"{school.slug}.txt"
    found: dict[int, str] = {}
    for line_number, line in enumerate(file.read_text().splitlines() if file.exists() else (), start=1):
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdecimal():
            raise UnreadableAnchors(f"{file}, line {line_number}: not a day, a number and a digest.")
        found[int(parts[1])] = parts[2]
    return found
