"""The office hands files over: what tests of the pages say in a word."""

from __future__ import annotations

import os
import time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_ox.testing import run_tasks

from porchlight.accounts.models import User
from porchlight.rosters import signs, uploads
from porchlight.rosters.models import RosterImport
from porchlight.schools.models import School, StaffMember, StaffRole


def member(school: School, role: str) -> User:
    """Somebody who works there."""
    user = User.objects.create_user(f"{role}@example.org", "a long pass phrase", name=role)
    staff = StaffMember.objects.create(school=school, name=role, user=user)
    StaffRole.objects.create(school=school, staff=staff, role=role)
    return user


def hands_over(client: Client, content: bytes, name: str = "autumn.zip", school: str = "maple-street") -> Any:
    said = {"file": SimpleUploadedFile(name, content), "org": "", "mode": ""}
    return client.post(f"/{school}/rosters/", said)


def page_of(run: RosterImport, part: str = "") -> str:
    return f"/maple-street/rosters/{run.key}/{part}"


def read(client: Client, run: RosterImport, part: str = "progress/", **more: Any) -> str:
    return client.get(page_of(run, part), **more).content.decode()


def handed_over(client: Client, content: bytes) -> RosterImport:
    assert hands_over(client, content).status_code == 302
    return RosterImport.objects.latest("pk")


def looked_at(client: Client, content: bytes) -> RosterImport:
    run = handed_over(client, content)
    run_tasks()
    run.refresh_from_db()
    assert run.looked_at
    return run


def without_a_sign_for(seconds: float, run: RosterImport) -> None:
    """As if that long had gone by since the worker's last sign of life."""
    then = time.time() - seconds
    os.utime(uploads.place(run.stored_as).with_name(signs.FILE), (then, then))
