"""The anchor: a bare aiohttp client that posts ready-made bodies, with the worker's pool and as many at a time.

Run as a process of its own; prints its figures as JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp

TOGETHER = 64  # the worker's window, and its pool


async def post_all(url: str, token: str, bodies: list[bytes]) -> int:
    """Post each body once and read the answer. Returns how many were taken."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    left: Iterator[bytes] = iter(bodies)
    taken = 0
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=TOGETHER), cookie_jar=aiohttp.DummyCookieJar()
    ) as http:

        async def hand() -> None:
            nonlocal taken
            for body in left:
                async with http.post(url, data=body, headers=headers) as answer:
                    await answer.read()
                    taken += answer.status == 200

        await asyncio.gather(*(hand() for _ in range(TOGETHER)))
    return taken


def main() -> None:
    url, token, file = sys.argv[1:]
    bodies = Path(file).read_bytes().splitlines()
    cpu, wall = time.process_time(), time.perf_counter()
    taken = asyncio.run(post_all(url, token, bodies))
    figures = {
        "deliveries": taken,
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
