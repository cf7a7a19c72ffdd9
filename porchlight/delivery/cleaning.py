"""What came along is made clean before anybody has it: by the thread that fetched it, outside of every transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.delivery.models import Attachment
from porchlight.files.cleaning import NotKept
from porchlight.files.keeping import clean, throw_away
from porchlight.files.scanning import ScannerAway
from porchlight.schools.wall import school_context
from porchlight.toolbox.jitter import ceiling

LOST, AWAY = "media_gone", "scanner_away"
LATEST_TRY = timedelta(minutes=15)  # a scanner that was away is asked again within


def make_clean(row: Attachment, now: datetime) -> None:
    """Clean what waits with this row; what we do not keep is thrown away and says why, and what to do.

    While the school's scanner is away it waits, however long that is: neither lost nor let through.
    """
    waiting = row.waiting
    assert waiting is not None  # noqa: S101 - asked for only where something waits
    mine = Attachment.objects.filter(pk=row.pk)
    try:
        file = clean(waiting)
    except ScannerAway:
        pause = min(timedelta(seconds=ceiling(row.tries)), LATEST_TRY)
        with school_context(row.school_id):
            mine.update(code=AWAY, due_at=now + pause)
    except (NotKept, FileNotFoundError) as problem:
        with school_context(row.school_id):
            code = problem.reason.value if isinstance(problem, NotKept) else LOST
            mine.update(code=code, given_up_at=now, waiting=None)
            throw_away(waiting)
    else:
        with school_context(row.school_id):
            mine.update(file=file, waiting=None, code="")
