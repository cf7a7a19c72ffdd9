"""A recording made into what a telephone carries: one channel, 8,000 samples a second, 16 bits, as WAV."""

from __future__ import annotations

import importlib
import pkgutil
import struct
import sys

DAMAGED, TOO_LARGE = 3, 4
RATE = 8_000
LONGEST = 30 * 60  # seconds
READERS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/mp4": "mp4",
    "audio/wav": "wav",
}


def prepare() -> None:
    """All of the library that decodes, before the door is shut: it loads its parts when they are first needed."""
    import av

    for part in pkgutil.walk_packages(av.__path__, "av."):
        if part.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(part.name)


def main(kind: str) -> None:
    """`kind` is the type of what comes in."""
    import av

    made = bytearray()
    try:
        with av.open(sys.stdin.buffer, format=READERS[kind]) as source:
            slower = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in source.decode(audio=0):
                for piece in slower.resample(frame):
                    made += bytes(piece.planes[0])[: piece.samples * 2]
                if len(made) > LONGEST * RATE * 2:
                    sys.exit(TOO_LARGE)
            for piece in slower.resample(None):
                made += bytes(piece.planes[0])[: piece.samples * 2]
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception:  # FFmpeg's libraries fail in many ways; to the reader it is one thing
        sys.exit(DAMAGED)
    sys.stdout.buffer.write(header(len(made)) + made)
    sys.stdout.buffer.flush()


def header(length: int) -> bytes:
    """What stands before so many bytes of sound (RIFF, PCM)."""
    about = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + length)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + about
        + (b"data" + struct.pack("<I", length))
    )
