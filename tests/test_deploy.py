"""docs/deploy.md and the drill that follows it belong together. The drill itself is `python -m bench.hosts`."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands

from bench.hosts import page, town
from porchlight.config.databases import database
from porchlight.config.environment import REGISTER

ENV = dict(line.split("=", 1) for line in page.one("env", "/etc/porchlight.env").splitlines())
FOLLOWED = {
    ("hosts", "/etc/hosts"),
    ("sh", "database"),
    ("conf", "/etc/postgresql/15/main/conf.d/porchlight.conf"),
    ("conf", "/etc/postgresql/15/main/pg_hba.conf"),
    ("sql", "database"),
    ("conf", "/etc/rabbitmq/rabbitmq.conf"),
    ("sh", "broker"),
    ("env", "/etc/porchlight.env"),
    ("sh", "web-1"),
    *(("sh", f"{name} stays") for name in town.SERVERS),
    ("nginx", "/etc/nginx/conf.d/porchlight.conf"),
    ("sh", "everywhere"),
    ("sh", "database daily"),
    ("sh", "database back"),
}


def test_every_block_of_the_page_is_one_that_the_drill_follows() -> None:
    found = [(block.kind, block.target) for block in page.blocks()]
    assert sorted(found) == sorted(FOLLOWED)  # each once


def test_every_setting_and_command_of_the_page_exists() -> None:
    assert set(ENV) - set(REGISTER) == set()
    words = page.PAGE.read_text()
    assert set(re.findall(r"\b(?:PORCHLIGHT|DATABASE)_[A-Z_]+\b", words)) - set(REGISTER) == set()
    assert (
        set(re.findall(r"porchlight (serve|work|doctor|migrate|[a-z]+) ?(?:--|`|$)", words, re.MULTILINE))
        - set(get_commands())
        == set()
    )


def test_the_database_is_spoken_to_encrypted_and_known_by_its_certificate() -> None:
    entry = database(ENV["DATABASE_URL"])
    assert (entry["OPTIONS"]["sslmode"], entry["HOST"]) == ("verify-full", "database")
    assert not re.search(r"^host\s", page.one("conf", "/etc/postgresql/15/main/pg_hba.conf"), re.MULTILINE)


@pytest.mark.parametrize("name", town.WEB)
def test_the_proxy_knows_every_web_machine_and_they_know_the_proxy(name: str) -> None:
    addresses = page.addresses()
    assert f"server {name}:8000" in page.one("nginx", "/etc/nginx/conf.d/porchlight.conf")
    assert f"--host {addresses[name]} --port 8000" in page.one("sh", f"{name} stays")
    assert ENV["PORCHLIGHT_PROXIES"] == addresses["proxy"]


def test_what_the_way_back_reads_is_what_is_kept() -> None:
    kept = re.search(r"mv \S+ (\S+)%f'", page.one("conf", "/etc/postgresql/15/main/conf.d/porchlight.conf"))
    base = re.search(r"--pgdata=(\S+)", page.one("sh", "database daily"))
    assert kept is not None
    assert base is not None
    back = page.one("sh", "database back")
    assert f"cp {kept[1]}%f %p" in back
    assert f"cp -a {base[1]} " in back
