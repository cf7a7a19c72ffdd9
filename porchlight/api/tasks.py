"""What runs beside the pages."""

from __future__ import annotations

from django.tasks import task


@task
def tell_subscriber(school_id: int, subscription_id: int) -> None:
    """What is due for one subscription."""
    from porchlight.api.webhooks.sending import send_due

    send_due(school_id, subscription_id)
