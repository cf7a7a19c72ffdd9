"""What runs beside the pages."""

from __future__ import annotations

from django.tasks import task


@task
def translate_waiting(school_id: int, account_id: int) -> None:
    """What waits for one account with an engine."""
    from porchlight.languages.translating import work

    work(school_id, account_id)
