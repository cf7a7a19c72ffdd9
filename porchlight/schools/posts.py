"""Staff posts of a user, for `actors.posts_of`; and every school somebody belongs to."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import connection

from porchlight.accounts.models import User
from porchlight.schools.actors import Actor, Kind, register_posts, register_schools, school_ids_of
from porchlight.schools.models import OperatorGrant, School, StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox.gaps import Gap, Question


@register_posts(Kind.STAFF)
def staff_posts(user: User, school: School) -> list[Actor]:
    """The posts this user works in at this school."""
    return [staff.actor() for staff in _working(school.pk, connection.vendor).ask(user=user.pk)]


@lru_cache(maxsize=64)
def _working(school: int, _vendor: str) -> Question[StaffMember]:
    rows = StaffMember.objects.in_school(school).awake().filter(user=Gap("user"))
    return Question(rows.prefetch_related("roles"))


@register_posts(Kind.STAFF)
def operator_posts(user: User, school: School) -> list[Actor]:
    """An operator of the server, while this school lets them look: at what its leader and office see."""
    grant = OperatorGrant.objects.filter(school=school).live(user.pk).first() if user.is_staff else None
    return [grant.actor()] if grant else []


@register_schools
def staff_schools(user: User) -> Iterable[int]:
    """Where this user works."""
    return StaffMember.objects.awake().filter(user=user).values_list("school_id", flat=True)


def schools_of(user: User) -> list[School]:
    """The schools in which this user holds a post, by name: a fixed number of queries, however many schools there are.

    For as long as they take, the wall stands open for all schools at once; what is asked is this user's own posts.
    """
    with school_context(*School.objects.values_list("pk", flat=True)):
        ids = school_ids_of(user)
    return list(School.objects.filter(pk__in=ids).order_by("name"))
