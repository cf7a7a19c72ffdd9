"""Staff posts of a user, for `actors.posts_of`."""

from porchlight.accounts.models import User
from porchlight.schools.actors import Actor, register_posts
from porchlight.schools.models import School, StaffMember


@register_posts
def staff_posts(user: User, school: School) -> list[Actor]:
    """The posts this user works in at this school."""
    return [
        staff.actor()
        for staff in StaffMember.objects.in_school(school)
        .working()
        .filter(user=user)
        .prefetch_related("roles")
    ]
