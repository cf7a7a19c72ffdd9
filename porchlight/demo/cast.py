"""Who can be tried out in the demo, each with a sentence of introduction."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from porchlight.accounts.models import User
from porchlight.families.models import Guardian, Student
from porchlight.schools.actors import Kind, Role, system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.resting import let_in_again
from porchlight.toolbox import school_time

SLUG = "maple-street"


@dataclass(frozen=True, slots=True)
class Person:
    """One link of the demo."""

    who: str  # in the link's address
    kind: Kind
    name: str  # as the roster writes it
    words: str

    @property
    def icon(self) -> str:
        """What stands beside the link."""
        return {Kind.GUARDIAN: "phone", Kind.STUDENT: "book"}.get(self.kind, "chat")


CAST = (
    Person("amal", Kind.STAFF, "Ms Amal", "the teacher of 4A"),
    Person("yousaf", Kind.GUARDIAN, "Mr Yousaf", "Hamza's father, who reads Urdu"),
    Person("okafor", Kind.STAFF, "Mrs Okafor", "the office"),
    Person("bell", Kind.STAFF, "Mr Bell", "the principal"),
    Person("reyes", Kind.STAFF, "Ms Reyes", "the safeguarding lead"),
    Person("hamza", Kind.STUDENT, "Hamza Yousaf", "the student"),
)

ROLES: dict[str, tuple[Role, ...]] = {
    "Mrs Okafor": (Role.OFFICE,),
    "Mr Bell": (Role.LEADER,),
    "Ms Reyes": (Role.SAFEGUARDING,),
}

LISTENERS = {"Ms Reyes": ("ur",)}  # who understands voice notes in which languages


def user_for(person: Person, school: School) -> User:
    """The user behind one of the cast, made the first time; a colleague at rest is let in again.

    Raises LookupError when the roster lacks them.
    """
    post = _post(person, school)
    if post.user is None:
        mailbox = f"{person.who}@maple-street.example.org" if person.kind is Kind.STAFF else None
        language = post.reading[:2] if isinstance(post, Guardian) else "en"
        post.user, _ = User.objects.get_or_create(
            name=person.name,
            email=mailbox,
            defaults={"language": language, "password": make_password(None)},  # none: links open the door
        )
        post.save(update_fields=["user"])
    if isinstance(
        post, StaffMember
    ):  # the town's clock may have been moved on by a year, and nobody used the post
        let_in_again(post, by=system(school.pk), now=school_time.now())
    return post.user


def _post(person: Person, school: School) -> StaffMember | Guardian | Student:
    found: StaffMember | Guardian | Student | None
    if person.kind is Kind.STAFF:
        found = StaffMember.objects.in_school(school).working().filter(name=person.name).first()
    elif person.kind is Kind.GUARDIAN:
        found = Guardian.objects.in_school(school).filter(addressed_as=person.name).first()
    else:
        found = Student.objects.in_school(school).filter(name=person.name).first()
    if found is None:
        raise LookupError(f"{person.name} is not in the practice roster.")
    return found
