"""A town of machines set up as docs/deploy.md says, block by block; and the world outside, where the gateway is."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg

from bench.hosts import page
from bench.hosts.machines import Machine

ROOT = Path(__file__).resolve().parents[2]
WORLD, GATEWAY_PORT = "10.77.0.99", 8025
WEB, WORKERS = ("web-1", "web-2"), ("worker-1", "worker-2", "worker-3")
SERVERS = (*WEB, *WORKERS)
PUBLIC = "porchlight.example.org"
CLUSTER = "15 main"
UP_WITHIN = 180.0  # seconds
FILLS_WITHIN = 1200.0  # seconds
LOOK = 1.0  # seconds: to count a hundred thousand is work for the machine that is looked at


class WentWrongError(RuntimeError):
    """The town did not do what the page says."""


def until(true: Callable[[], object], within: float, otherwise: str) -> None:
    """Wait for what must come. Raises WentWrongError."""
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            raise WentWrongError(otherwise)
        time.sleep(LOOK)


class Town:
    """The page's machines, and what each is told."""

    def __init__(self, made: Mapping[str, Machine]) -> None:
        self.made = made
        self.env: dict[str, str] = {}
        self.gateway = f"http://{WORLD}:{GATEWAY_PORT}"

    def follow(self) -> None:
        """The page from its beginning to its two web servers, three workers and proxy. Raises MachineError."""
        for machine in self.made.values():
            machine.write("/etc/hosts", f"127.0.0.1 localhost\n{page.one('hosts', '/etc/hosts')}")
        self._database()
        self._broker()
        self._settings()
        self.made["web-1"].run(self._ours(page.one("sh", "web-1")), self.env)

    def start(self) -> None:
        """Everything that stays, and the proxy before it."""
        for name in SERVERS:
            self.made[name].start(self._ours(page.one("sh", f"{name} stays").strip()), self.env)
        self._proxy()
        for name in WEB:
            until(
                lambda name=name: self.answers(f"http://{self.made[name].address}:8000/health/pages/"),
                UP_WITHIN,
                self._silent(name),
            )
        for name in WORKERS:
            until(lambda name=name: "Working:" in self.made[name].said(), UP_WITHIN, self._silent(name))

    def doctors(self) -> dict[str, str]:
        """What the doctor says on each web and worker machine."""
        script = self._ours(page.one("sh", "everywhere").strip())
        return {name: self.made[name].run(script, self.env) for name in SERVERS}

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """The database, from outside and over TLS, as the application's role."""
        address = self.made["database"].address
        with psycopg.connect(
            f"postgresql://porchlight_app:choose-another@{address}/porchlight?sslmode=require&connect_timeout=5"
        ) as there:
            there.execute("SELECT set_config('porchlight.schools', '{1}', false)")
            done = there.execute(question.encode())
            return done.fetchall() if done.description else []

    def number(self, question: str) -> int:
        """One number of it."""
        return int(str(self.ask(question)[0][0]))

    def answers(self, url: str) -> bool:
        """Whether it says 200, to whom it knows."""
        try:
            asked = urllib.request.Request(url, headers={"Host": PUBLIC})
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def fill(self, homes: int) -> dict[str, str]:
        """An outbox of so many deliveries, held by a switch. Returns what the gateway must know."""
        words = f"cd {ROOT} && {sys.executable} -m bench.delivery.stage {homes} {self.gateway}"
        said = self.made["web-1"].run(
            words, {**self.env, "DJANGO_SETTINGS_MODULE": "porchlight.config.settings"}, within=FILLS_WITHIN
        )
        found: dict[str, str] = json.loads(said.splitlines()[-1])
        return found

    def open_gateway(self, path: str) -> None:
        """The world outside: a gateway that reports what becomes of messages to the town's public address."""
        account = {
            "gateway": "whatsapp", "name": "maple", "callback": f"https://{PUBLIC}{path}",
            "phone_number_id": "106540352242922", "access_token": "practice-token",
            "app_secret": "a" * 32, "verify_token": "v" * 20,
        }  # fmt: skip
        world = self.made["world"]
        world.write("/srv/town.json", json.dumps({"accounts": [account]}))
        words = (
            f"-m practice --bench --host {WORLD} --port {GATEWAY_PORT} --smtp-port 0 --config /srv/town.json"
        )
        world.start(f"env -C {ROOT} {sys.executable} {words}", {"SSL_CERT_FILE": "/srv/proxy.crt"})
        until(lambda: self.answers(f"{self.gateway}/control/counts/"), UP_WITHIN, self._silent("world"))

    def taken(self) -> tuple[int, int]:
        """What the gateway took: messages, and how many of them it had before."""
        with urllib.request.urlopen(f"{self.gateway}/control/counts/", timeout=10) as answer:
            tally = json.load(answer)
        return tally["taken"].get("whatsapp", 0), tally["repeated_references"]

    def _database(self) -> None:
        database = self.made["database"]
        folders = "/var/lib/postgresql /var/log/postgresql /run/postgresql /etc/postgresql"
        database.run(
            f"rm -rf /etc/postgresql/15 && mkdir -p {folders} && chown postgres {folders}"
            f" && pg_createcluster {CLUSTER} >/dev/null"
        )  # as the package does when it is installed
        database.run(page.one("sh", "database"))
        for block in page.blocks():
            if block.target.startswith("/etc/postgresql/"):
                database.write(block.target, block.text)
        database.run("chown -R postgres /etc/postgresql /var/backups/porchlight")
        database.run(f"pg_ctlcluster {CLUSTER} start")
        database.write("/run/first.sql", page.one("sql", "database"))
        database.run("su postgres -c 'psql -q -v ON_ERROR_STOP=1' < /run/first.sql")
        certificate = database.at("/etc/postgresql/database.crt").read_text()
        for name in SERVERS:
            self.made[name].write("/etc/porchlight/database.crt", certificate)

    def _broker(self) -> None:
        broker = self.made["broker"]
        broker.write("/etc/rabbitmq/rabbitmq-env.conf", "")  # as the package leaves it
        broker.write("/etc/rabbitmq/rabbitmq.conf", page.one("conf", "/etc/rabbitmq/rabbitmq.conf"))
        broker.run(
            "mkdir -p /var/lib/rabbitmq /var/log/rabbitmq && chown rabbitmq /var/lib/rabbitmq /var/log/rabbitmq"
        )
        broker.start("rabbitmq-server")
        broker.run("timeout 90 sh -c 'until rabbitmqctl -q status >/dev/null 2>&1; do sleep 1; done'")
        broker.run(page.one("sh", "broker"))

    def _settings(self) -> None:
        text = page.one("env", "/etc/porchlight.env")
        for key in ("the-first-key", "the-second-key"):
            text = text.replace(key, secrets.token_hex(32))
        self.env = dict(line.split("=", 1) for line in text.splitlines())
        for name in SERVERS:
            self.made[name].write("/etc/porchlight.env", text)
            self.made[name].run("mkdir -p /var/lib/porchlight /srv/porchlight-files")

    def _proxy(self) -> None:
        proxy = self.made["proxy"]
        proxy.run(
            f"openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN={PUBLIC} -addext subjectAltName=DNS:{PUBLIC}"
            " -keyout /etc/nginx/porchlight.key -out /etc/nginx/porchlight.crt"
        )  # instead of one that an authority gave; the world knows it
        proxy.run("cp /etc/nginx/porchlight.crt /srv/proxy.crt; rm -f /etc/nginx/sites-enabled/*")
        proxy.run("mkdir -p /var/lib/nginx /var/log/nginx")
        proxy.write(
            "/etc/nginx/conf.d/porchlight.conf", page.one("nginx", "/etc/nginx/conf.d/porchlight.conf")
        )
        proxy.start("nginx -g 'daemon off;'")

    def _ours(self, text: str) -> str:
        """The page's `porchlight` is this checkout's."""
        return re.sub(r"(^|' )porchlight ", rf"\1{Path(sys.executable).with_name('porchlight')} ", text)

    def _silent(self, name: str) -> str:
        return f"{name} never came up:\n{self.made[name].said()[-2000:]}"


def missing() -> str:
    """What this machine lacks for it; empty when nothing."""
    needed = ("ip", "unshare", "nginx", "rabbitmqctl", "pg_createcluster", "openssl")
    lacking = [
        name
        for name in needed
        if subprocess.run(["sh", "-c", f"command -v {name}"], capture_output=True).returncode
    ]
    return f"not installed: {', '.join(lacking)}" if lacking else ""
