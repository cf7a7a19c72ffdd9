"""One guardian, one student, one thread; and the messages in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, reduce
from itertools import batched
from operator import or_
from typing import Self

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from porchlight.delivery.models import InboundEvent
from porchlight.families.models import Channel, Guardian, Guardianship, Student, own_children
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.worded import worded

BEFORE_ALL = models.Value(
    datetime(1970, 1, 1, tzinfo=UTC), models.DateTimeField()
)  # before anything was said
RANGES = 100  # of threads with a time of their own, in one statement


class ThreadQuerySet(TenantQuerySet["Thread"]):
    """Staff find threads through the student, a guardian through themselves. One's own child's are a parent's."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.may(Scope.MESSAGES, Scope.ANSWERS):
            ties = Guardianship.objects.visible_to(actor)
            return rows.filter(
                Exists(ties.filter(guardian=OuterRef("guardian"), student=OuterRef("student")))
            )
        if actor.kind is Kind.GUARDIAN:
            theirs = rows.filter(student__in=Student.objects.visible_to(actor))
            return theirs.filter(guardian_id=actor.post_id)
        if not actor.is_staff:
            return rows.none()
        mine = rows.filter(student__in=Student.objects.all().seen_by(actor))
        return mine.exclude(student__in=own_children(actor))

    def read_by(self, actor: Actor) -> Self:
        """As `visible_to`; and of staff, those they answer for who is away, and those lent to them one by one."""
        if not actor.is_staff:
            return self.visible_to(actor)
        from porchlight.conversations.models.standing_in import ASKED_IN, StandIn

        theirs = Q(student__in=Student.objects.all().read_by(actor))
        if actor.is_one_of(*ASKED_IN):
            alone = StandIn.objects.all().lent_to(actor, on=school_time.now().date())
            theirs |= Q(pk__in=alone.values("thread"))
        rows = self.in_school(actor.school_id).filter(theirs)
        return rows.exclude(student__in=own_children(actor))

    def between(self, pairs: set[tuple[int, int]]) -> Self:
        """Threads of these (guardian id, student id) pairs."""
        guardians, students = {g for g, _ in pairs}, {s for _, s in pairs}
        return self.filter(guardian_id__in=guardians, student_id__in=students)

    def with_newest(self, messages: MessageQuerySet) -> models.QuerySet[Thread, tuple[int, datetime | None]]:
        """Of each its guardian's id, and when the newest of these messages in it was said; None: it holds none.

        Asked thread by thread, each from the newest end of an index, so that what was said before costs nothing.
        """
        return self.annotate(last=newest_of(messages)).values_list("guardian_id", "last")

    def unanswered(self) -> list[tuple[int, datetime]]:
        """Ids of those where a home's word came no earlier than the last reply, and when that reply was."""
        said = Message.objects.standing()
        heard = newest_of(said.from_home().filter(settled_at=None))
        replied = newest_of(said.replies())
        rows = self.annotate(heard=heard, replied=Coalesce(replied, BEFORE_ALL))
        found = rows.values_list("pk", "heard", "replied")
        return [(pk, replied) for pk, heard, replied in found if heard is not None and heard >= replied]


def newest_of(messages: MessageQuerySet) -> models.Subquery:
    """When the newest of these messages in a thread was said, as a column of the thread."""
    return models.Subquery(messages.filter(thread=OuterRef("pk")).order_by("-said_at").values("said_at")[:1])


def _threads_seen(actor: Actor) -> RawSQL:
    """Ids of the threads a colleague sees: the words of `visible_to`, put together once a day."""
    return _threads_of(actor, school_time.now().date(), connection.vendor)


@lru_cache(maxsize=512)
def _threads_of(actor: Actor, _today: date, _vendor: str) -> RawSQL:
    return worded(Thread.objects.visible_to(actor).values("pk"))


def _threads_read(actor: Actor) -> RawSQL:
    """The same of those whose everyday words they may read."""
    return _threads_lent(actor, school_time.now().date(), connection.vendor)


@lru_cache(maxsize=512)
def _threads_lent(actor: Actor, _today: date, _vendor: str) -> RawSQL:
    return worded(Thread.objects.read_by(actor).values("pk"))


class Thread(KeyedModel):
    """What one guardian and the school say to each other about one child."""

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="threads")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="threads")
    created_at = models.DateTimeField(default=school_time.now)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guardian", "student"], name="thread_once")]


class Author(models.TextChoices):
    """Who is speaking."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    STUDENT = "student"
    SCHOOL = "school"  # Porchlight in the school's name


FROM_HOME = (Author.GUARDIAN, Author.STUDENT)


class MessageQuerySet(TenantQuerySet["Message"]):
    """Utterances, in the order they were said."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)

    def from_home(self) -> Self:
        """Said by the family."""
        return self.filter(author__in=FROM_HOME)

    def replies(self) -> Self:
        """Said by a colleague to this home alone."""
        return self.filter(author=Author.STAFF, notice=None)

    def waiting(self, threads: ThreadQuerySet | None = None) -> Self:
        """Heard from a home in one of these threads and not yet answered by anyone at school; oldest first.

        What goes to many is no answer to one: a notice leaves whoever waits waiting, but for the one whose
        question it answers. Asks at once which threads may hold any, and since when, so that the cost does not
        grow with what was said before (docs/decisions/0061).
        """
        later = Message.objects.standing().replies()
        for_all = Message.objects.standing().filter(
            notice__answer_for_all__question__thread=models.OuterRef("thread"),
            notice__answer_for_all__question__said_at__gte=models.OuterRef("said_at"),
        )
        here = {"thread": models.OuterRef("thread")}
        open_ = self.since((Thread.objects.all() if threads is None else threads).unanswered())
        return (
            open_.from_home()
            .standing()
            .filter(
                ~models.Exists(later.filter(**here, said_at__gt=models.OuterRef("said_at"))),
                ~models.Exists(for_all.filter(**here)),
                settled_at=None,
            )
            .order_by("said_at", "pk")
        )

    def since(self, times: Sequence[tuple[int, datetime]]) -> Self:
        """In these threads, and in each at least what was said at its time or later.

        Threads with times next to each other share one when there are more than a statement holds well.
        """
        if not times:
            return self.none()
        ordered = sorted(times, key=lambda one: one[1])
        parts = batched(ordered, -(-len(ordered) // RANGES))
        ranges = [Q(thread__in=[pk for pk, _at in part], said_at__gte=part[0][1]) for part in parts]
        return self.filter(reduce(or_, ranges))

    def visible_to(self, actor: Actor) -> Self:
        """As the thread, and only up to the tier this actor may read.

        A guardian who shares a thread with another of their home also sees what that one said since they agreed.
        What school said to the other alone stays with the other: to both it was said twice.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            return rows.filter(thread__student__in=Student.objects.visible_to(actor)).filter(
                self._their_own(actor.post_id) | self._of_partners(actor.post_id)
            )
        rows = rows.filter(
            thread__in=_threads_read(actor) if actor.is_staff else Thread.objects.visible_to(actor)
        )
        if actor.is_one_of(Role.SAFEGUARDING):
            return rows
        if actor.kind is Kind.TOKEN and not actor.may(Scope.MESSAGES):
            return rows.none()
        if (
            actor.is_staff
        ):  # personal words only by their own right to the child, and not by one that was lent
            return rows.filter(Q(tier__lte=Tier.L1) | Q(tier__lte=Tier.L2, thread__in=_threads_seen(actor)))
        return rows.filter(tier__lte=actor.highest)

    def _their_own(self, guardian: int) -> Q:
        """Personal words only by their own right to the child, and not by one that was lent."""
        own = Guardianship.objects.own().filter(guardian=guardian, student=OuterRef("thread__student"))
        routine = Q(tier__lte=Tier.L1) | Q(Exists(own), tier__lte=Tier.L2)
        return Q(thread__guardian_id=guardian) & routine

    def _of_partners(self, guardian: int) -> Q:
        from porchlight.conversations.models.sharing import by_partner

        since_then = by_partner(guardian, "said_at", on=school_time.now().date())
        return Q(since_then, author=Author.GUARDIAN, tier__lte=Tier.L1)


class Message(KeyedModel):
    """One utterance, in the language it was written in. Its addressee, the thread's guardian, is frozen with it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(max_length=10, choices=Author)
    staff = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    notice = models.ForeignKey(
        "conversations.Notice", null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    text = models.TextField()
    language = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True)  # what sort of word it is: `notices.Kind`
    tier = models.PositiveSmallIntegerField(default=Tier.L1)
    channel = models.CharField(max_length=20, choices=Channel, blank=True)  # from home: where it came in
    full_text = models.TextField(blank=True)  # a mail as it came, beside its new words
    media = models.JSONField(default=list)  # [{"kind", "key"}]: what came along, see `attached.py`
    sound = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # from school: a spoken answer
    enclosed = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # from school: a photo or a letter beside the words
    inbound = models.ForeignKey(
        InboundEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )  # heard twice, it is one message
    together = models.CharField(max_length=12, blank=True)  # the same on copies of one utterance to several
    said_at = models.DateTimeField(default=school_time.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # needs no answer, or was answered aloud
    settled_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MessageQuerySet.as_manager()
    tiers = {
        "text": Tier.L1,
        "full_text": Tier.L1,
        "media": Tier.L1,
    }  # a single message may be raised: `tier`
    children = ("thread__student",)

    class Meta:
        ordering = ["said_at", "pk"]
        indexes = [
            models.Index(fields=["school", "thread", "said_at"]),
            # What a desk looks for in each thread, from its newest end (docs/decisions/0061).
            models.Index(
                fields=["thread", "said_at"],
                condition=Q(author__in=FROM_HOME, undone_at=None, settled_at=None),
                name="message_unsettled",
            ),
            models.Index(
                fields=["thread", "said_at"],
                condition=Q(author=Author.STAFF, notice=None, undone_at=None),
                name="message_replies",
            ),
            models.Index(
                fields=["thread", "said_at"],
                condition=Q(author=Author.STAFF, kind="good_news", undone_at=None),
                name="message_good_news",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(author="staff", staff__isnull=False) | ~Q(author="staff"),
                name="staff_message_names_its_author",
            )
        ]

    @property
    def is_from_home(self) -> bool:
        return self.author in {Author.GUARDIAN, Author.STUDENT}
