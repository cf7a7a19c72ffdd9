"""The stylesheet keeps the design's promises: tokens, contrast, weight, one dark theme, logical sides."""

import gzip
import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static" / "design" / "porchlight.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(")


def block(start: str) -> str:
    """What stands between the braces after this."""
    return RULES.split(start, 1)[1].split("}", 1)[0]


def tokens(text: str) -> dict[str, str]:
    """Custom properties that are plain colours."""
    return dict(re.findall(r"(--[\w-]+):(#[0-9a-fA-F]{3,6})\b", text))


LIGHT = tokens(block(":root{"))
DARK = {**LIGHT, **tokens(block("[data-theme=dark]{"))}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WORDS = [
    *(("--ink", ground) for ground in ("--ground", "--card", "--wash", "--glow", "--sunk", "--info-w")),
    *(("--ink-2", ground) for ground in ("--ground", "--card", "--wash", "--sunk", "--info-w")),
    *(("--door", ground) for ground in ("--ground", "--card", "--wash", "--info-w")),
    ("--on-door", "--door"),
    ("--lamp-ink", "--lamp"),
    ("--on-sky", "--sky"),
    ("--on-sky-2", "--sky"),
    *((f"--{tone}", f"--{tone}-w") for tone in ("good", "care", "info")),
    ("--care", "--card"),
    ("--paper-ink", "--paper"),
    ("--paper-ink-2", "--paper"),
]
EDGES = [
    *(("--lamp-step", ground) for ground in ("--ground", "--card", "--wash")),
    *(("--edge", ground) for ground in ("--ground", "--card")),
    ("--lamp", "--sky"),
    ("--low-sky", "--sky"),
    ("--off-sky", "--sky"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), WORDS)
def test_words_can_be_read(theme: str, front: str, back: str) -> None:
    palette = LIGHT if theme == "light" else DARK
    assert contrast(palette[front], palette[back]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_and_shapes_can_be_seen(theme: str, front: str, back: str) -> None:
    palette = LIGHT if theme == "light" else DARK
    assert contrast(palette[front], palette[back]) >= 3


def test_the_measure_of_contrast_is_right() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#fff"), 2) == 4.48


def test_the_two_dark_themes_are_the_same() -> None:
    by_device = block(":root:not([data-theme=light]){").strip()
    by_choice = block("[data-theme=dark]{").replace("color-scheme:dark;", "").strip()
    assert by_device == by_choice
    assert len(tokens(by_device)) > 20


def test_every_colour_is_a_token() -> None:
    declarations = re.findall(r"[{;]\s*([\w-]+)\s*:([^;{}]*)", RULES)
    raw = [
        f"{name}:{value}"
        for name, value in declarations
        if not name.startswith("--") and COLOUR.search(value)
    ]
    assert len(declarations) > 500
    assert raw == []


def test_every_token_that_is_used_exists() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", RULES))
    made = set(re.findall(r"(--[\w-]+)\s*:", RULES))
    assert used - made == set()


def test_sides_are_logical() -> None:
    physical = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|text-align:(?:left|right)", RULES
    )
    assert physical == []
    assert re.findall(r"[;{](?:left|right|top|bottom|width|height):", RULES) == []


def test_roman_urdu_is_not_dressed_as_nastaliq() -> None:
    dressed = [
        rule
        for rule in re.findall(r"[^{}]+(?=\{)", RULES)
        if "[lang|=ur]" in rule and "html[lang|=ur]" not in rule
    ]
    assert dressed
    assert all("[lang|=ur]:not([lang*=latn i])" in rule for rule in dressed)


def test_the_stylesheet_is_light() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 12 * 1024


def test_where_we_are_among_buttons_is_told_by_a_mark_and_not_by_colour_alone() -> None:
    assert "background:var(--wash)" in block(".btn[aria-current]{")
    assert block(".btn[aria-current]::before{") == r'content:"\2713"'


def test_words_that_stand_in_an_empty_field_are_as_dark_as_quiet_words() -> None:
    assert block("::placeholder{") == "color:var(--ink-2);opacity:1"


def test_latin_letters_on_an_urdu_page_keep_their_own_spaces_and_stops() -> None:
    assert block("html[lang|=ur]:not([lang*=latn i]) bdi{") == "font-family:Latin,var(--f)"
    assert block('html[lang|=ur]:not([lang*=latn i]) [lang=""]{').startswith("--f:Latin,var(--urdu)")
    faces = [face for face in RULES.split("@font-face{")[1:] if face.startswith("font-family:Latin")]
    assert [("font-weight:700" in face, "url(" in face.split("}")[0]) for face in faces] == [
        (False, False),  # what the phone has: nothing is fetched
        (True, False),
    ]
