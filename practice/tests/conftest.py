"""A school that listens: every webhook the town posts, kept as it came, with any answer a test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest


@dataclass
class Post:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]  # names lower-cased
    body: bytes


@dataclass
class Callback:
    """`posts` in the order they came. `answers`: statuses for the next ones; then 200."""

    url: str = ""
    posts: list[Post] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    challenge_token: str = ""
    bodies: list[str] = field(default_factory=list)  # what is answered beside them


@pytest.fixture
def callback() -> Iterator[Callback]:
    school = Callback()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                headers = {name.lower(): value for name, value in self.headers.items()}
                school.posts.append(Post("POST", self.path, headers, body))
                status = school.answers.pop(0) if school.answers else 200
                is_asked = "call-progress" not in body.decode() and "twiml" in self.path
                said = school.bodies.pop(0).encode() if is_asked and school.bodies else b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            right = query.get("hub.verify_token") == school.challenge_token
            said = query.get("hub.challenge", "").encode() if right else b""
            self.send_response(200 if right else 403)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    school.url = f"http://127.0.0.1:{server.server_address[1]}/hooks/"
    yield school
    server.shutdown()
    server.server_close()
    thread.join()
