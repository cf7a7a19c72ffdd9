"""A school's accounts at its gateways, the lanes they are, the paths they come back on, and the switches."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.gateways.contract import Gateway
from porchlight.families.models import Channel
from porchlight.schools.actors import Role
from porchlight.schools.models import AccountElsewhere, ForRolesQuerySet, School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import secret_key


class AccountQuerySet(ForRolesQuerySet["Account"]):
    """Accounts are the office's and the leader's business."""

    roles = (Role.OFFICE, Role.LEADER)

    def open(self) -> Self:
        """Still in use, best first."""
        return self.filter(closed_at=None).order_by("rank", "pk")

    def on_a_wire(self) -> Self:
        """Those that a worker drains."""
        return self.exclude(gateway__in=BY_HAND)

    def by_hand(self) -> Self:
        """Those that people carry."""
        return self.filter(gateway__in=BY_HAND)


class Account(AccountElsewhere):
    """A school's account with one gateway. What an adapter needs of it is `settings`, `secrets` and `sender`."""

    gateway = models.CharField(max_length=60)  # a gateway's name, see gateways/registry.py
    channel = models.CharField(max_length=20, choices=Channel)
    label = models.CharField(max_length=100)  # for staff: "Office phone"
    sender = models.CharField(max_length=254, blank=True)  # what families see: number or mailbox
    settings = models.JSONField(default=dict)  # plain values of the gateway's fields, all text
    rate_per_second = models.FloatField(default=10)
    rank = models.PositiveSmallIntegerField(default=1)  # of several on one channel, 1 is used first
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AccountQuerySet.as_manager()
    tiers = {"label": Tier.L2, "sender": Tier.L0, "settings": Tier.L3, "sealed_secrets": Tier.L3}
    of_the_school = frozenset(tiers)
    plain_because = {
        "settings": "Ids and addresses at the gateway; what opens an account is among its secrets."
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rate_per_second__gt=0), name="account_rate_positive")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def carrier(self) -> Gateway:
        """The gateway's adapter. Raises UnknownGateway when it is switched off here."""
        return registry.get(self.gateway)

    @property
    def is_by_hand(self) -> bool:
        """Whether people carry what goes out on it: then it has no lane."""
        return self.gateway in BY_HAND

    @property
    def held_at(self) -> datetime | None:
        """Since when nothing leaves on this account until staff act; None when it runs."""
        return None if self.is_by_hand else self.lane.held_at

    @property
    def held_reason(self) -> str:
        return self.lane.held_reason


class WebhookRoute(models.Model):
    """The path a gateway comes back on. Outside the wall: the key is all a webhook brings, and tells the school."""

    key = models.CharField(max_length=26, unique=True, default=secret_key, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="routes")
    gateway = models.CharField(max_length=60)
    waiting_since = models.DateTimeField(null=True, blank=True)  # something came in and is not processed yet
    fetch_at = models.DateTimeField(null=True, blank=True)  # something that came along is to be fetched
    connect_at = models.DateTimeField(null=True, blank=True)  # the gateway is to be told where to report
    connected_at = models.DateTimeField(null=True, blank=True)
    connect_problem = models.CharField(max_length=300, blank=True)  # a sentence for staff
    look_at = models.DateTimeField(null=True, blank=True)  # a phone is to be asked how it is
    looked = models.JSONField(default=dict)  # {"at", "seen_at", "checks"}: see the gateway's `look`
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    outside_the_wall = "The key in a webhook's address is what tells the school."

    class Meta:
        indexes = [
            models.Index(
                fields=["waiting_since"], condition=Q(waiting_since__isnull=False), name="route_waiting"
            )
        ]

    @property
    def path(self) -> str:
        """Where this gateway's webhooks arrive."""
        return f"/hooks/{self.gateway}/{self.key}/"


class Lane(models.Model):
    """One account's queue, as workers see it. Outside the wall: it holds no content, only when and how fast.

    `due_at` is on the clock people see; everything else here is on the database's clock.
    """

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="lane")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)  # the earliest delivery waiting
    served_at = models.DateTimeField(null=True, blank=True)  # lanes take turns: who waited longest is next
    rate_per_second = models.FloatField(default=10)
    tokens = models.FloatField(default=0)  # sends it may make at `tokens_at`; refilled as time passes
    tokens_at = models.DateTimeField(null=True, blank=True)
    # How many may leave in an hour and in a day, by the school's clock; none: no limit. What is left of it now.
    per_hour = models.PositiveIntegerField(null=True, blank=True)
    per_day = models.PositiveIntegerField(null=True, blank=True)
    left_hour = models.PositiveIntegerField(null=True, blank=True)
    left_day = models.PositiveIntegerField(null=True, blank=True)
    hour_from = models.DateTimeField(
        null=True, blank=True
    )  # when the hour, and the day, began that are counted
    day_from = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row; the breaker opens on them
    rests_until = models.DateTimeField(
        null=True, blank=True
    )  # breaker open, or the gateway asked for a pause
    held_at = models.DateTimeField(null=True, blank=True)  # nothing leaves until staff act
    held_reason = models.CharField(max_length=300, blank=True)  # the gateway's code and our sentence about it

    outside_the_wall = "Workers choose among all schools' lanes before they open any school's wall."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None, held_reason="") | Q(held_at__isnull=False) & ~Q(held_reason=""),
                name="lane_held_with_reason",
            )
        ]


class KillSwitch(models.Model):
    """Nothing leaves while one stands: on the whole platform, a school, a channel, or a school's channel.

    Outside the wall, because a switch without a school holds for all of them.
    """

    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.CASCADE, related_name="kill_switches"
    )
    channel = models.CharField(max_length=20, choices=Channel, blank=True)  # empty: every channel
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField(default=school_time.now)
    set_by_id = models.BigIntegerField(null=True)  # the staff member's id; null: the platform's operator
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_id = models.BigIntegerField(null=True)

    outside_the_wall = "A switch without a school holds for all of them."

    class Meta:
        verbose_name_plural = "kill switches"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "channel"], condition=Q(lifted_at=None), name="kill_switch_once"
            ),
            models.UniqueConstraint(
                fields=["channel"], condition=Q(lifted_at=None, school=None), name="kill_switch_platform_once"
            ),
        ]
