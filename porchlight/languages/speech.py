"""Words as sound, by the voice that this machine has: espeak-ng, which many languages are written for.

It reads a language in its usual script. Roman Urdu it would spell out, and Pashto it does not know at all: there a
person has to speak. Which languages it has is its own list (`espeak-ng --voices`), checked by a test where it is
installed; those that the house knows stand here, so that a page can say what there is without starting a program.
"""

from __future__ import annotations

import contextlib
import resource
import shutil
import struct
import subprocess
from functools import cache

from porchlight.toolbox import scripts

PROGRAM = "espeak-ng"
# Our tag → its voice. A tag stands for a language in its usual script.
AS_WE_CALL_THEM = (
    *(
        "am",
        "ar",
        "bg",
        "bn",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "et",
        "fa",
        "fi",
        "gu",
        "he",
        "hi",
        "hr",
        "ht",
        "hu",
    ),
    *(
        "hy",
        "id",
        "it",
        "ja",
        "ka",
        "ko",
        "lt",
        "lv",
        "mi",
        "mk",
        "ml",
        "mr",
        "ms",
        "my",
        "ne",
        "nl",
        "pl",
        "pt",
        "ro",
    ),
    *("ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "vi"),
)
VOICES = {
    **{tag: tag for tag in AS_WE_CALL_THEM},
    "en": "en-gb",
    "fr": "fr-fr",
    "zh": "cmn",
    "zh-Hans": "cmn",
    "zh-Hant": "cmn",
    "yue": "yue",
    "pa-Guru": "pa",
}
PACE = 135  # words a minute: slower than its own pace, for a telephone
LONGEST = 6_000  # letters; more than ten minutes nobody listens to
PATIENCE = 20.0  # seconds
MEMORY, COMPUTING, LARGEST = 512 << 20, 15, 64 << 20  # bytes, seconds and bytes that the program may take
HEADER = 44  # bytes before the sound itself


# Letters it reads in a second at that pace, measured with notices of a few lines; by script (ISO 15924).
LETTERS_A_SECOND = {"Arab": 9.0, "Hans": 2.2, "Hant": 2.2, "Hani": 2.2, "Jpan": 4.0, "Kore": 4.0}
OTHERWISE = 11.5


class NoVoice(LookupError):
    """This machine has no voice for the language, in this script."""


def voice_for(tag: str) -> str:
    """The name of the voice that reads this language (BCP-47); empty where there is none on this machine."""
    wanted = scripts.normal(tag)
    found = VOICES.get(wanted, "")
    if not found and scripts.script(wanted) == scripts.script(scripts.base(wanted)):
        found = VOICES.get(scripts.base(wanted), "")
    return found if found and is_here() else ""


@cache
def is_here() -> bool:
    """Whether the program is installed."""
    return shutil.which(PROGRAM) is not None


def seconds(text: str, tag: str) -> float:
    """About how long it takes to read these words out."""
    return len(text[:LONGEST]) / LETTERS_A_SECOND.get(scripts.script(tag), OTHERWISE)


def spoken(text: str, tag: str) -> bytes:
    """The words as WAV, 22,050 samples a second, 16 bits, one channel. Raises NoVoice."""
    voice = voice_for(tag)
    if not voice:
        raise NoVoice(tag)
    made = _by_the_program(text[:LONGEST].encode(errors="replace"), voice)
    if len(made) <= HEADER or made[:4] != b"RIFF":
        raise NoVoice(tag)
    return _measured(made)


def _by_the_program(words: bytes, voice: str) -> bytes:
    """What it wrote: nothing where it took more than it may. Its limits are set before it is given a word."""
    with subprocess.Popen(  # noqa: S603 - a program of the system, which gets its words as input and names no file
        [shutil.which(PROGRAM) or PROGRAM, "-v", voice, "-s", str(PACE), "-b", "1", "--stdin", "--stdout"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:
        _keep_small(program.pid)
        try:
            return program.communicate(words, timeout=PATIENCE)[0]
        except subprocess.TimeoutExpired:
            program.kill()
            return b""


def _keep_small(pid: int) -> None:
    """Linux alone lets us do so from outside; elsewhere the clock is all there is."""
    if not hasattr(resource, "prlimit"):
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, COMPUTING),
        (resource.RLIMIT_FSIZE, LARGEST),
    ):
        with contextlib.suppress(ValueError, OSError):  # it may be over already
            resource.prlimit(pid, kind, (most, most))


def _measured(made: bytes) -> bytes:
    """With its true lengths in the header: into a pipe the program writes that it does not know them."""
    sound = made[HEADER:]
    lengths = struct.pack("<I", HEADER - 8 + len(sound)), struct.pack("<I", len(sound))
    return made[:4] + lengths[0] + made[8:40] + lengths[1] + sound
