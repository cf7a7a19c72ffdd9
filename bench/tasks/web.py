"""The webhook of that team: the signature is checked, and each status becomes a task.

`python -m bench.tasks.web PORT SCHOOL`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bench.tasks import typical


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection; what it uses is not counted."""

    daemon_threads = True
    request_queue_size = 128


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def main() -> None:
    port, school = map(int, sys.argv[1:])
    secret = typical.secret_of(school).encode()

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        mine = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        if environ["REQUEST_METHOD"] == "POST":
            if not hmac.compare_digest(mine, environ.get("HTTP_X_HUB_SIGNATURE_256", "")):
                start_response("401 Unauthorized", [])
                return [b""]
            for entry in json.loads(body)["entry"]:
                for change in entry["changes"]:
                    for one in change["value"].get("statuses", []):
                        typical.status.delay(school, one["id"], one["status"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    with make_server("127.0.0.1", port, answer, Server, Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
