"""Where else am I signed in: the list tells the day, and a page that is only read writes nothing for it."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from porchlight.accounts.models import User
from tests.doors.walking import statements


def writes(client: Client) -> list[str]:
    with statements() as said:
        assert client.get("/accounts/sessions/").status_code == 200
    return [one for one in said if not one.startswith("SELECT")]


def test_a_session_is_noted_once_an_hour_and_a_page_that_is_read_writes_nothing(db: None) -> None:
    user = User.objects.create_user("amal@example.org", name="Ms Amal")
    client = Client()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(user)
        assert writes(client)
        session = UserSession.objects.get(user=user)
        assert session.last_seen_at == start
        clock.shift(timedelta(minutes=50))
        assert writes(client) == []
        clock.shift(timedelta(minutes=11))
        assert writes(client)
        session.refresh_from_db()
        assert session.last_seen_at == start + timedelta(minutes=61)
