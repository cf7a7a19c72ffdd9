"""What a school has had translated, sentence by sentence, and the words it wants translated its own way."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.languages.models.parents import ParentReader
from porchlight.languages.models.words import WrittenWord
from porchlight.schools.actors import KEEPERS, Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class SentenceQuerySet(TenantQuerySet["Sentence"]):
    """The memory itself is nobody's page: words come out of it through `memory.recall`."""

    def wanted(self, *, now: datetime) -> Self:
        """Nobody has translated it, and an engine is to be asked now; the longest wanted first."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.filter(free, made_at=None, trouble="", due_at__lte=now).order_by("due_at", "pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind is Kind.SYSTEM else rows.none()


class Sentence(KeyedModel):
    """One sentence (or one whole text that a person put right) from one language into another, names masked."""

    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)  # of the masked words, see `memory.fingerprint`
    text = SealedTextField()  # names, numbers of telephones and addresses are masks
    translated = SealedTextField(blank=True)
    is_personal = models.BooleanField(default=False)  # of a text above L1
    engine = models.CharField(max_length=40, blank=True)  # whose words: its name; empty: a person's
    checked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_name = models.CharField(max_length=200, blank=True)  # as families are told
    read_by_parent = models.BooleanField(
        default=False
    )  # a parent whom the office trusts with it read it over
    doubts = models.JSONField(default=list)  # codes of what is wrong with a machine's words, see `checks.py`
    due_at = models.DateTimeField(default=school_time.now)  # when an engine is asked
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True)  # why no engine will do it
    made_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(default=school_time.now)

    objects = SentenceQuerySet.as_manager()
    tiers = {
        "text": Tier.L2,
        "translated": Tier.L2,
        "target": Tier.L0,
        "fingerprint": Tier.L0,
        "engine": Tier.L0,
        "checked_name": Tier.L1,
        "doubts": Tier.L1,
        "trouble": Tier.L0,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source", "target", "fingerprint"], name="sentence_once"
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, translated="") | (Q(made_at__isnull=False) & ~Q(translated="")),
                name="sentence_made_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "source", "target", "due_at"],
                condition=Q(made_at=None),
                name="sentence_wanted",
            )
        ]

    @property
    def is_read(self) -> bool:
        """Somebody who reads both languages has read it over."""
        return self.checked_by_id is not None or self.read_by_parent


class TermQuerySet(TenantQuerySet["Term"]):
    """The glossary is for all staff to read, and for parents who read translations: those into their language."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.GUARDIAN:
            readers = ParentReader.objects.visible_to(actor).holding().filter(takes_words=True)
            return rows.filter(target__in=readers.values("language")).exclude(translation="")
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


class Term(WrittenWord):
    """One word of the school's glossary. Without a translation it stays as it is, as a name does."""

    KEPT_BY = (*KEEPERS, Role.LIAISON, Role.INTERPRETER)

    source = models.CharField(max_length=20)  # the language of `words`
    target = models.CharField(max_length=20, blank=True)  # empty: in every language
    words = models.CharField(max_length=80)
    translation = models.CharField(max_length=80, blank=True)  # empty: kept as it is

    objects = TermQuerySet.as_manager()
    tiers = {"words": Tier.L0, "translation": Tier.L0, "target": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "source", "target", "words"], name="term_once"),
            models.CheckConstraint(
                condition=~Q(target="") | Q(translation=""), name="term_translated_into_a_language"
            ),
        ]
