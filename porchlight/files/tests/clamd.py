"""ClamAV's daemon as far as anybody here speaks with it: INSTREAM in its own words (clamd(8)), and one signature."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

# EICAR's harmless test file, in two halves so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class _Speaking(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self.rfile.readline()
        if command != b"nINSTREAM\n":
            self.wfile.write(b"UNKNOWN COMMAND\n")
            return
        content, daemon = b"", cast("Clamd", self.server)
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > daemon.stream_max_length:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\n")
                return
        daemon.seen.append(content)
        found = EICAR in content
        self.wfile.write(b"stream: Eicar-Signature FOUND\n" if found else b"stream: OK\n")


class Clamd(socketserver.ThreadingUnixStreamServer):
    """`seen` is what it was shown."""

    daemon_threads = True
    stream_max_length = 100 << 20

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), _Speaking)
        self.seen: list[bytes] = []


@contextmanager
def running(path: Path) -> Iterator[Clamd]:
    with Clamd(path) as daemon:
        thread = threading.Thread(target=daemon.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield daemon
        finally:
            daemon.shutdown()
            thread.join()
            path.unlink()
