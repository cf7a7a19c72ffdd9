"""The outbox: what one person gets at one time, each way it goes out, and each try on the wire."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from porchlight.delivery.content import SECRET_KINDS
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models.accounts import Account
from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship, Student
from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models import KeyedModel, School, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import secret_key

STATUSES = [(status.value, status.name.lower()) for status in Status]
TO_RECORD = "to_record"  # Delivery.code of a call that waits until a person has said its words
SEES_EVERY_PARCEL = (Role.LEADER, Role.OFFICE, Role.SAFEGUARDING)


class Stopped(models.TextChoices):
    """Why a delivery will not leave (again). Empty: it still may, or it has arrived."""

    WITHDRAWN = "withdrawn"  # undone before it left
    RESTRICTED = "restricted"
    OPTED_OUT = "opted_out"
    BAD_ADDRESS = "bad_address"
    NO_CONSENT = "no_consent"
    ENDED = "ended"  # the contact point, or the person at the school, is gone
    DEMOTED = "demoted"  # the address may belong to somebody else now
    EXPIRED = "expired"
    NEXT_CHANNEL = "next_channel"  # this address cannot take it; another may have, see `ladder/`
    TRIED_ANEW = "tried_anew"  # taken, then failed for a passing reason: it goes again as a new delivery
    DEAD = "dead"  # a dead letter: tried enough, or never sendable; someone looks at it
    REPLAYED = "replayed"  # a dead letter that was sent again as a new delivery
    TOGETHER = "together"  # goes to the same phone in the same words with another's, see `together.py`
    NOT_RECORDED = "not_recorded"  # no machine has a voice for it, and nobody said it in time
    TEMPLATE_HELD = "template_held"  # its approved template changed; staff release it


class ParcelQuerySet(TenantQuerySet["Parcel"]):
    """What went, or was meant, to homes."""

    def visible_to(self, actor: Actor) -> Self:
        """A guardian: their own. Staff: parcels about children they see, or to guardians they see."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*SEES_EVERY_PARCEL):
            return rows
        if actor.may(Scope.DELIVERIES):  # how somebody's words fared; never of codes and links to come in by
            told = Guardianship.objects.visible_to(actor)
            about = ParcelStudent.objects.filter(parcel=OuterRef("pk"))
            pair = told.filter(guardian=OuterRef(OuterRef("guardian")), student=OuterRef("student"))
            kept_apart = Exists(about.exclude(Exists(pair)))  # from one of the children it is about
            rows = rows.filter(service_kind="", tier__lte=Tier.L2, guardian__in=told.values("guardian"))
            return rows.exclude(kept_apart)
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(guardian_id=actor.post_id)
        if actor.is_staff:
            about = ParcelStudent.objects.filter(student__in=Student.objects.visible_to(actor))
            return rows.filter(pk__in=about.values("parcel"))
        return rows.none()


class Parcel(KeyedModel):
    """What one person gets at one time: one or more messages, rendered. Without a guardian: a service message."""

    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="parcels"
    )
    service_kind = models.CharField(max_length=30, blank=True)  # content.ServiceKind; empty: somebody's words
    tier = models.PositiveSmallIntegerField(default=Tier.L1)
    urgency = models.CharField(max_length=10, default="ordinary")  # content.Urgency
    urgent_reason = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)  # as written for this reader, before a channel dressed it
    sender_name = models.CharField(max_length=200, blank=True)
    page_path = models.CharField(max_length=300, blank=True)  # may be a link that opens one thing
    is_original = models.BooleanField(default=False)  # not in the reader's language, and says so
    ask = models.JSONField(null=True, blank=True)  # {"shape", "options": [[key, label]], "code"}
    spoken = models.JSONField(null=True, blank=True)  # content.Spoken: a recording in the file store
    recording = models.ForeignKey(
        "delivery.Recording", null=True, blank=True, on_delete=models.PROTECT, related_name="parcels"
    )  # a person was asked to say these words, for a call
    enclosed = models.JSONField(
        null=True, blank=True
    )  # content.Enclosed: a photo or a letter in the file store
    created_at = models.DateTimeField(default=school_time.now)
    expires_at = models.DateTimeField(null=True, blank=True)  # not worth sending after that
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)  # its question takes answers until then
    climbs_at = models.DateTimeField(null=True, blank=True)  # when the ladder looks next; null: it rests

    objects = ParcelQuerySet.as_manager()
    tiers = {
        "sender_name": Tier.L0,
        "subject": Tier.L1,
        "text": Tier.L1,
        "ask": Tier.L1,
        "spoken": Tier.L1,
        "enclosed": Tier.L1,
        "urgent_reason": Tier.L1,
        "page_path": Tier.L1,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(service_kind__in=SECRET_KINDS), name="parcel_secrets"
            ),
            models.Index(
                fields=["school", "climbs_at"], condition=Q(climbs_at__isnull=False), name="parcel_climbs"
            ),
        ]


class ParcelStudent(TenantModel):
    """A child the parcel is about: a restriction on any of them stops it."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="about")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "student"], name="parcel_student_once")]


class DeliveryQuerySet(TenantQuerySet["Delivery"]):
    """The outbox, and what became of it."""

    def waiting(self) -> Self:
        """Not sent yet and still meant to be."""
        return self.filter(status=Status.QUEUED, stopped="", sent_at=None)

    def dead(self) -> Self:
        """Dead letters: somebody looks at them and may send them again."""
        return self.filter(stopped=Stopped.DEAD)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        return rows.filter(parcel__in=Parcel.objects.visible_to(actor))


class Delivery(TenantModel):
    """One way a parcel goes out. The row is the outbox: claimed with a lease, fenced by its epoch.

    `due_at`, `sent_at` and `status_at` are on the clock people see; `lease_until` is on the database's.

    No index names what a claim or a later status changes (`lease_until`, `epoch`, `status`), so that PostgreSQL writes
    such a change beside the row and into no index; docs/decisions/0021 says what that saves.
    """

    # Without an index of its own: each that begins with the school serves as well.
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="deliveries")
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )  # contact points are ended, not deleted
    address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )  # accounts are closed, not deleted; lanes have an index of their own
    channel = models.CharField(max_length=20)
    to = models.CharField(max_length=1000)  # number, mailbox or gateway identity as it was when planned
    to_is_user_id = models.BooleanField(default=False)
    reference = models.CharField(max_length=26, default=secret_key, editable=False)
    rides_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="riders", db_index=False
    )  # the delivery that brings these words to this phone for another adult
    priority = models.PositiveSmallIntegerField(
        default=1
    )  # 0: urgent and service messages, before all others
    body = models.JSONField(default=dict)  # rendering.Rendered as written down
    is_personal = models.BooleanField(default=True)  # says more than anybody may read who holds this number
    status = models.PositiveSmallIntegerField(choices=STATUSES, default=Status.QUEUED)
    stopped = models.CharField(max_length=20, choices=Stopped, blank=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    epoch = models.PositiveIntegerField(default=0)  # grows with each claim; a result of an older one is void
    tries = models.PositiveSmallIntegerField(default=0)
    # One line for each try on the wire, the oldest first: at, epoch, ms; unless it was simply accepted, also outcome
    # (refused, unclear), code, advice and detail.
    attempts = models.JSONField(default=list)
    copies = models.PositiveSmallIntegerField(default=0)  # times it may have left without our knowing
    provider_id = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60, blank=True)  # the gateway's last word of refusal; or TO_RECORD
    advice = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Advice], blank=True)
    detail = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=school_time.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # first known to be sent: none while it waits
    status_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()
    children = ("parcel__about__student",)
    tiers = {"to": Tier.L2, "body": Tier.L1, "detail": Tier.L1, "attempts": Tier.L1}

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["school", "reference"], name="delivery_reference_once"),
            models.CheckConstraint(condition=Q(status__lte=Status.READ), name="delivery_status_known"),
        ]
        indexes = [
            models.Index(
                fields=["account", "priority", "due_at", "id"],
                condition=Q(sent_at=None, stopped=""),
                name="delivery_claim",
            ),
            models.Index(
                fields=["rides_with"], condition=Q(rides_with__isnull=False), name="delivery_riders"
            ),
            models.Index(
                fields=["account", "provider_id"], condition=~Q(provider_id=""), name="delivery_provider"
            ),
        ]
