"""Sound and film packed anew: the recording itself, and nothing of who made it, where, when and with what.

What is packed as every telephone plays it stays as it sounds; other sound becomes Opus.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import pkgutil
import sys
from typing import Any

DAMAGED, TOO_LARGE = 3, 4
LONGEST = 3 * 3600  # seconds
PLAIN = {"fflags": "+bitexact"}  # no mark of the packer's either
MORE = {"mp3": {"id3v2_version": "0", "write_id3v1": "0"}}
# By the type its first bytes show: how it is read, how it is packed, and which sound may stay as it is.
MP4 = ("mp4", {"aac", "mp3", "opus", "alac", "amrnb", "amr_nb", "amrwb", "amr_wb"})
PACKED: dict[str, tuple[str, str, set[str]]] = {
    "audio/ogg": ("ogg", "ogg", {"opus"}),
    "audio/mpeg": ("mp3", "mp3", {"mp3", "mp3float"}),
    "audio/aac": ("aac", "adts", {"aac"}),
    "audio/amr": ("amr", "amr", set()),  # between its frames anything may stand
    "audio/wav": ("wav", "wav", set()),
    "audio/mp4": ("mp4", *MP4),
    "video/mp4": ("mp4", *MP4),
    "video/quicktime": ("mp4", *MP4),
    "video/3gpp": ("mp4", "3gp", MP4[1]),
    "video/webm": ("matroska", "webm", set()),
}
FILM = {"h264", "hevc", "mpeg4", "h263"}
STILL = {"mjpeg", "png", "bmp", "gif", "webp", "tiff"}  # the picture on a record's sleeve


def prepare() -> None:
    """All of the library that packs, before the door is shut: it loads its parts when they are first needed."""
    import av

    for part in pkgutil.walk_packages(av.__path__, "av."):
        if part.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(part.name)


def main(kind: str, longest: str = str(LONGEST)) -> None:
    """`kind` is the type its first bytes show; `longest` so many seconds are packed, and no more."""
    import av

    reader, packer, _ = PACKED[kind]
    try:
        with av.open(sys.stdin.buffer, format=reader) as source:
            most = int(longest)
            if (source.duration or 0) > most * 1_000_000:
                sys.exit(TOO_LARGE)
            sound, film = chosen(source, kind)
            if film is None and sound.codec_context.name not in PACKED[kind][2]:
                about = {"type": "audio/ogg", "seconds": as_opus(source, sound, most)}
            else:
                about = {"type": told(kind, film), "seconds": packed(source, packer, [sound, film], most)}
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception:  # FFmpeg's libraries fail in many ways; to the reader it is one thing
        sys.exit(DAMAGED)
    words = json.dumps(about).encode()
    sys.stdout.buffer.seek(0, 2)
    sys.stdout.buffer.write(words + len(words).to_bytes(4, "big"))
    sys.stdout.buffer.flush()


def chosen(source: Any, kind: str) -> tuple[Any, Any]:
    """Its sound and its film; either may be None, not both. Raises ValueError."""
    sound = next((one for one in source.streams.audio if one.codec_context), None)
    films = [one for one in source.streams.video if one.codec_context and one.codec_context.name not in STILL]
    film = films[0] if films and kind.startswith("video/") else None
    if film is not None and (film.codec_context.name not in FILM or kind == "video/webm"):
        raise ValueError
    if sound is None and film is None:
        raise ValueError
    return sound, film


def told(kind: str, film: Any) -> str:
    """What it is now."""
    if film is None:
        return {"video/mp4": "audio/mp4", "video/quicktime": "audio/mp4"}.get(kind, kind)
    return "video/mp4" if kind == "video/quicktime" else kind


def packed(source: Any, packer: str, kept: list[Any], most: int) -> float:
    """Moves what is kept, packet by packet, into a new file. Returns how many seconds it lasts."""
    import av

    with av.open(sys.stdout.buffer, "w", format=packer, options=PLAIN | MORE.get(packer, {})) as target:
        streams = {one.index: target.add_stream_from_template(one) for one in kept if one is not None}
        first, last = None, 0.0
        for packet in source.demux([one for one in kept if one is not None]):
            if packet.dts is None:
                continue
            at = float(packet.dts * packet.time_base)
            first = at if first is None else first
            last = max(last, at + float((packet.duration or 0) * packet.time_base))
            if last - first > most:
                sys.exit(TOO_LARGE)
            packet.stream = streams[packet.stream_index]
            target.mux(packet)
        if first is None:
            raise ValueError
        return round(last - first, 3)


def as_opus(source: Any, sound: Any, most: int) -> float:
    """Sound that not every telephone plays, made into Opus for speech. Returns how many seconds it lasts."""
    import av

    sound.codec_context.thread_count = 1
    with av.open(sys.stdout.buffer, "w", format="ogg", options=PLAIN) as target:
        made = target.add_stream("libopus", rate=48_000, layout="mono")
        made.bit_rate, made.codec_context.thread_count = 24_000, 1
        even = av.AudioResampler("s16", "mono", 48_000)
        count = 0
        for packet in source.demux(sound):
            for frame in decoded(packet):
                frame.pts = None
                for part in even.resample(frame):
                    count += part.samples
                    if count > most * 48_000:
                        sys.exit(TOO_LARGE)
                    target.mux(made.encode(part))
        for part in even.resample(None):
            count += part.samples
            target.mux(made.encode(part))
        with contextlib.suppress(EOFError):
            target.mux(made.encode(None))
    if not count:
        raise ValueError
    return round(count / 48_000, 3)


def decoded(packet: Any) -> list[Any]:
    """The sound of one packet; none where it is broken, as when a call cut in."""
    import av

    try:
        return list(packet.decode())
    except av.FFmpegError:
        return []
