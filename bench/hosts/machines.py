"""Machines on one machine: each a network namespace on one bridge, with folders of its own where a machine has them.

Nothing stays: namespaces, bridge and folders go when the block ends, whatever happened in it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

BRIDGE, HERE = "porchlight0", "10.77.0.1/24"  # this side of the bridge: who watches
OWN = ("/etc", "/var/lib", "/var/log", "/var/backups", "/run")
SHARED = "/srv"  # one folder for all, as NFS would be
ENDS_WITHIN = 60.0  # seconds


class MachineError(RuntimeError):
    """A command on a machine failed: what it said."""


def ip(*words: str) -> None:
    """Raises MachineError."""
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise MachineError(f"ip {' '.join(words)}: {done.stderr.strip()}")


@dataclass
class Machine:
    """One of them. Commands see its name, its network and its folders."""

    name: str
    address: str
    folder: Path
    shared: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def network(self) -> str:
        return f"porchlight-{self.name}"

    @property
    def cable(self) -> str:
        """The end of its cable at the bridge."""
        return f"pl-{self.name}"

    def plug_in(self) -> None:
        """Make its network and folders."""
        ip("netns", "add", self.network)
        ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.network)
        ip("link", "set", self.cable, "master", BRIDGE, "up")
        for words in (
            ("addr", "add", f"{self.address}/24", "dev", "eth0"),
            ("link", "set", "eth0", "up"),
            ("link", "set", "lo", "up"),
        ):
            ip("-n", self.network, *words)
        for own in OWN:
            self.at(own).mkdir(parents=True)
        subprocess.run(["cp", "-a", "/etc/.", self.at("/etc")], check=True)

    def at(self, path: str) -> Path:
        """Where a path of the machine lies on this one."""
        return (
            self.shared / path.removeprefix(SHARED).lstrip("/")
            if path.startswith(SHARED)
            else self.folder / path.lstrip("/")
        )

    def write(self, path: str, text: str) -> None:
        """A file of the machine, with the folders it needs."""
        file = self.at(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run(self, script: str, env: Mapping[str, str] | None = None, within: float = 300.0) -> str:
        """A script to its end. Raises MachineError with what it said when it fails."""
        done = subprocess.run(
            self._words(script), env=self._env(env), capture_output=True, text=True, timeout=within
        )
        if done.returncode:
            raise MachineError(f"{self.name}: {script}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self, script: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """A program that stays; what it says is in the machine's /var/log/program.log."""
        with self.at("/var/log/program.log").open("ab") as log:
            program = subprocess.Popen(
                self._words(f"exec {script}"),
                env=self._env(env),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(program)
        return program

    def said(self) -> str:
        """What its programs said."""
        log = self.at("/var/log/program.log")
        return log.read_text(errors="replace") if log.exists() else ""

    def cut_off(self) -> None:
        """Pull the cable: whatever it has on the way stays unanswered."""
        ip("link", "set", self.cable, "down")

    def join_again(self) -> None:
        """Put the cable back."""
        ip("link", "set", self.cable, "up")

    def switch_off(self) -> None:
        """Everything that runs there ends at once, as when the power fails."""
        done = subprocess.run(["ip", "netns", "pids", self.network], capture_output=True, text=True)
        for pid in done.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def stop(self) -> list[int]:
        """Tell its programs to stop, as an operator would; their exit codes."""
        for program in self.running:
            program.terminate()
        codes = [program.wait(ENDS_WITHIN) for program in self.running]
        self.running.clear()
        return codes

    def unplug(self) -> None:
        """Nothing of it is left."""
        self.switch_off()
        subprocess.run(["ip", "link", "delete", self.cable], capture_output=True)
        subprocess.run(["ip", "netns", "delete", self.network], capture_output=True)

    def _words(self, script: str) -> list[str]:
        mounts = [f"mount --bind {self.at(own)} {own}" for own in OWN] + [
            f"mount --bind {self.shared} {SHARED}"
        ]
        inside = "; ".join([f"hostname {self.name}", *mounts, script])
        return ["ip", "netns", "exec", self.network, "unshare", "--uts", "sh", "-euc", inside]

    def _env(self, env: Mapping[str, str] | None) -> dict[str, str]:
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("PORCHLIGHT_", "DATABASE_", "PG", "RABBITMQ_", "ERL_"))
        }
        return {**kept, "PYTHONUNBUFFERED": "1", **(env or {})}


@contextmanager
def machines(addresses: Mapping[str, str], folder: Path) -> Iterator[dict[str, Machine]]:
    """All of them, by name, plugged into one bridge. Raises MachineError."""
    shared = folder / "srv"
    shared.mkdir()
    made = {name: Machine(name, address, folder / name, shared) for name, address in addresses.items()}
    ip("link", "add", BRIDGE, "type", "bridge")
    try:
        ip("addr", "add", HERE, "dev", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for machine in made.values():
            machine.plug_in()
        yield made
    finally:
        for machine in made.values():
            machine.unplug()
        ip("link", "delete", BRIDGE)
        shutil.rmtree(folder, ignore_errors=True)
