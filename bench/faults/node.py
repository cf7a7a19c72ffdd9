"""A RabbitMQ node of our own, with its own ports, data, name and cookie, that may be killed as nobody else's may."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.delivery.gauge import PROC, children_of
from bench.delivery.house import until

AT_HOME = (
    "/usr/lib/rabbitmq/bin"  # what Debian has in PATH insists on the account of the machine's own broker
)
STARTS_WITHIN = 120.0  # seconds
ALONE = "{127,0,0,1}"  # in Erlang's words: nobody from outside


class NoBrokerError(OSError):
    """No RabbitMQ on this machine, or one that does not do as it is told."""


def program(name: str) -> str:
    """Where one of RabbitMQ's programs is. Raises NoBrokerError."""
    found = shutil.which(name, path=AT_HOME) or shutil.which(name)
    if not found:
        raise NoBrokerError(f"{name} is not here: install RabbitMQ's server (rabbitmq-server 3.10 or newer).")
    return found


def free_ports(count: int) -> list[int]:
    """Nobody uses them now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Node:
    """One broker, and the name server (epmd) that Erlang wants beside it."""

    def __init__(self, folder: Path) -> None:
        self._server, self._control = program("rabbitmq-server"), program("rabbitmqctl")
        self._folder = folder
        self.port, between, names = free_ports(3)
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/%2F"
        self.kills = self.cuts = 0
        self._running: subprocess.Popen[bytes] | None = None
        self._environment = self._settings(between, names)

    @classmethod
    @contextmanager
    def there(cls, folder: Path) -> Iterator[Node]:
        """A running node until the block ends. Raises NoBrokerError."""
        folder.mkdir()
        node = cls(folder)
        names = subprocess.Popen([program("epmd")], env=node._environment)
        try:
            node.start()
            yield node
        finally:
            node.kill()
            names.kill()
            names.wait()

    def start(self) -> None:
        """Raises WentWrongError when it does not come up."""
        with (self._folder / "said.log").open("ab") as log:
            self._running = subprocess.Popen(
                [self._server], env=self._environment, cwd=self._folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until(self._listens, STARTS_WITHIN, f"RabbitMQ did not start: see {self._folder}.")

    def kill(self) -> None:
        """SIGKILL to the node itself; also when it is down already."""
        if self._running is None:
            return
        for pid in {self._running.pid, *children_of(self._running.pid)}:
            with suppress(OSError):
                if (PROC / str(pid) / "comm").read_text().startswith("beam"):
                    os.kill(pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self._running.wait(30)  # the script that started it
        self._running = None

    def crash(self) -> None:
        """Killed, and started anew over what it left."""
        self.kill()
        self.kills += 1
        self.start()

    def cut(self, queue: str = "") -> None:
        """Close every connection; before that the queue goes, with all that waited in it. Raises NoBrokerError."""
        if queue:
            self.control("delete_queue", queue)
        self.control("close_all_connections", "struck")
        self.cuts += 1

    def control(self, *words: str) -> str:
        """What rabbitmqctl says. Raises NoBrokerError."""
        done = subprocess.run(
            [self._control, "--quiet", *words], env=self._environment, cwd=self._folder, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NoBrokerError(" ".join((done.stderr or done.stdout).split())[:200])
        return done.stdout

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def _settings(self, between: int, names: int) -> dict[str, str]:
        """Nothing of the machine's own broker: neither its files nor its name server."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RABBITMQ_", "ERL_"))}
        for name in ("environment.conf", "rabbitmq.conf", "plugins"):
            (self._folder / name).write_text("[].\n" if name == "plugins" else "")
        return kept | {
            "HOME": str(self._folder),  # where the cookie is
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(names),
            "RABBITMQ_NODENAME": f"faults-{secrets.token_hex(4)}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(between),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"-kernel inet_dist_use_interface {ALONE}",
            "RABBITMQ_CONF_ENV_FILE": str(self._folder / "environment.conf"),
            "RABBITMQ_CONFIG_FILE": str(self._folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "data"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
        }
