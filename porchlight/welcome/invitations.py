"""How a colleague comes in: a link by mail or on a printed card, once, for a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from porchlight.accounts.identity.held import Held, bind
from porchlight.accounts.models import Token, User
from porchlight.activity.record import record
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.service import RawAddress, serve
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.schools.actors import Actor, Role, may_give
from porchlight.schools.models import School, StaffMember, StaffRole
from porchlight.welcome.languages import page_language

PURPOSE = "staff_invitation"
LASTS = timedelta(days=7)


def may_invite(staff: StaffMember, by: Actor) -> bool:
    """Whether this actor could have given every role of the post: whoever holds its invitation takes them up."""
    return {role.role for role in staff.roles.all()} <= set(may_give(by))


def may_see_off(staff: StaffMember, by: Actor) -> bool:
    """Leaders and safeguarding people are seen off by a leader; where there is no other, by the office."""
    leaders = StaffMember.objects.in_school(staff.school_id).awake().with_role(Role.LEADER)
    return may_invite(staff, by) or not leaders.filter(user__isnull=False).exclude(pk=staff.pk).exists()


@transaction.atomic
def see_off(staff: StaffMember, *, by: Actor, now: datetime) -> None:
    """A colleague has left: their post opens no page from this moment on, and no invitation leads to it.

    Raises PermissionDenied.
    """
    if not may_see_off(staff, by):
        raise PermissionDenied("Only a leader sees off leaders and safeguarding people.")
    StaffMember.objects.filter(pk=staff.pk, left_at=None).update(left_at=now)
    Token.objects.filter(purpose=PURPOSE, subject=f"{staff.school_id}:{staff.pk}", used_at=None).update(
        used_at=now
    )
    record("staff.left", about=staff, by=by)


@transaction.atomic
def add_colleague(
    *, school: School, name: str, email: str, roles: tuple[Role, ...], by: Actor, is_deputy: bool = False
) -> StaffMember:
    """A post for someone who works here; the same mailbox keeps its post and gains the roles.

    Raises PermissionDenied for a role that `by` may not give.
    """
    if not set(roles) <= set(may_give(by)):
        raise PermissionDenied("Only a leader names leaders and safeguarding people.")
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


class AlreadyHere(ValueError):
    """This colleague has come in; there is nothing to invite them to."""


@transaction.atomic
def invite(staff: StaffMember, *, by: Actor, now: datetime, base_url: str, by_mail: bool = False) -> str:
    """A fresh link for this colleague; earlier ones die. Returns it, for the card; mails it when asked.

    Raises AlreadyHere, PermissionDenied.
    """
    if staff.user_id is not None:
        raise AlreadyHere
    if not may_invite(staff, by):
        raise PermissionDenied("Only a leader invites leaders and safeguarding people.")
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
    token = Token.objects.holding(secret, PURPOSE).live(now=now).of(school.pk).first()
    if token is None:
        return None
    waiting = StaffMember.objects.in_school(school).working().filter(user=None)
    return waiting.filter(pk=token.subject.split(":")[1]).first()


class UsedUp(LookupError):
    """The invitation was used a moment ago, or its week is over."""


class MailboxTaken(ValueError):
    """Somebody already signs in with this mailbox: they sign in, and the post joins them."""


@transaction.atomic
def accept(
    secret: str,
    *,
    school: School,
    email: str,
    now: datetime,
    password: str | None = None,
    identity: Held | None = None,
) -> User:
    """Make the colleague's sign-in, by a password or an account they have elsewhere, and join it to the post.

    Raises MailboxTaken, UsedUp, IdentityTaken.
    """
    staff = _use(secret, school=school, now=now)
    if User.objects.filter(email__iexact=email).exists():
        raise MailboxTaken
    proved = (
        staff.email.lower() == email.lower()
    )  # the invitation was mailed there, or the office wrote it down
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, is_proved=proved, name=staff.name, language=page_language(school.language)
            )
    except IntegrityError:
        raise MailboxTaken from None  # by somebody who was quicker
    if identity is not None:
        bind(user, identity)
    join(staff, user)
    return user


@transaction.atomic
def accept_as(user: User, secret: str, *, school: School, now: datetime) -> StaffMember:
    """Somebody who signs in already takes up the post with the sign-in they have. Raises UsedUp."""
    staff = _use(secret, school=school, now=now)
    join(staff, user)
    return staff


def _use(secret: str, *, school: School, now: datetime) -> StaffMember:
    """Use the invitation up, once: of two who press at the same moment, one is told it is over."""
    staff = invited(secret, school=school, now=now)
    if staff is None or not Token.objects.holding(secret, PURPOSE).live(now=now).update(used_at=now):
        raise UsedUp
    return staff


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
