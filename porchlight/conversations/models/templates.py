"""Texts a school keeps and uses again, in as many languages and scripts as its people wrote."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.conversations.models.notices import EVERYDAY, Kind
from porchlight.languages.models import ParentReader
from porchlight.schools.actors import Actor
from porchlight.schools.actors import Kind as ActorKind
from porchlight.schools.models import KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class TemplateQuerySet(TenantQuerySet["Template"]):
    """The school's texts are for all its staff."""

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_school(actor.school_id)
        return rows if actor.is_staff or actor.kind is ActorKind.SYSTEM else rows.none()


class Template(KeyedModel):
    """A text with a name. `{child}`, `{class}` and `{school}` are filled in for each home; nothing else is."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.INFORMATION)
    created_at = models.DateTimeField(default=school_time.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()
    tiers = {"name": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="template_name_once")]

    def __str__(self) -> str:
        return self.name


class TemplateVersionQuerySet(TenantQuerySet["TemplateVersion"]):
    """As their texts: for all staff; and for parents who read translations, those into their language.

    Never of a kind on which much hangs: those stay with colleagues, as announcements of it do.
    """

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is ActorKind.GUARDIAN:
            readers = ParentReader.objects.visible_to(actor).holding().filter(takes_words=True)
            everyday = rows.filter(template__retired_at=None, template__kind__in=EVERYDAY)
            return everyday.filter(language__in=readers.values("language"))
        return rows if actor.is_staff or actor.kind is ActorKind.SYSTEM else rows.none()


class TemplateVersion(TenantModel):
    """The template in one language and script: Urdu and Roman Urdu are two."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=20)
    text = models.TextField()
    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(default=school_time.now)
    checked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # somebody else, who reads both languages, as it stands
    checked_name = models.CharField(
        max_length=200, blank=True
    )  # a parent, as homes are told: no colleague's key
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateVersionQuerySet.as_manager()
    tiers = {"text": Tier.L0, "checked_name": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_at=None, checked_by=None, checked_name="")
                | models.Q(checked_at__isnull=False, checked_by__isnull=False, checked_name="")
                | models.Q(checked_at__isnull=False, checked_by=None) & ~models.Q(checked_name=""),
                name="template_version_checked_by_someone",
            ),
            models.UniqueConstraint(fields=["template", "language"], name="template_version_once"),
        ]

    @property
    def read_by(self) -> str:
        """Who stands for it beside its writer; empty until somebody has read it over."""
        return self.checked_by.name if self.checked_by is not None else self.checked_name
