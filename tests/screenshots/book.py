"""The pictures of the docs: made small, and the page that names each in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from tests.house import ROOT
from tests.screenshots.shots import Shot

FOLDER = ROOT / "docs" / "screenshots"
PAGE = FOLDER / "README.md"
MOST = 2_000_000  # bytes the folder may weigh: everybody who clones the house carries it
COLOURS = 96  # flat colours and soft edges of letters need no more
TALLEST = {360: 1500, 1280: 1700}  # of a longer page, the docs show the beginning

HEAD = """\
<!-- Written by `make screenshots` from tests/screenshots: change the shots, not this page. -->

# Screenshots

Maple Street School after a fortnight: taken by a test that plays those two weeks through the practice town, on a
clock that stands at Tuesday 20 October, ten past three. Every page is pictured in both widths, light, dark and
in Urdu when `make screenshots` runs; these tell the story.
"""


def pictures(shots: tuple[Shot, ...]) -> Mapping[str, Shot]:
    """By file name, in the order they are told."""
    return {f"{shot.name}-{view}.webp": shot for shot in shots for view in shot.docs}


def page(shots: tuple[Shot, ...]) -> str:
    """The page beside the pictures."""
    parts = [HEAD]
    for shot in shots:
        if shot.told:
            shown = "\n".join(f"![{shot.told}]({shot.name}-{view}.webp)" for view in shot.docs)
            parts.append(f"## {shot.title}\n\n{shot.told}\n\n{shown}\n")
    return "\n".join(parts)


def write(shots: tuple[Shot, ...], taken: Path) -> None:
    """Every picture anew from those just taken, and the page; what is told no longer goes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pictures(shots)
    for old in FOLDER.glob("*.webp"):
        if old.name not in wanted:
            old.unlink()
    for name in wanted:
        small(taken / name.replace(".webp", ".png"), FOLDER / name)
    PAGE.write_text(page(shots))


def small(source: Path, target: Path) -> None:
    """A palette, and no loss after it: letters stay sharp and a page weighs 20 to 90 KB."""
    with Image.open(source) as whole:
        picture = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, TALLEST[whole.width])))
    flat = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.convert("RGB").save(target, lossless=True, quality=90, method=5)
