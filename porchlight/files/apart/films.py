"""A film made anew: small enough for a slow network, as every telephone plays it, and nothing in it but what is seen
and heard. H.264 (baseline) with AAC in MP4, what a browser needs to begin standing first.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from fractions import Fraction
from typing import Any

DAMAGED, TOO_LARGE, OTHER_KIND, TOO_LONG = 3, 4, 5, 6
READERS = {"video/mp4": "mp4", "video/quicktime": "mp4", "video/3gpp": "mp4", "video/webm": "matroska"}
LARGEST_SIDE = 4096  # pixels, as it comes; more is no telephone's film
SIDE = 640  # pixels, as it goes
FRAMES = 15  # a second
SOUND, RATE = 32_000, 24_000  # bits and samples a second
BEST = 260_000  # bits a second for what is seen
WORST = 40_000
SPARE = 0.85  # of what it may have: the packing takes some, and no encoder keeps exactly to its rate
INDEX, HEAD = 700, 4_000  # bytes a second, and bytes, that stand at the beginning: where each frame lies
GRACE = 0.5  # seconds that nobody counts


def prepare() -> None:
    """All of the library that packs, before the door is shut: it loads its parts when they are first needed."""
    import av
    from PIL import Image

    av.VideoFrame.from_image(Image.new("RGB", (2, 2)).rotate(90, expand=True))
    for part in pkgutil.walk_packages(av.__path__, "av."):
        if part.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(part.name)


def main(kind: str, longest: str, most: str) -> None:
    """`kind` is the type its first bytes show; `longest` seconds and `most` bytes are what it may have."""
    try:
        about = made(kind, float(longest), int(most))
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception:  # FFmpeg's libraries fail in many ways; to the reader it is one thing
        sys.exit(DAMAGED)
    words = json.dumps({"type": "video/mp4", **about}).encode()
    sys.stdout.buffer.seek(0, 2)
    sys.stdout.buffer.write(words + len(words).to_bytes(4, "big"))
    sys.stdout.buffer.flush()


def made(kind: str, longest: float, most: int) -> dict[str, float | int]:
    """Seconds, width and height of what was made. Ends the program where it is longer or larger than may be."""
    import av

    with av.open(sys.stdin.buffer, format=READERS[kind]) as source:
        if (source.duration or 0) > (longest + GRACE) * 1_000_000:
            sys.exit(TOO_LONG)
        if not source.streams.video:
            sys.exit(OTHER_KIND)
        film = source.streams.video[0]
        if max(film.width, film.height) > LARGEST_SIDE:
            sys.exit(TOO_LARGE)
        sound = next((one for one in source.streams.audio if one.codec_context), None)
        seconds = min(longest, (source.duration or longest * 1_000_000) / 1_000_000) or 1.0
        bits = int(most * 8 * SPARE / seconds) - (SOUND if sound is not None else 0)
        if bits < WORST:
            sys.exit(TOO_LARGE)
        options = {"fflags": "+bitexact", "moov_size": str(int(INDEX * (longest + 1)) + HEAD)}
        with av.open(sys.stdout.buffer, "w", format="mp4", options=options) as target:
            return Making(target, film, sound, min(BEST, bits), longest).all_of(source)


class Making:
    """One film, packet by packet: drawn smaller, fewer times a second, the right way up."""

    def __init__(self, target: Any, film: Any, sound: Any, bits: int, longest: float) -> None:
        import av

        self.target, self.film, self.sound, self.longest = target, film, sound, longest
        self.seen: Any = None
        self.bits, self.next, self.last, self.first = bits, 0, 0.0, None
        film.codec_context.thread_count = 1
        self.heard: Any = None
        if sound is not None:
            sound.codec_context.thread_count = 1
            self.heard = target.add_stream("aac", rate=RATE, layout="mono")
            self.heard.bit_rate, self.heard.codec_context.thread_count = SOUND, 1
            self.even = av.AudioResampler("fltp", "mono", RATE)
            self.samples = 0

    def all_of(self, source: Any) -> dict[str, float | int]:
        """Everything, in the order it comes."""
        for packet in source.demux([one for one in (self.film, self.sound) if one is not None]):
            for frame in decoded(packet):
                if packet.stream is self.film:
                    self.draw(frame)
                else:
                    self.sing(frame)
        if self.seen is None:
            raise ValueError
        self.target.mux(self.seen.encode(None))
        if self.heard is not None:
            self.sing(None)
            if self.samples:
                self.target.mux(self.heard.encode(None))
        size = self.seen.codec_context
        return {"seconds": round(self.last, 3), "width": size.width, "height": size.height}

    def draw(self, frame: Any) -> None:
        """A picture, where one is due."""
        if frame.time is None:
            return
        self.first = frame.time if self.first is None else self.first
        at = frame.time - self.first
        if at > self.longest + GRACE:
            sys.exit(TOO_LONG)
        if at * FRAMES < self.next - 0.01:
            return
        small = upright(frame)
        if self.seen is None:
            self.seen = self.stream(small.width, small.height)
        elif (small.width, small.height) != (self.seen.width, self.seen.height):
            return
        small.pts, small.time_base = max(self.next, int(at * FRAMES)), Fraction(1, FRAMES)
        small.pict_type = 0
        self.next, self.last = small.pts + 1, (small.pts + 1) / FRAMES
        self.target.mux(self.seen.encode(small))

    def stream(self, width: int, height: int) -> Any:
        """Where the pictures go."""
        made = self.target.add_stream("libx264", rate=FRAMES)
        made.width, made.height, made.pix_fmt, made.bit_rate = width, height, "yuv420p", self.bits
        made.codec_context.thread_count = 1
        made.codec_context.time_base = Fraction(1, FRAMES)
        made.options = {
            "preset": "veryfast", "profile": "baseline", "g": str(FRAMES * 5), "threads": "1",
            "maxrate": str(self.bits), "bufsize": str(self.bits),
        }  # fmt: skip
        return made

    def sing(self, frame: Any) -> None:
        """A piece of sound; None: there is no more."""
        if frame is not None:
            frame.pts = None
        for part in self.even.resample(frame):
            if self.samples > (self.longest + GRACE) * RATE:
                return
            part.pts, part.time_base = self.samples, Fraction(1, RATE)
            self.samples += part.samples
            self.target.mux(self.heard.encode(part))


def upright(frame: Any) -> Any:
    """The picture as it is to be seen: small, and turned as the telephone was held."""
    import av

    turned = round(frame.rotation / 90) % 4 if frame.rotation else 0
    scale = min(1.0, SIDE / max(frame.width, frame.height))
    width, height = (max(2, int(side * scale) // 2 * 2) for side in (frame.width, frame.height))
    small = frame.reformat(width=width, height=height, format="yuv420p", threads=1)
    if not turned:
        return small
    picture = small.to_image(threads=1).rotate(90 * turned, expand=True)
    return av.VideoFrame.from_image(picture).reformat(format="yuv420p", threads=1)


def decoded(packet: Any) -> list[Any]:
    """What one packet holds; nothing where it is broken."""
    import av

    try:
        return list(packet.decode())
    except av.FFmpegError:
        return []
