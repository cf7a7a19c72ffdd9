"""Colleagues of a school, as the tests of every room above begin with them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffMember, StaffRole


def colleague(school: School, name: str, *roles: Role, is_deputy: bool = False, **fields: Any) -> StaffMember:
    """Somebody who works there, in these roles. They cannot sign in unless `fields` holds a `user`."""
    person = StaffMember.objects.create(school=school, name=name, **fields)
    for role in roles:
        StaffRole.objects.create(school=school, staff=person, role=role, is_deputy=is_deputy)
    return person


def signed_in(school: School, *roles: Role, name: str = "Mrs Okafor") -> Client:
    """The browser of one more colleague."""
    return browser_of(colleague(school, name, *roles))
