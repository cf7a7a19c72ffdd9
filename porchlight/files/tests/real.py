"""Real photos, recordings and documents as telephones make them, with all that telephones write into them."""

from __future__ import annotations

import struct
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import av
from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = "CANARY-9-Garden-Lane"
TOLD = {"title": CANARY, "comment": CANARY, "artist": CANARY, "location": "+51.5007-000.1246/"}


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: who, with what, how it was held, and where."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F], told[0x0110], told[0x9286] = CANARY, "Phone 12", b"ASCII\0\0\0" + CANARY.encode()
    told.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 2.5), 3: "W", 4: (0.0, 7.0, 28.5)})
    return told


@cache
def photo(
    kind: str = "JPEG", *, size: tuple[int, int] = (96, 64), orientation: int = 1, mode: str = "RGB"
) -> bytes:
    """Red on the left, blue on the right; with every sort of note that the format can hold."""
    picture = Image.new(mode, size, "blue" if mode == "RGB" else 0)
    picture.paste("red" if mode == "RGB" else 255, (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    notes: dict[str, Any] = {"exif": exif(orientation), "xmp": f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode()}
    if kind == "JPEG":
        notes["comment"] = CANARY.encode()
    if kind == "PNG":
        notes["pnginfo"] = PngInfo()
        notes["pnginfo"].add_text("Comment", CANARY)
        notes["pnginfo"].add_itxt("XML:com.adobe.xmp", CANARY)
    picture.save(out, kind, **({"comment": CANARY} if kind == "GIF" else notes))
    return out.getvalue() + CANARY.encode()  # and something after the end


@cache
def recording(packer: str, codec: str, *, rate: int = 48_000, seconds: float = 1.0) -> bytes:
    """A tone with a title, a comment, a name and a place."""
    out = BytesIO()
    with av.open(
        out, "w", format=packer, options={"movflags": "use_metadata_tags"} if packer == "mov" else {}
    ) as target:
        target.metadata.update(TOLD)
        stream = target.add_stream(codec, rate=rate, layout="mono")
        even = av.AudioResampler(
            stream.codec_context.format, "mono", rate, stream.codec_context.frame_size or 1024
        )
        frame = av.AudioFrame("s16", "mono", int(rate * seconds))
        frame.sample_rate, frame.pts = rate, 0
        frame.planes[0].update(
            (b"\0\x20" * 40 + b"\0\xe0" * 40) * (frame.planes[0].buffer_size // 160)
            + b"\0" * (frame.planes[0].buffer_size % 160)
        )
        for part in [*even.resample(frame), *even.resample(None), None]:
            target.mux(stream.encode(part))
    return out.getvalue()


@cache
def film() -> bytes:
    """Half a second of colours with sound, and where it was taken."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as target:
        target.metadata.update(TOLD)
        stream = target.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(5):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (50 * number, 90, 30)))
            frame.pts = number
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def speech_amr(seconds: float = 1.0) -> bytes:
    """AMR frames of silence, as old telephones record (RFC 4867, 5)."""
    return b"#!AMR\n" + (b"\x3c" + b"\0" * 31) * round(seconds * 50)


def wave(seconds: float = 1.0, *, rate: int = 8_000, claimed: int | None = None) -> bytes:
    sound = b"\x00\x10" * round(rate * seconds)
    size = len(sound) if claimed is None else claimed
    note = b"ICMT" + struct.pack("<I", 20) + CANARY.encode()[:20]
    listed = b"LIST" + struct.pack("<I", 4 + len(note)) + b"INFO" + note
    head = struct.pack(
        "<4sI4s4sIHHIIHH", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16
    )
    return head + listed + b"data" + struct.pack("<I", size) + sound


def office(part: str = "word/document.xml", *, first: bytes = b"<document/>", **more: bytes) -> bytes:
    """A document of an office program, as far as anybody here looks."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(part, first)
        archive.writestr("[Content_Types].xml", more.pop("types", b"<Types/>"))
        for name, content in more.items():
            archive.writestr(name, content)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@cache
def telephone_film(
    packer: str = "mp4",
    codec: str = "libx264",
    *,
    seconds: float = 2.0,
    size: tuple[int, int] = (960, 540),
    held: int = 0,
    sound: str = "aac",
) -> bytes:
    """Red on the left, blue on the right, with a tone; `held`: turned by so many degrees, as a telephone writes it."""
    out = BytesIO()
    options = {"movflags": "use_metadata_tags"} if packer == "mp4" else {}
    with av.open(out, "w", format=packer, options=options) as target:
        target.metadata.update(TOLD)
        seen = target.add_stream(codec, rate=30)
        seen.width, seen.height, seen.pix_fmt = *size, "yuv420p"
        heard = target.add_stream(sound, rate=48_000, layout="mono")
        picture = Image.new("RGB", size, "blue")
        picture.paste("red", (0, 0, size[0] // 2, size[1]))
        for _number in range(int(30 * seconds)):
            target.mux(seen.encode(av.VideoFrame.from_image(picture)))
        target.mux(seen.encode(None))
        tone = av.AudioFrame("s16", "mono", int(48_000 * seconds))
        tone.sample_rate, tone.pts = 48_000, 0
        even = av.AudioResampler(
            heard.codec_context.format, "mono", 48_000, heard.codec_context.frame_size or 960
        )
        for part in even.resample(tone):
            target.mux(heard.encode(part))
        target.mux(heard.encode(None))
    content = bytearray(out.getvalue())
    if held == 90:  # the matrix in the head of the first track (ISO 14496-12, 8.3.2)
        place = content.find(b"tkhd") + 4 + 40
        content[place : place + 36] = struct.pack(
            ">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, size[1] << 16, 0, 1 << 30
        )
    return bytes(content)
