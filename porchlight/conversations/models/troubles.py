"""What the office has to mend so that words get to homes: once for each trouble, for as long as it lasts."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat

from porchlight.delivery.addressing import ABOUT_WHOSE
from porchlight.delivery.models import Account
from porchlight.families.models import Address, AddressState, ContactPoint
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import ForRolesQuerySet, KeyedModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class TroubleKind(models.TextChoices):
    """As `delivery` tells them."""

    LANE_HELD = "lane_held"
    TEMPLATE_HELD = "template_held"
    ADDRESS_BAD = "address_bad"
    ADDRESS_DEMOTED = "address_demoted"


class TroubleQuerySet(ForRolesQuerySet["Trouble"]):
    """The office's and the leader's business, as accounts are; numbers of their own child's homes are another's."""

    roles = (Role.OFFICE, Role.LEADER)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if not actor.is_staff:
            return rows
        return rows.exclude(address__in=ContactPoint.objects.around_own_children(actor).values("address"))

    def standing(self) -> Self:
        """Not mended yet, the latest first: asked of the account and the address themselves, whoever mended them.

        A number that is doubted on every channel of it by the same word is one trouble.
        """
        return (
            self.alias(
                held=_between_spaces(KeyTextTransform("held_templates", "account__settings")),
                ours=_between_spaces("text"),
            )
            .filter(_account_is_to_mend() | (_address_is_to_mend() & ~Exists(_told_of_that_number())))
            .order_by("-since", "pk")
        )


def _account_is_to_mend() -> Q:
    lane = Q(kind=TroubleKind.LANE_HELD, account__lane__held_at__isnull=False)
    text = Q(kind=TroubleKind.TEMPLATE_HELD, held__contains=F("ours"))
    return Q(account__closed_at=None) & (lane | text)


def _address_is_to_mend() -> Q:
    """In the state we were told of, and still somebody's."""
    here = Q(guardian=None) | Q(guardian__left_at=None)
    here &= (Q(student=None) | Q(student__left_at=None)) & (Q(staff=None) | Q(staff__left_at=None))
    used = ContactPoint.objects.filter(here, address=OuterRef("address"), ended_at=None)
    bad = Q(kind=TroubleKind.ADDRESS_BAD, address__state=AddressState.BAD)
    doubted = Q(kind=TroubleKind.ADDRESS_DEMOTED, address__state=AddressState.NOTICE_ONLY)
    return Q(bad | doubted) & Q(Exists(used))


def _told_of_that_number() -> models.QuerySet[Trouble]:
    """What stands already about the very same number on another channel."""
    same = {
        name: OuterRef(name)
        for name in ("school", "kind", "address__value", "address__state", "address__state_reason")
    }
    told = Trouble.objects.filter(_address_is_to_mend(), **same, pk__lt=OuterRef("pk"))
    return told.filter(address__state_reason__in=ABOUT_WHOSE).exclude(address__value="")


def _between_spaces(field: str | KeyTextTransform) -> Concat:
    """So that a name is found whole in a list of names, never as a part of another."""
    return Concat(Value(" "), field, Value(" "), output_field=models.TextField())


class Trouble(KeyedModel):
    """One row for each thing that may be in trouble: it comes back into force when the thing is in trouble again."""

    kind = models.CharField(max_length=20, choices=TroubleKind)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.ForeignKey(Address, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=600, blank=True)  # the approved text, `name:language`
    about = models.CharField(max_length=640)  # what is in trouble; see `troubles.told()`
    why = models.CharField(
        max_length=300, blank=True
    )  # the gateway's sentence, in English; shown in translation
    since = models.DateTimeField(default=school_time.now)

    objects = TroubleQuerySet.as_manager()
    tiers = {"text": Tier.L0, "why": Tier.L1}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind", "about"], name="trouble_once")]
