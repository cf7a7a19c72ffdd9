"""What runs beside the pages."""

from __future__ import annotations

from django.tasks import task


@task
def see_to_rooms(school_id: int) -> None:
    """What waits at the companies for one school."""
    from porchlight.meetings.video.rooms import work

    work(school_id)
