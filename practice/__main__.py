"""`python -m practice`: the town until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from practice.errors import Mistake, PortTaken
from practice.server import config_from, serve
from practice.town import Settings


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="practice", description="The pretend town of phones and mailboxes.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen; loopback unless you know better"
    )
    parser.add_argument("--port", type=int, default=8025, help="page, gateways and control API")
    parser.add_argument("--smtp-port", type=int, default=8026, help="the mail server; 0 for none")
    parser.add_argument("--clock-file", type=Path, help="the file that holds the school clock's offset")
    parser.add_argument(
        "--zone", default="Europe/London", help="the school's time zone, for the page's clock"
    )
    parser.add_argument("--config", type=Path, help="JSON with accounts, phones and weather to begin with")
    parser.add_argument("--bench", action="store_true", help="keep counts only; answer as fast as can be")
    return parser.parse_args(words)


async def live(settings: Settings, config: Path | None) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, over.set)
    async with serve(settings, config_from(config)) as running:
        sys.stdout.write(f"The practice town is at {running.url}/\n")
        sys.stdout.flush()
        await over.wait()


def main() -> int:
    given = arguments()
    settings = Settings(
        host=given.host,
        port=given.port,
        smtp_port=given.smtp_port or None,
        clock_file=given.clock_file,
        zone=given.zone,
        bench=given.bench,
    )
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(live(settings, given.config))
    except (PortTaken, Mistake, OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
