"""A question that travels with a message, and what the home said to it."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any, Self

from django.db import models
from django.db.models import Q

from porchlight.conversations.models.notices import Notice
from porchlight.conversations.models.threads import Message, Thread
from porchlight.delivery.models import InboundEvent
from porchlight.design.moments import slot
from porchlight.families.models import Channel, Guardian, Student
from porchlight.schools.actors import Actor, Kind, Scope
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Shape(models.TextChoices):
    """The small shapes a question can have."""

    ACKNOWLEDGE = "acknowledge"
    YES_NO = "yes_no"
    CHOOSE_ONE = "choose_one"
    CHOOSE_SEVERAL = "choose_several"
    SHORT_TEXT = "short_text"
    NUMBER = "number"
    CHOOSE_TIME = "choose_time"
    VOICE_NOTE = "voice_note"
    SIGN = "sign"


CHOOSES = (Shape.CHOOSE_ONE, Shape.CHOOSE_SEVERAL, Shape.CHOOSE_TIME)  # of options that the sender wrote
IN_WORDS = (Shape.SHORT_TEXT, Shape.VOICE_NOTE)  # almost any words are an answer to these
SIGNED, WITHDRAWN, SPOKEN = "signed", "withdrawn", "spoken"  # Answer.keys


class AnswerFrom(models.TextChoices):
    """Whose answer is wanted: one for the home, or one from each guardian."""

    HOUSEHOLD = "household"
    EACH_GUARDIAN = "each_guardian"


class AskQuerySet(TenantQuerySet["Ask"]):
    """Questions under way."""

    def open(self, *, now: datetime) -> Self:
        """Still taking answers."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=now), closed_at=None)

    def put_to(self, guardian: Guardian) -> Self:
        """Those this guardian received, in a notice or a message of their own; newest first, with their school."""
        said = Message.objects.standing().filter(thread__guardian=guardian)
        rows = self.filter(Q(message__in=said) | Q(notice__in=said.exclude(notice=None).values("notice")))
        return rows.select_related("school").order_by("-created_at")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.TOKEN:
            if not actor.may(Scope.ANSWERS):
                return rows.none()
            return rows.filter(
                Q(notice__tier__lte=actor.highest)
                | Q(message__tier__lte=actor.highest, message__thread__in=Thread.objects.visible_to(actor))
            )
        said = Message.objects.visible_to(actor)
        return rows.filter(
            Q(message__in=said)
            | Q(notice__in=said.exclude(notice=None).values("notice"))
            | Q(notice__in=Notice.objects.visible_to(actor))
        )


class Ask(KeyedModel):
    """What we would like to know. All answers are kept; the last before closing counts."""

    notice = models.OneToOneField(Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="ask")
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="ask"
    )
    shape = models.CharField(max_length=20, choices=Shape)
    # [{"key": "1", "labels": {"en": "Friday", "ur": "جمعہ"}}]; of a time there is `at` in
    # their place: {"key": "1", "at": "2026-10-16T15:30:00+01:00", "labels": {}}
    options = models.JSONField(default=list)
    answer_from = models.CharField(max_length=20, choices=AnswerFrom, default=AnswerFrom.HOUSEHOLD)
    owner = models.CharField(max_length=60, blank=True)  # the room whose apply() hears the answers
    code = models.CharField(max_length=6)  # tells several open asks on one phone apart
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=school_time.now)

    objects = AskQuerySet.as_manager()
    tiers = {"options": Tier.L1}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notice=None, message__isnull=False) | Q(notice__isnull=False, message=None),
                name="ask_travels_with_one_thing",
            )
        ]

    def is_open(self, now: datetime) -> bool:
        """Whether an answer given now would count."""
        return self.closed_at is None and (self.closes_at is None or self.closes_at > now)

    def label(self, key: str, language: str, zone: tzinfo | None = None, hijri: int | None = None) -> str:
        """What an option is called in a language; the first label there is when that one is missing.

        A time is said in that language's words, on the clock of `zone`: the home's, else the school's; with the
        Islamic day moved by `hijri` days behind it, where that home wants it.
        """
        option: dict[str, Any] = next((one for one in self.options if one["key"] == key), {})
        if "at" in option:
            at, on_clock = datetime.fromisoformat(option["at"]), zone or self.school.zone
            return slot(at, zone=on_clock, language=language, hijri=hijri)
        labels: dict[str, str] = option.get("labels", {})
        return labels.get(language) or next(iter(labels.values()), key)


class AnswerQuerySet(TenantQuerySet["Answer"]):
    """What homes said."""

    def counting(self) -> Self:
        """The last accepted answer of each thread to each ask."""
        later = Answer.objects.filter(
            ask=models.OuterRef("ask"),
            thread=models.OuterRef("thread"),
            accepted=True,
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(later), accepted=True)

    def visible_to(self, actor: Actor) -> Self:
        """As the thread. Who shares a thread also sees what the other answered for the home they share."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.TOKEN:
            rows = rows.filter(ask__in=Ask.objects.visible_to(actor))
            return rows.filter(thread__in=Thread.objects.visible_to(actor))
        threads = Thread.objects.visible_to(actor)
        if actor.kind is not Kind.GUARDIAN or not actor.post_id:
            return rows.filter(thread__in=threads)
        from porchlight.conversations.models.sharing import by_partner

        since_then = by_partner(actor.post_id, "at", on=school_time.now().date())
        for_the_home = Q(since_then, ask__answer_from=AnswerFrom.HOUSEHOLD)
        children = Student.objects.visible_to(actor)
        return rows.filter(thread__student__in=children).filter(Q(thread__in=threads) | for_the_home)


class Answer(KeyedModel):
    """One thing a home said to an ask, on whatever channel."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="answers")
    keys = models.JSONField(default=list)  # chosen options: ["1"], or ["1", "3"]; yes_no: ["yes"] or ["no"]
    number = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    text = models.TextField(blank=True)  # as it was said, whatever the shape
    channel = models.CharField(max_length=20, choices=Channel, blank=True)  # empty: on the page
    typed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # staff who typed it for the family
    at = models.DateTimeField(default=school_time.now)
    inbound = models.ForeignKey(
        InboundEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    spoken = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # what they said aloud, in their thread
    accepted = models.BooleanField(default=True)
    refusal = models.CharField(
        max_length=200, blank=True
    )  # in words for the family, when the owner refused it

    objects = AnswerQuerySet.as_manager()
    tiers = {"text": Tier.L1, "keys": Tier.L1, "refusal": Tier.L1}

    class Meta:
        indexes = [models.Index(fields=["thread", "at"], name="answer_by_thread")]
