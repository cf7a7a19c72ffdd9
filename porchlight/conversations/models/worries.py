"""“This worries me”: a message that a named safeguarding person must see."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from porchlight.conversations.models.threads import Message
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import own_children
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class WorryQuerySet(TenantQuerySet["Worry"]):
    """Safeguarding sees all; who raised one sees that it was seen. Nobody sees one about their own child."""

    def open(self) -> Self:
        """Not yet taken up by a named lead or deputy; oldest first."""
        return self.filter(seen_at=None).order_by("raised_at")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff or actor.post_id is None:  # an operator holds no post
            return rows.none()
        if not actor.is_one_of(Role.SAFEGUARDING):
            rows = rows.filter(Q(raised_by_id=actor.post_id) | _asked_of(actor))
        return rows.exclude(message__thread__student__in=own_children(actor))

    def to_look_at(self, actor: Actor) -> Self:
        """Of those they see, what they may take up: safeguarding all, anybody else what they were asked to look at."""
        return self if actor.is_one_of(Role.SAFEGUARDING) else self.filter(_asked_of(actor))


def _asked_of(actor: Actor) -> Q:
    """Of worries: this colleague was called to look, because nobody of safeguarding was there to or came."""
    calls = Errand.objects.in_school(actor.school_id).filter(
        kind=ErrandKind.LOOK_AT_WORRY, assigned_to=actor.post_id
    )
    name = Concat(Value("worry:"), OuterRef("key"), Value(f":{actor.post_id}"))
    return Q(Exists(calls.filter(about=name)))


class Worry(KeyedModel):
    """A staff member was worried by a message. Anyone may be; one tap is enough, words are optional.

    Porchlight raises one itself where a home says that a child is missing or has not come home.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="worries")
    raised_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # empty: Porchlight itself, where a home says that a child is missing
    words = SealedTextField(blank=True)
    raised_at = models.DateTimeField(default=school_time.now)
    seen_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    outcome = SealedTextField(blank=True)

    objects = WorryQuerySet.as_manager()
    tiers = {"words": Tier.L3, "outcome": Tier.L3, "raised_at": Tier.L3}  # that there is one says enough
    plain_because = {"raised_at": "The next named person is called by it."}
    children = ("message__thread__student",)

    class Meta:
        verbose_name_plural = "worries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seen_at=None, seen_by=None)
                | models.Q(seen_at__isnull=False, seen_by__isnull=False),
                name="worry_seen_by_someone",
            ),
            models.UniqueConstraint(fields=["message", "raised_by"], name="worry_once"),
            models.UniqueConstraint(
                fields=["message"],
                condition=models.Q(raised_by=None),
                name="worry_raised_by_porchlight_once",
            ),
        ]
