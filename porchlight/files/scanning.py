"""A school's own virus scanner, where it runs one: ClamAV's daemon is shown every file before anything opens it."""

from __future__ import annotations

import logging
from typing import IO

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

PATIENCE = 60  # seconds
PORT = 3310

log = logging.getLogger(__name__)


class ScannerAway(Exception):
    """The scanner did not answer, or could not say. The file waits; it is neither lost nor let through."""


def is_harmful(content: IO[bytes]) -> bool:
    """True: it must not be kept, the scanner knows it as harmful. False as well where there is no scanner.

    Raises ScannerAway. The file is left at its beginning.
    """
    place = settings.CLAMD
    if not place:
        return False
    content.seek(0)
    try:
        found = _daemon(place).instream(content)
    except BufferTooLongError:
        raise ScannerAway("The scanner takes no file as large: raise its StreamMaxLength to 100M.") from None
    except (ClamdError, OSError, ValueError) as problem:
        raise ScannerAway(type(problem).__name__) from None
    finally:
        content.seek(0)
    [(status, _name)] = found.values() or [("ERROR", None)]
    if status not in ("OK", "FOUND"):
        raise ScannerAway("The scanner could not say.")
    if status == "FOUND":
        log.warning("The scanner knows a file as harmful: it was not kept.")
    return status == "FOUND"


def _daemon(place: str) -> ClamdNetworkSocket:
    """By the path of its socket, or by host and port."""
    if place.startswith("/"):
        return ClamdUnixSocket(place, timeout=PATIENCE)
    host, _, port = place.rpartition(":") if ":" in place else (place, "", str(PORT))
    return ClamdNetworkSocket(host, int(port), timeout=PATIENCE)
