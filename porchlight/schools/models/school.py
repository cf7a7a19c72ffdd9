"""A school: whose zone, language and rules hold."""

from __future__ import annotations

from datetime import datetime, time
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from porchlight.schools.law.followed import emergency_numbers
from porchlight.toolbox import school_time

RESERVED_SLUGS = {
    "accounts",
    "hooks",
    "static",
    "health",
    "metrics",
    "api",
    "design",
    "demo",
    "files",
    "s",
    "set-up",
}


def not_reserved(slug: str) -> None:
    """A school's slug is the first part of its addresses, so it may not be one of ours."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is taken by Porchlight itself. Choose another short name."), params={"slug": slug}
        )


def known_zone(name: str) -> None:
    """Time zones are written as in the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone we know. Write one like Asia/Karachi."), params={"name": name}
        )


class SchoolQuerySet(models.QuerySet["School"]):
    """All of them; nobody looks round among them but the server itself."""

    def open(self) -> Self:
        """Those that have not left."""
        return self.filter(closed_at=None)


class School(models.Model):
    """A tenant. Its times are said in its own zone, its rules set by its own people."""

    slug = models.SlugField(max_length=60, unique=True, validators=[not_reserved])
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=60, default="UTC", validators=[known_zone])
    language = models.CharField(max_length=20, default="en")  # of the school's own words
    country = models.CharField(max_length=2, default="GB")  # how local phone numbers are read
    law = models.CharField(
        max_length=12, blank=True
    )  # whose profile it follows (schools/law); empty: its country's
    phone = models.CharField(max_length=32, blank=True)  # as printed for families
    text_costs = models.CharField(
        max_length=20, blank=True
    )  # a family, who sends one: "Rs 2"; empty: not known
    emergency_numbers = models.CharField(max_length=120, blank=True)  # said at night; empty: its law's
    out_of_hours_words = models.TextField(blank=True)  # the school's own; empty: ours in each language
    weekdays = models.JSONField(
        default=list, blank=True
    )  # school days, Monday is 0; empty means Monday to Friday
    opens_at = models.TimeField(default=time(8))
    closes_at = models.TimeField(default=time(16))
    reads_from = models.TimeField(default=time(8))  # colleagues, on school days; each may choose other hours
    reads_until = models.TimeField(default=time(17))
    shows_promise_kept = models.BooleanField(default=False)  # to families: how often we answered in time
    quiet_from = models.TimeField(default=time(20))  # at the home's clock
    quiet_until = models.TimeField(default=time(7))
    light_window = models.PositiveSmallIntegerField(default=42)  # school days a porch stays lit
    answer_within = models.PositiveSmallIntegerField(default=1)  # school days: the promise families see
    most_removed = models.PositiveSmallIntegerField(
        default=5
    )  # per cent of a kind that a roster takes away unasked
    hijri_days = models.SmallIntegerField(
        null=True, blank=True
    )  # the Islamic day stands beside dates, moved by so many days from Umm al-Qura; empty: it does not
    own_phrases = models.JSONField(
        default=dict, blank=True
    )  # by language and name; kept by languages/own_phrases.py, here so that saying one costs no statement
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)  # the school left; everything of it is gone

    objects = SchoolQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def emergency(self) -> str:
        """The numbers for an emergency that families and colleagues read, never empty."""
        return emergency_numbers(self)

    def local(self, moment: datetime) -> datetime:
        """A moment on this school's clock."""
        return moment.astimezone(self.zone)
