"""Guardian and student posts of a user, for `schools.actors.posts_of`."""

from collections.abc import Iterable

from porchlight.accounts.models import User
from porchlight.families.models import Guardian, Student
from porchlight.schools.actors import Actor, Kind, register_posts, register_schools
from porchlight.schools.models import School


@register_posts(Kind.GUARDIAN)
def guardian_posts(user: User, school: School) -> list[Actor]:
    """Where this user is a guardian."""
    guardians = Guardian.objects.in_school(school).filter(user=user, left_at=None)
    return [guardian.actor() for guardian in guardians]


@register_posts(Kind.STUDENT)
def student_posts(user: User, school: School) -> list[Actor]:
    """Where this user is a student of the school."""
    students = Student.objects.in_school(school).filter(user=user, left_at=None)
    return [
        Actor(Kind.STUDENT, school.pk, student.pk, name=student.short_name, user_id=user.pk)
        for student in students
    ]


@register_schools
def guardian_schools(user: User) -> Iterable[int]:
    """Where this user is a guardian."""
    return Guardian.objects.filter(user=user, left_at=None).values_list("school_id", flat=True)


@register_schools
def student_schools(user: User) -> Iterable[int]:
    """Where this user is a student."""
    return Student.objects.filter(user=user, left_at=None).values_list("school_id", flat=True)
