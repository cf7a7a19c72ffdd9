"""Words read out, as WAV, made into what every telephone with a browser plays: MP3, 16,000 samples a second."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys

DAMAGED, TOO_LARGE = 3, 4
RATE = 16_000  # samples a second
BITS = 16_000  # a second: 2 KB; a voice needs no more
LONGEST = 20 * 60  # seconds


def prepare() -> None:
    """All of the library that packs, before the door is shut: it loads its parts when they are first needed."""
    import av

    for part in pkgutil.walk_packages(av.__path__, "av."):
        if part.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(part.name)


def main() -> None:
    """Writes the sound, and behind it what it is."""
    try:
        seconds = packed()
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception:  # FFmpeg's libraries fail in many ways; to the reader it is one thing
        sys.exit(DAMAGED)
    words = json.dumps({"type": "audio/mpeg", "seconds": seconds}).encode()
    sys.stdout.buffer.seek(0, 2)
    sys.stdout.buffer.write(words + len(words).to_bytes(4, "big"))
    sys.stdout.buffer.flush()


def packed() -> float:
    """Returns how many seconds it lasts."""
    import av

    plain = {"fflags": "+bitexact", "id3v2_version": "0", "write_id3v1": "0", "write_xing": "0"}
    count = 0
    with (
        av.open(sys.stdin.buffer, format="wav") as source,
        av.open(sys.stdout.buffer, "w", format="mp3", options=plain) as target,
    ):
        made = target.add_stream("libmp3lame", rate=RATE, layout="mono")
        made.bit_rate, made.codec_context.thread_count = BITS, 1
        even = av.AudioResampler("s16p", "mono", RATE)
        for frame in (*source.decode(audio=0), None):
            for part in even.resample(frame):
                count += part.samples
                if count > LONGEST * RATE:
                    sys.exit(TOO_LARGE)
                target.mux(made.encode(part))
        target.mux(made.encode(None))
    if not count:
        raise ValueError
    return round(count / RATE, 3)
