"""The tasks. As they come out of the box, or tuned (BENCH_TUNED=1) by who has read what there is to read.

Tuned: one kept connection to the gateway, changes without reading the row again, messages that the broker need not put
on its disk, a hundred fetched at a time, and no chatter between workers.
"""

from __future__ import annotations

import os
import threading
from typing import Any
from zoneinfo import ZoneInfo

import django
import requests
from celery import Celery

django.setup()

from django.db.models import Q  # noqa: E402 - models want it set up
from django.utils import timezone  # noqa: E402 - models want it set up

from porchlight.delivery.gateways.contract import ApprovedTemplate, Outgoing, Status  # noqa: E402 - models want it set up
from porchlight.delivery.gateways.whatsapp_cloud.writing import body_of  # noqa: E402 - models want it set up
from porchlight.delivery.models import Account, Delivery, KillSwitch, ParcelStudent, Stopped  # noqa: E402 - models want it set up
from porchlight.delivery.quiet import next_awake  # noqa: E402 - models want it set up
from porchlight.families.models import Guardianship, Restriction  # noqa: E402 - models want it set up
from porchlight.schools.wall import school_context  # noqa: E402 - models want it set up

TUNED = os.environ.get("BENCH_TUNED") == "1"
QUEUE = os.environ.get("BENCH_QUEUE", "bench-typical")
RANK = {"sent": Status.SENT, "delivered": Status.DELIVERED, "read": Status.READ, "failed": Status.FAILED}

app = Celery("typical", broker=os.environ.get("BENCH_BROKER", "amqp://guest:guest@127.0.0.1:5672//"))
app.conf.task_default_queue = QUEUE
app.conf.broker_connection_retry_on_startup = True
if TUNED:
    app.conf.update(
        task_ignore_result=True,
        worker_prefetch_multiplier=100,
        worker_send_task_events=False,
        worker_disable_rate_limits=True,
        task_default_delivery_mode="transient",
        broker_pool_limit=None,
        CELERY_DB_REUSE_MAX=10_000,
    )
_kept = threading.local()


@app.task(autoretry_for=(requests.ConnectionError, requests.Timeout), retry_backoff=True, max_retries=8)
def send(school_id: int, delivery_id: int) -> None:
    """One delivery: looked up, checked, posted, written down."""
    with school_context(school_id):
        rows = Delivery.objects.select_related(
            "school", "parcel__guardian", "address", "contact_point", "account"
        )
        delivery = rows.get(pk=delivery_id)
        if delivery.status != Status.QUEUED:
            return
        if why := obstacle(delivery):
            delivery.stopped = why
            delivery.save()
            return
        account = delivery.account
        body = body_of(outgoing(delivery))
        url = f"{account.settings['base_url']}/v25.0/{account.settings['phone_number_id']}/messages"
        headers = {
            "Authorization": f"Bearer {account.secrets['access_token']}",
            "Content-Type": "application/json",
        }
    answer = _http().post(url, data=body, headers=headers, timeout=30)
    answer.raise_for_status()
    sent(school_id, delivery, answer.json()["messages"][0]["id"])


def _http() -> Any:
    """A new connection each time, as `requests.post` makes one; kept when tuned."""
    if not TUNED:
        return requests
    if not hasattr(_kept, "http"):
        _kept.http = requests.Session()
    return _kept.http


def sent(school_id: int, delivery: Delivery, provider_id: str) -> None:
    """Write down that the gateway took it."""
    now = timezone.now()
    with school_context(school_id):
        if TUNED:
            Delivery.objects.filter(pk=delivery.pk).update(provider_id=provider_id, sent_at=now)
            Delivery.objects.filter(pk=delivery.pk, status__lt=Status.SENT).update(
                status=Status.SENT, status_at=now
            )
            return
        delivery = Delivery.objects.get(pk=delivery.pk)
        delivery.provider_id, delivery.sent_at = provider_id, now
        delivery.attempts = [*delivery.attempts, {"at": now.isoformat()}]
        if delivery.status < Status.SENT:
            delivery.status, delivery.status_at = Status.SENT, now
        delivery.save()


def obstacle(delivery: Delivery) -> str:
    """What our last check asks, asked through the ORM."""
    parcel, now = delivery.parcel, timezone.now()
    if parcel.withdrawn_at:
        return Stopped.WITHDRAWN
    if parcel.expires_at and parcel.expires_at <= now:
        return Stopped.EXPIRED
    off = KillSwitch.objects.filter(lifted_at=None).filter(Q(channel="") | Q(channel=delivery.channel))
    if off.exists():
        return Stopped.WITHDRAWN
    if delivery.address is None or delivery.address.opted_out_at:
        return Stopped.OPTED_OUT
    if delivery.contact_point is None or not delivery.contact_point.consented:
        return Stopped.NO_CONSENT
    school = delivery.school
    if next_awake(now, ZoneInfo(school.timezone), school.quiet_from, school.quiet_until) > now:
        raise send.retry(countdown=3600)
    students = ParcelStudent.objects.filter(parcel=parcel).values("student")
    ties = Guardianship.objects.filter(guardian=parcel.guardian, student__in=students, may_receive=True)
    barred = Restriction.objects.filter(guardianship__in=ties, scope="contact", lifted_at=None)
    return "" if ties.exists() and not barred.exists() else Stopped.RESTRICTED


def outgoing(delivery: Delivery) -> Outgoing:
    """The body that our adapter would write."""
    written = delivery.body["template"]
    template = ApprovedTemplate(written["name"], written["language"], tuple(written["parameters"]))
    return Outgoing(
        reference=delivery.reference,
        to=delivery.to,
        text=delivery.body["text"],
        language=delivery.parcel.language,
        template=template,
        sender_name=delivery.parcel.sender_name,
    )


@app.task(autoretry_for=(Delivery.DoesNotExist,), retry_backoff=True, max_retries=8)
def status(school_id: int, provider_id: str, said: str) -> None:
    """One status from the webhook; it may come before the sending is written down."""
    rank = RANK[said]
    with school_context(school_id):
        if TUNED:
            found = Delivery.objects.filter(provider_id=provider_id)
            if not found.filter(status__lt=rank).update(status=rank, status_at=timezone.now()):
                found.only("pk").get()
            return
        delivery = Delivery.objects.get(provider_id=provider_id)
        if delivery.status < rank:
            delivery.status, delivery.status_at = rank, timezone.now()
            delivery.save()


def start(school_id: int) -> None:
    """What the view behind "Send" does: a task for each recipient."""
    with school_context(school_id):
        ids = list(Delivery.objects.values_list("pk", flat=True))
    for pk in ids:
        send.delay(school_id, pk)


def secret_of(school_id: int) -> str:
    """What the webhook's signature is made with."""
    with school_context(school_id):
        return str(Account.objects.get().secrets["app_secret"])
