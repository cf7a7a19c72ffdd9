"""T16. What is kept of a photo or a recording shows and sounds as it did, and says nothing of who, where or with what."""

from __future__ import annotations

from io import BytesIO

import av
import pytest
from PIL import Image

from porchlight.files.cleaning import NotKept, Reason, cleaned
from porchlight.files.tests import real

CANARY = real.CANARY.encode()
# What cameras, telephones and editors call the places where they write, and what ours would write of itself.
MARKS = (
    CANARY,
    b"Exif",
    b"GPS",
    b"ICC_PROFILE",
    b"xmpmeta",
    b"Phone 12",
    b"tEXt",
    b"iTXt",
    b"eXIf",
    b"51.5007",
    b"+51.5",
)
MARKS_IN_SOUND = (
    CANARY,
    b"udta",
    b"meta",
    b"uuid",
    b"\xa9xyz",
    b"ID3",
    b"TAG",
    b"LIST",
    b"51.5007",
    b"+51.5",
)
# Where an MP4 could tell more, with nothing in it: the packer leaves the empty boxes.
EMPTY_IN_MP4 = bytes.fromhex(
    "0000003d75647461 000000356d65746100000000 0000002168646c7200000000000000006d6469726170706c000000000000000000"
    "00000008696c7374"
)


def clean(content: bytes, **how: int) -> tuple[bytes, str]:
    with cleaned(BytesIO(content), **how) as what:
        return what.content.read(), what.type


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_t16_no_mark_is_left_in_a_photo(kind: str) -> None:
    before = real.photo(kind, orientation=6)
    assert CANARY in before
    after, told = clean(before)
    assert [mark for mark in MARKS if mark in after] == []
    with Image.open(BytesIO(after)) as picture:
        assert (not picture.getexif(), Image.MIME[picture.format]) == (True, told)
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        # held upright: what was left is up, but for GIF, which cannot say how it was held
        upright = kind != "GIF"
        assert picture.size == ((64, 96) if upright else (96, 64))
        red, green, blue = picture.convert("RGB").getpixel((32, 10) if upright else (10, 32))
        assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_t16_grey_and_many_coloured_and_see_through_pictures_keep_how_they_look() -> None:
    after, told = clean(real.photo("PNG", mode="L", orientation=6))
    with Image.open(BytesIO(after)) as picture:
        assert (told, picture.size, picture.convert("L").getpixel((32, 10))) == ("image/png", (64, 96), 255)
    holes = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    holes.paste((0, 0, 255, 255), (0, 0, 20, 40))
    few, ink = BytesIO(), BytesIO()
    holes.quantize(8).save(few, "PNG")
    Image.new("CMYK", (40, 40), (0, 255, 255, 0)).save(ink, "JPEG")
    after, told = clean(few.getvalue())
    with Image.open(BytesIO(after)) as picture:
        assert (picture.getpixel((5, 5))[2:], picture.getpixel((35, 5))[3]) == ((255, 255), 0)
    after, told = clean(ink.getvalue())
    with Image.open(BytesIO(after)) as picture:
        assert (told, picture.mode, picture.getpixel((5, 5))[0] > 200) == ("image/jpeg", "RGB", True)


def test_t16_a_photo_is_no_larger_than_a_screen_needs() -> None:
    with cleaned(BytesIO(real.photo(size=(4000, 1000))), side=1600) as what:
        assert (what.width, what.height, what.type) == (1600, 400, "image/jpeg")


@pytest.mark.parametrize(
    "content",
    [
        real.recording("ogg", "libopus"),
        real.recording("ipod", "aac"),
        real.recording("mov", "aac"),
        real.recording("mp3", "libmp3lame", rate=16_000) + b"TAG" + CANARY.ljust(125, b"\0"),
        real.recording("adts", "aac") + CANARY,
        real.recording("webm", "libopus"),
        real.speech_amr() + CANARY,
        real.wave(),
        real.film(),
    ],
    ids=["opus", "m4a", "mov", "mp3", "aac", "webm", "amr", "wav", "film"],
)
def test_t16_no_mark_is_left_in_a_recording(content: bytes) -> None:
    assert CANARY in content
    after, told = clean(content)
    assert [mark for mark in MARKS_IN_SOUND if mark in after.replace(EMPTY_IN_MP4, b"")] == []
    assert told in {"audio/ogg", "audio/mp4", "audio/mpeg", "audio/aac", "video/mp4"}
    with av.open(BytesIO(after)) as again:
        assert sum(1 for _frame in again.decode()) > 4  # it plays


def test_t16_what_lies_between_the_parts_of_an_mp4_is_gone() -> None:
    hidden = len(CANARY) + 8
    plain = real.recording("ipod", "aac")
    content = plain + b"".join(
        hidden.to_bytes(4, "big") + name + CANARY for name in (b"free", b"skip", b"uuid", b"abcd")
    )
    after, _told = clean(content)
    assert CANARY not in after


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!doctype html><script>alert(1)</script>", Reason.KIND),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', Reason.KIND),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, Reason.KIND),
        (b"MZ" + b"\0" * 80, Reason.KIND),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            Reason.KIND,
        ),  # an old Word or Excel file, which may hold a program
        (b"", Reason.KIND),
        (real.office("a/b"), Reason.KIND),
        (real.office(**{"word/vbaProject.bin": b"x"}), Reason.KIND),
        (
            real.office(types=b'<Override ContentType="application/vnd.ms-word.document.macroEnabled"/>'),
            Reason.KIND,
        ),
        (b"PK\x03\x04 and no more", Reason.DAMAGED),
        (real.photo()[:300], Reason.DAMAGED),
        (b"ID3" + b"\0" * 80, Reason.DAMAGED),
        (b"OggS" + b"\0" * 80, Reason.DAMAGED),
    ],
)
def test_what_is_none_we_take_is_refused_with_its_reason(content: bytes, reason: Reason) -> None:
    with pytest.raises(NotKept) as refused:
        clean(content)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (real.PDF, "application/pdf"),
        (real.office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (real.office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (real.office("mimetype", first=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
    ],
)  # fmt: skip
def test_a_document_stays_what_it_is(content: bytes, kind: str) -> None:
    assert clean(content) == (content, kind)
