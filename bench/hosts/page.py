"""The blocks of docs/deploy.md: files with their paths, commands and statements with the machines they are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "deploy.md"
FENCE = re.compile(r"^```(\S+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = {"hosts", "conf", "env", "nginx"}


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block. `target` is a file's path, or a machine and perhaps when: `web-1 stays`, `database daily`."""

    kind: str
    target: str
    text: str

    @property
    def is_file(self) -> bool:
        return self.kind in FILES


def blocks() -> list[Block]:
    """All of them, in the page's order."""
    return [Block(*found) for found in FENCE.findall(PAGE.read_text())]


def one(kind: str, target: str) -> str:
    """The words of one block. Raises ValueError when the page does not have exactly one such."""
    [text] = [block.text for block in blocks() if (block.kind, block.target) == (kind, target)]
    return text


def addresses() -> dict[str, str]:
    """The machines' addresses by name, in the page's order; the public name stands for the proxy."""
    lines = (line.split() for line in one("hosts", "/etc/hosts").splitlines())
    return {("proxy" if "." in name else name): address for address, name in lines}
