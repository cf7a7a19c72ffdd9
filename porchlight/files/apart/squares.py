"""A photo of a slip: what the squares on it say, one a line. The photo itself is not kept."""

from __future__ import annotations

import sys
from typing import Any

DAMAGED, TOO_LARGE = 3, 4
MOST_PIXELS = 40_000_000
SIDE = 2000  # pixels: a square that fills a tenth of the photo can still be read
READ = ("JPEG", "PNG", "WEBP")
MOST = 10


def prepare() -> None:
    """All that may be needed, before the door is shut: both libraries load parts when they are first needed."""
    from io import BytesIO

    from PIL import Image

    Image.init()
    for kind in READ:
        tried = BytesIO()
        Image.new("RGB", (40, 40), "white").save(tried, kind)
        squares(Image.open(tried, formats=READ))


def main() -> None:
    """Ends with nothing written where there is no square."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        picture = Image.open(sys.stdin.buffer, formats=READ)
        if picture.width * picture.height > MOST_PIXELS:
            sys.exit(TOO_LARGE)
        found = squares(picture)
    except (MemoryError, Image.DecompressionBombError):
        sys.exit(TOO_LARGE)
    except Exception:  # each library raises whatever its decoders do; to the reader it is one thing
        sys.exit(DAMAGED)
    sys.stdout.buffer.write("\n".join(found).encode())
    sys.stdout.buffer.flush()


def squares(picture: Any) -> list[str]:
    """The words of each square, upright or not."""
    import zxingcpp
    from PIL import ImageOps

    picture.draft("L", (SIDE, SIDE))
    upright = ImageOps.exif_transpose(picture).convert("L")
    upright.thumbnail((SIDE, SIDE))
    read = zxingcpp.read_barcodes(upright, formats=zxingcpp.BarcodeFormat.QRCode)
    return [" ".join(one.text.split()) for one in read[:MOST]]
