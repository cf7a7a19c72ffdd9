"""What opens a stranger's file can read it, compute and answer, and do nothing else, whatever the file makes of it."""

from __future__ import annotations

import json
import platform
import resource
import sys
import tempfile
from pathlib import Path

import pytest

from porchlight.toolbox.apart import TookTooLong, run
from porchlight.toolbox.confined import ALLOWED

SHUT = sys.platform == "linux" and platform.machine() in ALLOWED
TRIES = """
import _thread, json, os, socket, subprocess, sys

def prepare():
    import time

def main(*words):
    tries = {
        "read a file": lambda: open("/etc/hostname").read(),
        "write a file": lambda: open(words[0], "w"),
        "look round": lambda: os.listdir("/"),
        "ask about a file": lambda: os.stat("/etc/hostname"),
        "take away": lambda: os.unlink(words[1]),
        "speak to the network": lambda: socket.socket(socket.AF_INET),
        "speak to this machine": lambda: socket.socket(socket.AF_UNIX),
        "start a process": os.fork,
        "start a program": lambda: os.execv("/bin/true", ["true"]),
        "start a thread": lambda: _thread.start_new_thread(print, ()),
        "end another": lambda: os.kill(1, 0),
    }
    told = {}
    for name, attempt in tries.items():
        try:
            attempt()
        except (OSError, RuntimeError) as problem:
            told[name] = type(problem).__name__
        else:
            told[name] = "done"
    json.dump([told, sys.stdin.read(), len({*os.environ} - {'LC_CTYPE'})], sys.stdout)
"""


def ended(code: str, folder: Path, *words: str, **limits: float) -> tuple[int, bytes]:
    program = folder / "program.py"
    program.write_text(code)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(b"what came")
        given.seek(3)
        how = {"largest": 10_000, "patience": 20, **limits}
        code_ = run(program, *words, given=given, answer=answer, **how)
        answer.seek(0)
        return code_, answer.read()


@pytest.mark.skipif(
    not SHUT, reason="only Linux on x86-64 or arm64 shuts the door; elsewhere the limits are all"
)
def test_t15_it_reads_and_answers_and_can_do_nothing_else(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("still")
    code, answer = ended(TRIES, tmp_path, str(tmp_path / "new"), str(there))
    told, given, environment = json.loads(answer)
    assert (code, given, environment) == (0, "what came", 0)
    assert {name for name, what in told.items() if what == "done"} == set()
    assert {what for name, what in told.items() if name != "start a thread"} == {"PermissionError"}
    assert there.read_text() == "still"
    assert not (tmp_path / "new").exists()


def test_t15_it_has_little_memory_a_short_answer_and_little_time(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body = "def prepare(): pass\ndef main():\n    import sys\n    "
    assert ended(f"{body}b = bytearray(900 << 20)", tmp_path)[0] != 0
    code, answer = ended(f"{body}sys.stdout.write('x' * 50_000)", tmp_path)
    assert code != 0
    assert len(answer) <= 10_000
    assert ended(f"{body}\n    while True: pass", tmp_path, seconds=1)[0] != 0
    with pytest.raises(TookTooLong):
        ended(f"{body}while True: pass", tmp_path, patience=0.3)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
