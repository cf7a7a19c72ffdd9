"""How a colleague comes in: a link by mail or on a printed card, once, for a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from porchlight.accounts.models import Token, User
from porchlight.activity.record import record
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.service import RawAddress, serve
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, StaffMember, StaffRole

PURPOSE = "staff_invitation"
LASTS = timedelta(days=7)


@transaction.atomic
def add_colleague(
    *, school: School, name: str, email: str, roles: tuple[Role, ...], by: Actor, is_deputy: bool = False
) -> StaffMember:
    """A post for someone who works here; the same mailbox keeps its post and gains the roles."""
    staff = (
        StaffMember.objects.in_school(school).working().filter(email__iexact=email).first() if email else None
    )
    if staff is None:
        staff = StaffMember.objects.create(school=school, name=name, email=email)
        record("staff.added", about=staff, by=by)
    for role in roles:
        StaffRole.objects.get_or_create(
            school=school, staff=staff, role=role.value, defaults={"is_deputy": is_deputy}
        )
    return staff


@transaction.atomic
def invite(staff: StaffMember, *, by: Actor, now: datetime, base_url: str, by_mail: bool = False) -> str:
    """A fresh link for this colleague; earlier ones die. Returns it, for the card; mails it when asked."""
    subject = f"{staff.school_id}:{staff.pk}"
    Token.objects.filter(purpose=PURPOSE, subject=subject, used_at=None).update(used_at=now)
    secret = Token.issue(purpose=PURPOSE, subject=subject, expires_at=now + LASTS)
    link = base_url + reverse("welcome:invitation", kwargs={"school": staff.school.slug, "secret": secret})
    record("staff.invited", about=staff, by=by)
    if by_mail and staff.email:
        serve(
            school=staff.school,
            kind=ServiceKind.STAFF_INVITATION,
            to=RawAddress(Channel.EMAIL, staff.email),
            language=staff.school.language,
            now=now,
            link=link,
        )
    return link


def invited(secret: str, *, school: School, now: datetime) -> StaffMember | None:
    """Whose invitation this is, while it lives."""
    token = Token.objects.holding(secret, PURPOSE).live(now=now).first()
    if token is None or not token.subject.startswith(f"{school.pk}:"):
        return None
    return StaffMember.objects.in_school(school).working().filter(pk=token.subject.split(":")[1]).first()


class MailboxTaken(ValueError):
    """Somebody already signs in with this mailbox: they sign in, and the post joins them."""


@transaction.atomic
def accept(secret: str, *, school: School, email: str, password: str, now: datetime) -> User:
    """Make the colleague's sign-in and join it to the post. Raises MailboxTaken, LookupError when used up."""
    token = Token.objects.holding(secret, PURPOSE).live(now=now).select_for_update().first()
    staff = invited(secret, school=school, now=now)
    if token is None or staff is None:
        raise LookupError("This invitation was used already, or its week is over.")
    if User.objects.filter(email__iexact=email).exists():
        raise MailboxTaken
    user = User.objects.create_user(email, password, name=staff.name, language=school.language)
    Token.objects.filter(pk=token.pk).update(used_at=now)
    join(staff, user)
    return user


@transaction.atomic
def join(staff: StaffMember, user: User) -> None:
    """The post is this user's from now on, and alerts reach their mailbox."""
    staff.user, staff.email = user, staff.email or user.email or ""
    staff.save(update_fields=["user", "email"])
    if staff.email:
        address, _ = Address.objects.get_or_create(
            school_id=staff.school_id, channel=Channel.EMAIL, value=staff.email.lower()
        )
        ContactPoint.objects.get_or_create(
            school_id=staff.school_id,
            address=address,
            staff=staff,
            ended_at=None,
            defaults={"consented": True},
        )
    record("staff.joined", about=staff, by=staff.actor())
