"""The shape of a gateway's contract table: what it must send, what answers mean, what webhooks say.

Each gateway keeps its own table in `tests/contract_cases.py` under the name TABLE; `test_contract.py` runs them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from porchlight.delivery.gateways.contract import (
    Advice,
    Gateway,
    Ignored,
    InboundEvent,
    Media,
    Outcome,
    Outgoing,
    RawRequest,
    Status,
)
from porchlight.delivery.gateways.tests.loopback import Loopback


@dataclass(frozen=True)
class Account:
    """A school's account, as the adapters see it."""

    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    sender: str = "+447700900001"


@dataclass(frozen=True)
class Sends:
    """For this delivery exactly this must arrive: `request` is what the table's `seen` makes of it."""

    name: str
    outgoing: Outgoing
    request: Mapping[str, Any]


@dataclass(frozen=True)
class Answers:
    """This answer of the gateway means this outcome. A class instead of an outcome asks for any of its kind."""

    name: str
    status: int
    body: bytes
    becomes: Outcome | type
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hears:
    """This genuine webhook says this. `body` may come from the published payloads: then it is a function of
    the folder they are in. Events are compared without their `raw`."""

    name: str
    body: bytes | Callable[[Path], bytes]
    becomes: Sequence[InboundEvent]
    query: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class InTown:
    """How this gateway lives in the practice town: the town's account, seen from the school."""

    registers: Mapping[str, Any]  # what the town is told
    account: Callable[[Mapping[str, Any], str, str], Account]  # the town's account, its address, our webhook
    failing: tuple[str, Advice]  # a code the town can be asked to fail with, and what it means
    father: str = "+447700900123"  # as this gateway knows him


@dataclass(frozen=True)
class Brings:
    """How this gateway hands out what came along: `media` as its webhooks name it, `serves` puts the bytes on the
    pretend gateway and returns the path they lie at, `asks` are the requests that must come, with what they show."""

    media: Callable[[str], Media]  # given the pretend gateway's base address
    serves: Callable[[Loopback, bytes], str]
    asks: Sequence[tuple[str, str, str]]  # path, name of the header that shows who asks, its value
    elsewhere: Callable[[str], Media]  # given the base address of somebody who is nobody to us
    based_at: Callable[[Any, str], None] = lambda _patch, _base: None  # where the base is no setting
    gone: tuple[str, Advice] = ("media_gone", Advice.NEXT_CHANNEL)  # what is not there, or not there yet
    account: Callable[[str], Account] | None = None  # where it is another one than for sending


def bare(event: InboundEvent) -> InboundEvent:
    """The event without the raw payload it was made of; for an ignored one its kind says everything."""
    return replace(event, key="", raw={}) if isinstance(event, Ignored) else replace(event, raw={})


@dataclass(frozen=True)
class Table:
    """Everything the runner needs to know of one gateway."""

    gateway: Gateway
    account: Callable[[str], Account]  # given the base address of the pretend gateway
    sign: Callable[[Account, RawRequest], RawRequest]  # as the real gateway signs
    signature_header: str
    sends: Sequence[Sends]
    answers: Sequence[Answers]
    hears: Sequence[Hears]
    forgeries: Mapping[str, Callable[[Account, RawRequest], RawRequest]]  # beyond those every gateway refuses
    another_school: Account
    fates: Mapping[
        Status, tuple[bytes, str]
    ]  # body and query of the webhook that tells this of our k7mxq2; none where nothing is told
    seen: Callable[[Any], Mapping[str, Any]]  # a received request as `Sends.request` describes it
    content_type: str = "application/json"
    url: str = "https://school.example.org/hooks/gateway/k7mxq2/"
    server: Callable[[], Any] = Loopback  # anything with Loopback's few methods
    stalls: tuple[str, str] = ("porchlight.delivery.gateways.wire", "TIMEOUT")  # the constant a test shortens
    may_settle: frozenset[int] = frozenset()  # statuses where a plain refusal would be wrong for this gateway
    town: InTown | None = None
    brings: Brings | None = None
    speaks_http: bool = True  # False: redirects and Retry-After do not exist on its wire
    answers_by_key: bool = False  # options come back as keys of a telephone, though none is shown
    signs_body: bool = True  # False: it proves who calls, and nothing about the body
    addressed: Callable[[Outgoing, str], Outgoing] = lambda outgoing, _base: (
        outgoing
    )  # where the address says it all
    redirected: Advice = Advice.STAFF_MUST_ACT  # what being sent elsewhere means
    signature_in: str = "header"  # or "form" or "query": where what `signature_header` names stands

    def request(self, body: bytes, query: str = "") -> RawRequest:
        """A webhook with this body, unsigned."""
        url = f"{self.url}?{query}" if query else self.url
        headers = {"content-type": self.content_type, "host": "school.example.org"}
        return RawRequest("POST", url, headers, body)

    def genuine(self, case: Hears, shared: Path | None = None) -> tuple[Account, RawRequest]:
        """The case's webhook, signed for the account it is meant for."""
        account = self.account("https://gateway.example.org")
        account = replace(account, settings={**account.settings, **case.settings})
        body = case.body if isinstance(case.body, bytes) else case.body(shared or Path())
        return account, self.sign(account, self.request(body, case.query))

    def signature_of(self, request: RawRequest) -> str:
        """What a signed request shows as its proof."""
        if self.signature_in == "header":
            return request.headers[self.signature_header]
        carried = request.body.decode() if self.signature_in == "form" else urlsplit(request.url).query
        return dict(parse_qsl(carried))[self.signature_header]

    def with_signature(self, request: RawRequest, value: str | None) -> RawRequest:
        """The same request with another proof, or without one."""
        if self.signature_in == "header":
            return with_header(request, self.signature_header, value)
        parts = urlsplit(request.url)
        carried = request.body.decode() if self.signature_in == "form" else parts.query
        kept = [
            pair for pair in parse_qsl(carried, keep_blank_values=True) if pair[0] != self.signature_header
        ]
        said = urlencode([*kept, *([(self.signature_header, value)] if value is not None else [])])
        if self.signature_in == "form":
            return replace(request, body=said.encode())
        return replace(request, url=urlunsplit(parts._replace(query=said)))

    @property
    def made_up(self) -> list[Hears]:
        """Cases that need no published payload."""
        return [case for case in self.hears if isinstance(case.body, bytes)]


def with_header(request: RawRequest, name: str, value: str | None) -> RawRequest:
    """The request with one header set, or without it."""
    kept = {key: old for key, old in request.headers.items() if key != name}
    return replace(request, headers=kept if value is None else {**kept, name: value})


def as_json(value: object) -> bytes:
    """A body the way Meta writes it: compact, other scripts as \\u escapes."""
    return json.dumps(value, separators=(",", ":")).encode()
