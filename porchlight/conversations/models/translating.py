"""Words that wait for their translation, and translations that wait for somebody who reads both languages."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models.notices import EVERYDAY, TO_EVERYBODY, Notice
from porchlight.conversations.models.templates import TemplateVersion
from porchlight.conversations.models.threads import Message
from porchlight.families.models import own_children
from porchlight.languages.models import KnownLanguage, ParentReader, Term
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Awaiting(TenantModel):
    """A message stands in its thread and is being translated: ours before it leaves, a home's for who reads it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="awaiting")
    since = models.DateTimeField(default=school_time.now)
    not_before = models.DateTimeField(null=True, blank=True)  # of ours: the later hour its writer chose

    objects = TenantQuerySet.as_manager()


class Unchecked(TenantModel):
    """Somebody sent words that matter in a machine's translation, and said why nobody could read it first."""

    notice = models.OneToOneField(
        Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="unchecked"
    )
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="unchecked"
    )
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=school_time.now)

    objects = TenantQuerySet.as_manager()
    tiers = {"reason": Tier.L1}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notice=None, message__isnull=False) | Q(notice__isnull=False, message=None),
                name="unchecked_of_one",
            )
        ]


class CheckReason(models.TextChoices):
    """Why somebody should read it."""

    MATTERS = "matters", _("It waits: much hangs on these words")
    DOUBT_OF_HOME = "doubt_of_home", _("A family doubts it")
    DOUBT_OF_STAFF = "doubt_of_staff", _("A colleague doubts it")
    OWN_WORD = "own_word", _("A word of the school’s own is said differently")
    LETTERS = "letters", _("Many of its words could only be spelled by their letters")
    NOT_RIGHT = "not_right", _("A number or a name went wrong: homes got the original")


class CheckQuerySet(TenantQuerySet["Check"]):
    """Translations to be read beside their originals."""

    def waiting(self) -> Self:
        """Nobody has read it; what holds words back comes first, then the oldest."""
        first = models.Case(models.When(reason=CheckReason.MATTERS, then=0), default=1)
        return self.filter(done_at=None).order_by(first, "asked_at", "pk")

    def visible_to(self, actor: Actor) -> Self:
        """Who reads the language well enough to check; the office and leaders, so that nothing is forgotten.

        Who is asked to read sees personal words too, the office routine ones; nobody those about their own child.
        A parent who reads for the school: announcements to whole classes, on which nothing hangs, never a thread.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(_for_parents(actor))
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        rows = rows.filter(Q(message=None) | ~Q(message__thread__student__in=own_children(actor)))
        known = KnownLanguage.objects.in_school(actor.school_id).filter(staff=actor.post_id, checks=True)
        asked = Q(language__in=known.values("language")) & _up_to(Tier.L2)
        if actor.is_one_of(Role.OFFICE, Role.LEADER):
            return rows.filter(asked | _up_to(Tier.L1))
        return rows.filter(asked)


def _for_parents(actor: Actor) -> Q:
    """What went, or goes, to every home of a class or the school, into a language that this parent reads for it.

    Whether it names somebody only its words can say: `parents_reading` looks, and passes over what does.
    """
    readers = ParentReader.objects.visible_to(actor).holding().filter(takes_notices=True)
    return Q(
        message=None,
        language__in=readers.values("language"),
        notice__audience__kind__in=TO_EVERYBODY,
        notice__kind__in=EVERYDAY,
        notice__tier__lte=Tier.L1,
        notice__undone_at=None,
    )


def _up_to(tier: Tier) -> Q:
    """What it is about may be read up to this tier."""
    return Q(message__tier__lte=tier) | Q(notice__tier__lte=tier)


class Check(KeyedModel):
    """One translation that somebody is to read: of a notice into one language, or of one message."""

    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="checks")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="checks"
    )
    target = models.CharField(max_length=20)  # the translation's language
    language = models.CharField(
        max_length=20
    )  # the one that has to be known beside the school's own, as a base tag
    reason = models.CharField(max_length=20, choices=CheckReason)
    asked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=school_time.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mended = models.BooleanField(default=False)  # false and done: it was right as it stood
    told_at = models.DateTimeField(
        null=True, blank=True
    )  # homes that had the wrong words were told the right ones

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notice=None, message__isnull=False) | Q(notice__isnull=False, message=None),
                name="check_of_one",
            ),
            models.UniqueConstraint(
                fields=["notice", "target"], condition=Q(done_at=None), name="check_notice_once"
            ),
            models.UniqueConstraint(
                fields=["message", "target"], condition=Q(done_at=None), name="check_message_once"
            ),
        ]


class Verdict(models.TextChoices):
    """What a parent says of a translation."""

    GOOD = "good", _("Good as it is")
    BETTER = "better", _("Better so")
    CANNOT = "cannot", _("I cannot say")


class ParentVerdictQuerySet(SeenWithQuerySet["ParentVerdict"]):
    """A parent sees their own; those who keep the readers, all."""

    seen_with = "reader"


class ParentVerdict(TenantModel):
    """A parent read one translation, one word or text of the school's own, or one phrase of ours."""

    reader = models.ForeignKey(ParentReader, on_delete=models.CASCADE, related_name="verdicts")
    check_of = models.ForeignKey(
        Check, null=True, blank=True, on_delete=models.CASCADE, related_name="of_parents"
    )
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.CASCADE, related_name="of_parents")
    version = models.ForeignKey(
        TemplateVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="of_parents"
    )  # written anew after `at`, it is to be read again
    phrase = models.CharField(max_length=60, blank=True)  # of Porchlight's own book, by its name
    verdict = models.CharField(max_length=10, choices=Verdict)
    before = models.TextField(blank=True)  # as it stood, where they said it better
    after = models.TextField(blank=True)  # a phrase as they would say it: the book is nobody's here to change
    at = models.DateTimeField(default=school_time.now)

    objects = ParentVerdictQuerySet.as_manager()
    tiers = {"before": Tier.L1, "after": Tier.L0, "phrase": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_of=None, term__isnull=False, version=None, phrase="")
                | Q(check_of__isnull=False, term=None, version=None, phrase="")
                | Q(check_of=None, term=None, version__isnull=False, phrase="")
                | Q(check_of=None, term=None, version=None) & ~Q(phrase=""),
                name="parent_verdict_of_one",
            ),
            models.UniqueConstraint(fields=["reader", "check_of"], name="parent_verdict_check_once"),
            models.UniqueConstraint(fields=["reader", "term"], name="parent_verdict_term_once"),
            models.UniqueConstraint(
                fields=["reader", "phrase"], condition=~Q(phrase=""), name="parent_verdict_phrase_once"
            ),
        ]
