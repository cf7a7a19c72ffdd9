"""What Prometheus reads: figures of the whole server, from the tables outside the schools' walls. Nobody's data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django_ox.models import OxTask
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from porchlight.delivery.models import KillSwitch, Lane, WebhookRoute
from porchlight.operations.beating import since_last_beat
from porchlight.operations.doctor import database
from porchlight.operations.doctor.traffic import late_lanes
from porchlight.schools.models import School

WAITING = ("READY", "RUNNING")


class Figures(Collector):
    """Asked at each scrape. What cannot be asked, since the database is away, is left out; `porchlight_up` says so."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """A fixed number of questions, however many schools there are."""
        yield _gauge("porchlight_disk_free_bytes", "Free where Porchlight keeps its files.", _free())
        up = database.away() is None
        if up:
            try:
                yield from list(self._asked())
            except DatabaseError:
                up = False
        yield _gauge("porchlight_up", "1 when the database answers.", float(up))

    def _asked(self) -> Iterator[GaugeMetricFamily]:
        since = since_last_beat()
        if since is not None:
            yield _gauge(
                "porchlight_worker_sign_age_seconds",
                "Since any worker's sign of life.",
                since.total_seconds(),
            )
        yield _gauge("porchlight_schools", "Schools on this server.", School.objects.count())
        yield from self._lanes()
        oldest = WebhookRoute.objects.aggregate(oldest=Min("waiting_since"))["oldest"]
        yield _gauge(
            "porchlight_inbox_oldest_seconds", "Age of the oldest word not read yet.", self._age(oldest)
        )
        switches = KillSwitch.objects.filter(lifted_at=None).count()
        yield _gauge("porchlight_switches_standing", "Switches that hold sending back.", switches)
        tasks = GaugeMetricFamily(
            "porchlight_tasks", "Background tasks in the database, by state.", labels=["state"]
        )
        rows = OxTask.objects.filter(status__in=WAITING).values_list("status").annotate(n=Count("pk"))
        counted = dict(rows.order_by())
        for state in WAITING:
            tasks.add_metric([state.lower()], counted.get(state, 0))
        yield tasks

    def _lanes(self) -> Iterator[GaugeMetricFamily]:
        """By channel; by school as well where whoever runs the server wants that."""
        named = ["channel", "school"] if settings.METRICS_SCHOOLS else ["channel"]
        fields = ["channel", "school__slug"] if settings.METRICS_SCHOOLS else ["channel"]
        late = list(late_lanes(self.now).values_list("pk", flat=True))
        rows = (
            Lane.objects.order_by()
            .values_list(*fields)
            .annotate(
                n=Count("pk"),
                held=Count("pk", filter=Q(held_at__isnull=False)),
                late=Count("pk", filter=Q(pk__in=late)),
                oldest=Min("due_at", filter=Q(due_at__lte=self.now)),
            )
        )
        families = {
            "n": GaugeMetricFamily("porchlight_lanes", "Accounts at gateways.", labels=named),
            "held": GaugeMetricFamily(
                "porchlight_lanes_held", "Of those, held until staff act.", labels=named
            ),
            "late": GaugeMetricFamily(
                "porchlight_lanes_late", "Of those, with something long due.", labels=named
            ),
            "oldest": GaugeMetricFamily(
                "porchlight_outbox_oldest_seconds",
                "How long the oldest due message has waited.",
                labels=named,
            ),
        }
        for *labels, n, held, late_here, oldest in rows:
            for name, value in (("n", n), ("held", held), ("late", late_here), ("oldest", self._age(oldest))):
                families[name].add_metric([str(one) for one in labels], value)
        yield from families.values()

    def _age(self, moment: datetime | None) -> float:
        return 0.0 if moment is None else max(0.0, (self.now - moment).total_seconds())


def _free() -> float:
    return float(shutil.disk_usage(settings.VAR).free)


def _gauge(name: str, help_: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_, value=value)
