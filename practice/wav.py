"""What a caller says into the telephone, as Twilio keeps it: 8,000 samples a second, 16 bits, one channel."""

from __future__ import annotations

import struct

RATE = 8_000


def silence(seconds: float) -> bytes:
    """A recording in which nobody says anything, as WAV."""
    sound = bytes(2 * round(seconds * RATE))
    head = struct.pack(
        "<4sI4s4sIHHIIHH", b"RIFF", 36 + len(sound), b"WAVE", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16
    )
    return head + struct.pack("<4sI", b"data", len(sound)) + sound
