"""Numbers, mailboxes and identities; whose they are; and the ledger of what each family agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from porchlight.families.models.people import Guardian, Student
from porchlight.families.models.ties import around_own_children, own_children
from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

SHOWN = 3  # figures at the end of a number, to those who are not to read it whole


class Channel(models.TextChoices):
    """What the family sees a message on."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    TELEGRAM = "telegram"  # a chat with the school's bot: known by its id, never by a number
    PUSH = "push"  # a browser of theirs that is told of news: known by its subscription
    EMAIL = "email"
    CALL = "call"  # the machine rings and speaks, keys answer
    VOICE = "voice"  # somebody rings: no address of its own, any number of theirs will do
    PAPER = "paper"  # a letter to a postal address; a slip that goes home with the child needs none


class AddressState(models.TextChoices):
    """How far an address is trusted."""

    GOOD = "good"
    NOTICE_ONLY = "notice_only"  # may belong to somebody else now: nothing above L0 until confirmed again
    BAD = "bad"  # does not exist, or cannot take our messages: the office mends it


class AddressQuerySet(TenantQuerySet["Address"]):
    """Personal numbers stay private: the office and leaders see them, teachers never need to."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.OFFICE, Role.LEADER, Role.SAFEGUARDING):
            return rows
        if actor.may(Scope.CONTACTS):
            told = Guardian.objects.visible_to(actor).exclude(pk__in=around_own_children(actor))
            return rows.filter(
                pk__in=ContactPoint.objects.known().filter(guardian__in=told).values("address")
            )
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(
                contact_points__guardian_id=actor.post_id, contact_points__ended_at=None
            ).distinct()
        return rows.none()


class Address(KeyedModel):
    """One number, WhatsApp or Telegram identity, browser or mailbox in a school. An identity may have no number."""

    channel = models.CharField(max_length=20, choices=Channel)
    value = models.CharField(
        max_length=254, blank=True
    )  # E.164 number, mailbox in lower case, postal address
    user_id = models.CharField(max_length=1000, blank=True)  # the gateway's own identity, verbatim
    state = models.CharField(max_length=20, choices=AddressState, default=AddressState.GOOD)
    state_reason = models.CharField(max_length=60, blank=True)  # a code: "bounced", "wrong_number", …
    opted_out_at = models.DateTimeField(null=True, blank=True)
    window_until = models.DateTimeField(null=True, blank=True)  # free text until then (WhatsApp)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the family itself used or confirmed it
    created_at = models.DateTimeField(default=school_time.now)

    objects = AddressQuerySet.as_manager()
    tiers = {"value": Tier.L2, "user_id": Tier.L2}
    children = ("contact_points__guardian__ties__student", "contact_points__student")

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "channel", "value"], condition=~Q(value=""), name="address_value_once"
            ),
            models.UniqueConstraint(
                fields=["school", "channel", "user_id"], condition=~Q(user_id=""), name="address_user_id_once"
            ),
            models.CheckConstraint(condition=~Q(value="", user_id=""), name="address_is_something"),
        ]

    @property
    def known_as(self) -> str:
        """How people know it; of a browser that is told of news, only whose push service it is."""
        if self.channel == Channel.PUSH:
            return urlsplit(self.user_id.partition(" ")[0]).hostname or ""
        return self.value or self.user_id

    @property
    def ending(self) -> str:
        """The last figures of a number; of a mailbox its first letter and where it is: enough for whoever has it."""
        if "@" in self.value:
            name, _at, domain = self.value.partition("@")
            return f"{name[:1]}…@{domain}"
        return f"…{self.value[-SHOWN:]}" if self.value else ""

    def confirm(self, now: datetime) -> None:
        """Somebody asked them: it works and is theirs. An identity that came with it in doubt may be another's."""
        if self.state == AddressState.NOTICE_ONLY and self.value:
            self.user_id = ""
        self.state, self.state_reason, self.confirmed_at = AddressState.GOOD, "", now
        self.save(update_fields=["state", "state_reason", "confirmed_at", "user_id"])

    def window_is_open(self, now: datetime) -> bool:
        """Whether the family wrote lately enough for free text."""
        return self.window_until is not None and self.window_until > now


class ContactPointQuerySet(TenantQuerySet["ContactPoint"]):
    """Ways to reach people, in the order they prefer."""

    def usable(self) -> Self:
        """Not ended, agreed to, not opted out, not known to be bad, nobody else reading along."""
        return self.filter(ended_at=None, consented=True, unsafe_at=None, address__opted_out_at=None).exclude(
            address__state=AddressState.BAD
        )

    def known(self) -> Self:
        """Theirs beyond doubt, for what comes from there: not ended, not on trial, nobody else reading along."""
        return self.filter(ended_at=None, on_trial=False, unsafe_at=None)

    def asked_about_by(self, actor: Actor) -> Self:
        """What a colleague may ask a family about face to face, by the last figures alone: of adults they may see.

        Never those of their own family.
        """
        if not actor.is_staff:
            return self.none()
        rows = super().visible_to(actor).known().filter(guardian__in=Guardian.objects.visible_to(actor))
        return rows.exclude(address__in=ContactPoint.objects.around_own_children(actor).values("address"))

    def around_own_children(self, actor: Actor) -> Self:
        """Where somebody at work here meets people as a parent alone: the children they care for, all their adults."""
        around, own = around_own_children(actor), own_children(actor)
        return self.filter(Q(guardian__in=around) | Q(student__in=own), ended_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """As the address. A token is told of no number that is on trial, or where somebody else reads along.

        Nor of the maker's own home.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.TOKEN:
            rows = rows.known().exclude(guardian__in=around_own_children(actor))
        return rows.filter(address__in=Address.objects.visible_to(actor))


class ContactPoint(KeyedModel):
    """Whose address it is, and how much they like to be reached there."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="contact_points")
    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="contact_points"
    )
    student = models.ForeignKey(
        Student, null=True, blank=True, on_delete=models.CASCADE, related_name="contact_points"
    )
    staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.CASCADE, related_name="contact_points"
    )
    rank = models.PositiveSmallIntegerField(default=1)  # 1 is tried first
    consented = models.BooleanField(default=False)  # what the ledger says now; `Consent` tells who and when
    created_at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    on_trial = models.BooleanField(default=False)  # of a change not in force yet: words for anybody, no more
    unsafe_at = models.DateTimeField(null=True, blank=True)  # somebody else reads there: nothing goes
    unsafe_by_id = models.BigIntegerField(null=True, blank=True)  # staff member's id

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guardian__isnull=False, student=None, staff=None)
                | Q(guardian=None, student__isnull=False, staff=None)
                | Q(guardian=None, student=None, staff__isnull=False),
                name="contact_point_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["address", "guardian"],
                condition=Q(ended_at=None, guardian__isnull=False),
                name="guardian_address_once",
            ),
        ]


class ConsentRoundQuerySet(ForRolesQuerySet["ConsentRound"]):
    """The office's and leaders' business."""

    roles = (Role.OFFICE, Role.LEADER)


class ConsentRound(KeyedModel):
    """What many families agreed to on one occasion, written down at once: on which day, how we know, by whom."""

    given_on = models.DateField()  # when the families said so
    source = models.CharField(max_length=120)  # in the office's words: "enrolment form, signed"
    classes = models.JSONField(default=list)  # names of the classes meant; empty: the whole school
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=school_time.now)
    undone_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentRoundQuerySet.as_manager()
    tiers = {"source": Tier.L1, "classes": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="consent_round_undone_by_somebody",
            )
        ]


class ConsentQuerySet(TenantQuerySet["Consent"]):
    """The ledger, by the address it is about."""

    def visible_to(self, actor: Actor) -> Self:
        """Colleagues who may see the address; the system."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff:
            return rows.none()
        return rows.filter(contact_point__in=ContactPoint.objects.visible_to(actor))


class Consent(TenantModel):
    """One line of the ledger: who agreed or took it back, when, in which words, recorded by whom. Never changed."""

    contact_point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="consents")
    given = models.BooleanField()
    source = models.CharField(max_length=40)  # "enrolment form", "reply STOP", "sign-in page"
    wording = models.TextField(blank=True)
    recorded_by_id = models.BigIntegerField(null=True)
    round = models.ForeignKey(
        ConsentRound, null=True, blank=True, on_delete=models.CASCADE, related_name="lines"
    )  # written down, or taken back, together with others'
    at = models.DateTimeField(default=school_time.now)

    objects = ConsentQuerySet.as_manager()
    tiers = {"wording": Tier.L1}
