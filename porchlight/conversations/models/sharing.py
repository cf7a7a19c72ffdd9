"""Two adults of one home may share one thread about a child: each gives their word, and either takes it back."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from porchlight.conversations.models.threads import Thread
from porchlight.families.models import Guardian, Guardianship, HouseholdMembership, Restriction
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Source(models.TextChoices):
    """How we know."""

    OWN = "own"  # said on their own page
    OFFICE = "office"  # the office wrote down what they said


class SharingQuerySet(SeenWithQuerySet["Sharing"]):
    """Words given. What they come to is asked anew each time, from what stands today."""

    seen_with = "thread"

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(ended_at=None)

    def unbroken(self, *adults: int | OuterRef, on: date) -> Self:
        """Nothing came between, for any of these adults, since the word was given.

        No restriction stood since, nor stands, nor is set to begin; and nobody moved out of a home. A restriction
        lifted and a return give no word back: it has to be said again.
        """
        stood = Restriction.objects.filter(
            Q(lifted_at=None) | Q(lifted_at__gte=OuterRef("given_at")),
            Q(until=None) | Q(until__gte=OuterRef("given_on")),
        )
        left = HouseholdMembership.objects.filter(until__gte=OuterRef("given_on"), until__lt=on)
        rows = self.annotate(given_on=TruncDate("given_at"))
        for adult in adults:
            rows = rows.exclude(Exists(stood.filter(guardianship__guardian=adult)))
            rows = rows.exclude(Exists(left.filter(guardian=adult)))
        return rows

    def held_with(self, guardian: int, *, on: date) -> Self:
        """Words of others that hold together with this adult's own, each with `since`: the later of the two.

        Both named the other when they gave it, both still live behind one door and may be told about the child,
        and nothing has come between them.
        """
        mine = (
            Sharing.objects.standing()
            .filter(
                thread__guardian=guardian,
                thread__student=OuterRef("thread__student"),
                covers__guardian=OuterRef("thread__guardian"),
            )
            .unbroken(guardian, OuterRef(OuterRef("thread__guardian")), on=on)
        )
        homes = HouseholdMembership.objects.filter(in_force(on), guardian=guardian).values("household")
        receiving = Guardianship.objects.current(on=on).receiving(on=on)
        about = receiving.filter(student=OuterRef("thread__student"))
        return (
            self.standing()
            .filter(covers__guardian=guardian)
            .unbroken(OuterRef("thread__guardian"), guardian, on=on)
            .filter(
                Exists(
                    HouseholdMembership.objects.filter(
                        in_force(on), guardian=OuterRef("thread__guardian"), household__in=homes
                    )
                ),
                Exists(about.filter(guardian=OuterRef("thread__guardian"))),
                Exists(about.filter(guardian=guardian)),
            )
            .annotate(mine_given_at=Subquery(mine.values("given_at")[:1]))
            .filter(mine_given_at__isnull=False)
        )

    def visible_to(self, actor: Actor) -> Self:
        """A guardian: their own words, never the other's. Staff: with the thread."""
        return self.none() if actor.kind is Kind.TOKEN else super().visible_to(actor)


class Sharing(KeyedModel):
    """One adult's word that they share their thread about one child with those who live behind their door just then.

    It comes to something once another has given theirs too. Until then it tells nobody anything.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="sharings")
    given_at = models.DateTimeField(default=school_time.now)
    source = models.CharField(max_length=10, choices=Source)
    recorded_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)  # how the office knows
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SharingQuerySet.as_manager()
    tiers = {"words": Tier.L1}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread"], condition=Q(ended_at=None), name="sharing_given_once"),
            models.CheckConstraint(
                condition=Q(source=Source.OWN) | ~Q(words=""), name="sharing_says_how_the_office_knows"
            ),
        ]


class SharingWith(TenantModel):
    """Somebody the word covers: an adult who lived behind the same door when it was given."""

    sharing = models.ForeignKey(Sharing, on_delete=models.CASCADE, related_name="covers")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sharing", "guardian"], name="sharing_covers_once")]


@lru_cache(maxsize=512)
def by_partner(guardian: int, moment: str, *, on: date) -> Exists:
    """For rows with a `thread`: whether it is of somebody this adult shares with, and the `moment` lies since then.

    The question is kept, its answer never: putting it into words took longer than asking it, at every page of a family.
    """
    held = Sharing.objects.held_with(guardian, on=on).filter(thread=OuterRef("thread"))
    both_by_then = {"given_at__lte": OuterRef(moment), "mine_given_at__lte": OuterRef(moment)}
    return Exists(held.filter(**both_by_then))
