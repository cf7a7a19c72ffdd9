"""A small school with real programs over a database of its own, in a test's hand: start them, speak, look at phones.

What the test writes is committed at the end of each `inside()`: only then another program can see it. A test
never waits inside: on SQLite, which has one writer at a time, nobody else could write meanwhile.
"""

from __future__ import annotations

import signal
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import until
from porchlight.operations.tests.running import Program
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tests.colleagues import colleague
from porchlight.schools.wall import school_context
from practice import ThreadedTown
from practice.phones import Line
from tests.maple import set_clock

__all__ = ["AtWork", "until"]


@dataclass
class AtWork:
    """The school, its town, and whatever programs were started; `env` is what an operator would set."""

    school: School
    town: ThreadedTown
    env: dict[str, str]
    port: int
    programs: list[Program] = field(default_factory=list)

    def inside(self) -> AbstractContextManager[None]:
        """The wall open for the school, in one transaction."""
        return school_context(self.school)

    def starts_working(self, *, tasks: bool = False) -> None:
        """`porchlight work`, with as many workers as it starts by itself; `tasks`: background tasks as well."""
        self._start("work", *([] if tasks else ["--no-tasks"])).until("Working:")

    def starts_serving(self) -> None:
        """`porchlight serve`, at the address that gateways know."""
        self._start("serve", "--port", str(self.port)).until("answers at")

    def stops(self) -> None:
        """All of them, as an operator would; none may have fallen over."""
        programs, self.programs = self.programs, []
        codes = [program.end(signal.SIGTERM) for program in programs]
        assert codes == [0] * len(codes), [line for program in programs for line in program.said]

    def _start(self, *words: str) -> Program:
        self.programs.append(Program(*words, env=self.env))
        return self.programs[-1]

    def texts(self, **fields: Any) -> Account:
        """The school's number for texts; the gateway knows where its webhooks go."""
        account = cast.twilio(self.school, self.town, name="texts", **fields)
        self._tell_where(account, gateway="twilio", name="texts")
        return account

    def whatsapp(self, **fields: Any) -> Account:
        """The school's WhatsApp number; the gateway knows where its webhooks go."""
        account = cast.whatsapp(self.school, self.town, name="whatsapp", **fields)
        self._tell_where(account, gateway="whatsapp", name="whatsapp")
        return account

    def _tell_where(self, account: Account, **values: str) -> None:
        path = WebhookRoute.objects.get(account=account).path
        self.town.register_account(**values, callback=self.env["PORCHLIGHT_BASE_URL"] + path)

    def home(self, number: int, **fields: Any) -> cast.Home:
        """The n-th home and its phone in the town."""
        home = cast.home(self.school, number, **fields)
        self.town.register_phone(id=f"home {number}", number=home.address.value)
        return home

    def colleague(self, name: str, *roles: Role, is_deputy: bool = False) -> StaffMember:
        """Somebody who works there, with a phone of that name in the town."""
        person = colleague(self.school, name, *roles, is_deputy=is_deputy)
        number = f"+44770080{person.pk:04d}"
        cast.reachable(person, number)
        self.town.register_phone(id=name, number=number)
        return person

    def arrived(self) -> list[Line]:
        """Everything the school's words have come to, as the gateway put it on phones, oldest first."""

        def lines(town: Any) -> list[Line]:
            return [line for phone in town.phones for line in phone.lines if line.from_school]

        return sorted(self.town.call(lines), key=lambda line: line.at)

    def it_is(self, moment: datetime) -> None:
        """The clock that people see says so now, here and in every program, and runs on."""
        set_clock(self.town, moment)
