"""Posts signed WhatsApp messages, each another one, so many at a time: `load.py URL FIRST COUNT`. Prints JSON."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
import time

import aiohttp

TOGETHER = 16
SECRET = b"a" * 32


def body(number: int) -> bytes:
    """What Meta posts when somebody writes."""
    digits = f"1200555{100 + number % 50:04d}"
    message = {
        "from": digits, "id": f"wamid.bench{number}", "timestamp": "1791900600",
        "type": "text", "text": {"body": f"Thank you, she will bring her raincoat. {number}"},
    }  # fmt: skip
    value = {
        "messaging_product": "whatsapp", "metadata": {"phone_number_id": "106540352242922"},
        "messages": [message], "contacts": [{"profile": {"name": "Parent"}, "wa_id": digits}],
    }  # fmt: skip
    entry = {"id": "2", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


async def post_all(url: str, bodies: list[bytes]) -> tuple[int, list[float]]:
    """How many were taken, and what each took in seconds."""
    left, took, taken = iter(bodies), [], 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=TOGETHER)) as http:

        async def hand() -> None:
            nonlocal taken
            for one in left:
                signed = "sha256=" + hmac.new(SECRET, one, hashlib.sha256).hexdigest()
                headers = {"X-Hub-Signature-256": signed, "Content-Type": "application/json"}
                began = time.perf_counter()
                async with http.post(url, data=one, headers=headers) as answer:
                    await answer.read()
                    taken += answer.status == 200
                took.append(time.perf_counter() - began)

        await asyncio.gather(*(hand() for _ in range(TOGETHER)))
    return taken, sorted(took)


def main() -> None:
    url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    bodies = [body(number) for number in range(first, first + count)]
    began = time.perf_counter()
    taken, took = asyncio.run(post_all(url, bodies))
    seconds = time.perf_counter() - began
    print(json.dumps({"taken": taken, "seconds": seconds, "p99": took[int(len(took) * 0.99)]}))


if __name__ == "__main__":
    main()
