"""A picture drawn anew: upright, no larger than a screen needs, and with nothing in it but what it shows."""

from __future__ import annotations

import contextlib
import json
import sys
from io import BytesIO
from typing import Any

DAMAGED, TOO_LARGE = 3, 4
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 8 * 2560  # of what is drawn; a longer strip is no photo
LARGEST_PNG = 2_000_000  # bytes: what is larger is a photo, and a tenth of that as JPEG
QUALITY = 82
READ = ("JPEG", "PNG", "WEBP", "GIF")


def prepare() -> None:
    """All of Pillow that may be needed, before the door is shut: it loads its parts when they are first needed."""
    from PIL import Image, ImageCms

    Image.init()
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in READ:
        tried = BytesIO()
        frames = [Image.new("RGB", (2, 2), colour) for colour in ("red", "blue")]
        more = {"save_all": True, "append_images": frames[1:]} if kind == "GIF" else {"icc_profile": colours}
        frames[0].save(tried, kind, **more)
        written(drawn(Image.open(tried, formats=READ), 1), kind == "PNG")


def main(side: str) -> None:
    """`side` is the longest it comes out with, in pixels."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        picture = Image.open(sys.stdin.buffer, formats=READ)
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            sys.exit(TOO_LARGE)
        plain = drawn(picture, int(side))
        content, kind = written(plain, picture.format in ("PNG", "GIF"))
    except (MemoryError, Image.DecompressionBombError):
        sys.exit(TOO_LARGE)
    except Exception:  # Pillow raises whatever its decoders do; to the reader it is one thing
        sys.exit(DAMAGED)
    about = json.dumps({"type": kind, "width": plain.width, "height": plain.height}).encode()
    sys.stdout.buffer.write(content + about + len(about).to_bytes(4, "big"))
    sys.stdout.buffer.flush()


def drawn(picture: Any, side: int) -> Any:
    """Its first frame as plain colours, upright."""
    from PIL import ImageOps

    picture.draft(None, (side, side))  # JPEG alone can be read smaller than it is
    profile = picture.info.get("icc_profile")
    has_holes = "transparency" in picture.info or "A" in picture.getbands()
    if picture.mode not in ("RGB", "RGBA", "L", "CMYK"):
        orientation = picture.getexif().get(0x0112, 1)
        picture = picture.convert("RGBA" if has_holes else "RGB")
        picture.getexif()[0x0112] = orientation
    elif "transparency" in picture.info:
        picture = picture.convert("RGBA")
    ImageOps.exif_transpose(picture, in_place=True)
    picture.thumbnail((side, side))
    plain = in_common_colours(picture, profile).convert("RGBA" if has_holes else "RGB")
    plain.info = {}
    if has_holes and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    return plain


def in_common_colours(picture: Any, profile: bytes | None) -> Any:
    """sRGB instead of a camera's own colours, since the description of those goes."""
    from PIL import ImageCms

    if profile and picture.mode in ("RGB", "CMYK"):
        with contextlib.suppress(ImageCms.PyCMSError, ValueError, TypeError, OSError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return picture


def written(plain: Any, was_drawing: bool) -> tuple[bytes, str]:
    """A photo as JPEG; what has holes, or was a drawing and is small, as PNG."""
    from PIL import Image

    out = BytesIO()
    if was_drawing or plain.mode == "RGBA":
        plain.save(out, "PNG")
        if out.tell() <= LARGEST_PNG:
            return out.getvalue(), "image/png"
        out = BytesIO()
        if plain.mode == "RGBA":
            paper = Image.new("RGB", plain.size, "white")
            paper.paste(plain, mask=plain.getchannel("A"))
            plain = paper
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), "image/jpeg"
