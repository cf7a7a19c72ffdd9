"""docs/api.md: every command in it works as it stands, and every scope, kind and setting is the code's."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from porchlight.api.models import SignalKind
from porchlight.api.tests.conftest import System
from porchlight.conversations.tests.conftest import Town
from porchlight.schools.actors import Scope

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
COMMANDS = [block.replace("\\\n", " ") for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)]


def run(command: str, library: System, **names: str) -> HttpResponse:
    """The request that this `curl` would make."""
    for name, value in {"$TOKEN": library.secret, **names}.items():
        command = command.replace(name, value)
    words = shlex.split(command)
    assert words[0] == "curl"
    place = urlsplit(words[1])
    headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
    path = f"{place.path}?{place.query}"
    if "-d" not in words:
        return Client().get(path, headers=headers)
    body = words[words.index("-d") + 1]
    return Client().post(path, body, content_type=headers.pop("Content-Type"), headers=headers)


@pytest.mark.django_db
def test_every_command_works(town: Town, system) -> None:
    library = system()
    asks, looks, sends = COMMANDS
    told = run(asks, library)
    assert told.status_code == 200
    [sample] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert set(json.loads(sample)["items"][0]) == set(told.json()["items"][0])
    seen = run(looks, library, CLASS=town.class_4a.key)
    made = run(sends, library, CLASS=town.class_4a.key, LOOK=seen.json()["look"])
    assert (made.status_code, made.json()["state"]) == (201, "sent")


def test_every_scope_and_every_kind_is_told() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    named = set(re.findall(r"`([\w.:]+)`", " ".join(rows))) - {"type"}
    assert named == {scope.value for scope in Scope} | set(SignalKind.values)
