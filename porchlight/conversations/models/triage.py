"""What a person must place: words from numbers we do not know, or that several people share."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models.threads import Message
from porchlight.delivery.models import InboundEvent
from porchlight.families.models import Address, Channel, ContactPoint, Guardianship, own_children
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class TriageReason(models.TextChoices):
    """Why Porchlight did not place it itself."""

    UNKNOWN_SENDER = "unknown_sender", _("A number we do not know")
    SHARED_NUMBER = "shared_number", _("Several people share this number")
    NOT_ABOUT_A_CHILD = "not_about_a_child", _("We know them, but no child of theirs is here")
    NO_CONTACT = "no_contact", _("A restriction stands in between")
    MISSED_CALL = "missed_call", _("Missed call: please ring back")
    NOT_ME = "not_me", _("They say we have the wrong number")
    ASKS_FOR_CALL = "asks_for_call", _("They ask for a call")
    STOP_OR_ANSWER = "stop_or_answer", _("Taken as STOP. Did they mean our question?")
    BY_SLIP = "by_slip", _("A number given with the code of a slip")
    WHICH_CHILD = "which_child", _("We asked which child, and no answer came")
    MAY_BE_MISSING = "may_be_missing", _("Read this first: a child may be missing")
    NO_LISTENER = "no_listener", _("A voice note in a language nobody here is listed for")
    ABSENCE_UNCLEAR = "absence_unclear", _("A child may be away. We could not read when")
    NUMBER_CHANGED = "number_changed", _("They say their number has changed")
    NAMED_ANSWERED = "named_answered", _("They were named by a family, and answered")
    CARDS_GUESSED = "cards_guessed", _("Somebody may be guessing the numbers on cards")


class TriageQuerySet(ForRolesQuerySet["TriageItem"]):
    """The office's tray. What comes from the home of a colleague's own child, another colleague places."""

    roles = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if not actor.is_staff:
            return rows
        own, points = own_children(actor), ContactPoint.objects.around_own_children(actor)
        return rows.exclude(
            Q(message__thread__student__in=own)
            | Q(slip_of__student__in=own)
            | Q(address__in=points.values("address"))
        )

    def waiting(self) -> Self:
        """Nobody has placed it yet: a child who may be missing first, then the oldest."""
        first = models.Case(models.When(reason=TriageReason.MAY_BE_MISSING, then=0), default=1)
        return self.filter(resolved_at=None).order_by(first, "heard_at")


class TriageItem(KeyedModel):
    """Words (or a missed call) that a person at the office has to place."""

    inbound = models.ForeignKey(
        InboundEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="triage"
    )
    address = models.ForeignKey(Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    slip_of = models.ForeignKey(
        Guardianship, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # whose slip the code was on that came with the words: asked before it is believed
    reason = models.CharField(max_length=30, choices=TriageReason)
    channel = models.CharField(max_length=20, choices=Channel)
    sender = models.CharField(max_length=254)  # number, mailbox or identity, as shown to the office
    sender_name = models.CharField(max_length=200, blank=True)  # what they call themselves; a hint
    text = models.TextField(blank=True)
    full_text = models.TextField(blank=True)  # a mail as it came, beside its new words
    media = models.JSONField(default=list)  # as `Message.media`
    heard_at = models.DateTimeField(default=school_time.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # where the words stand; already while the item waits, when only something is to be done about them
    outcome = models.CharField(max_length=300, blank=True)  # one line: what was done when no thread took it

    objects = TriageQuerySet.as_manager()
    tiers = {
        "text": Tier.L1,
        "full_text": Tier.L1,
        "media": Tier.L1,
        "sender": Tier.L2,
        "sender_name": Tier.L1,
        "outcome": Tier.L1,
    }


class WhichChild(TenantModel):
    """We asked a shared phone which child it writes about; the digit that comes back places the words."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="+")
    choices = models.JSONField()  # [[guardian id, student id], …] in the order they were numbered
    text = models.TextField()
    full_text = models.TextField(blank=True)
    media = models.JSONField(default=list)
    heard_at = models.DateTimeField()
    asked_at = models.DateTimeField(default=school_time.now)
    placed_at = models.DateTimeField(null=True, blank=True)
    inbound = models.ForeignKey(InboundEvent, null=True, on_delete=models.SET_NULL, related_name="questions")
    triage = models.ForeignKey(
        TriageItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )  # nobody answered in time: a person looks as well

    objects = TenantQuerySet.as_manager()
    tiers = {"text": Tier.L1, "full_text": Tier.L1, "media": Tier.L1, "choices": Tier.L1}

    def is_fresh(self, now: datetime, *, hours: int = 48) -> bool:
        """Whether a digit that comes back now still belongs to this question."""
        return self.placed_at is None and (now - self.asked_at).total_seconds() < hours * 3600
