"""A colleague's film is made small, the right way up, and says nothing of who filmed it, where and with what."""

from __future__ import annotations

from io import BytesIO

import av
import pytest

from porchlight.files.cleaning import NotKept, Reason
from porchlight.files.filming import FilmRule, small
from porchlight.files.tests import real

RULE = FilmRule(seconds=5, size=400_000)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (real.telephone_film(), (640, 360)),
        (real.telephone_film("3gp", "mpeg4", size=(352, 288)), (352, 288)),
        (real.telephone_film("webm", "libvpx", sound="libopus", size=(320, 240)), (320, 240)),
        (real.telephone_film(held=90), (360, 640)),
    ],
    ids=["mp4", "3gp", "webm", "held upright"],
)
def test_it_becomes_a_small_one_that_every_telephone_plays(content: bytes, size: tuple[int, int]) -> None:
    with small(BytesIO(content), RULE) as made:
        kept = made.content.read()
        assert (made.type, made.width, made.height) == ("video/mp4", *size)
        assert made.seconds == pytest.approx(2, abs=0.2)
    assert real.CANARY.encode() not in kept
    assert b"51.5007" not in kept
    assert kept.find(b"moov") < kept.find(b"mdat")  # it begins to play before all of it came
    assert len(kept) <= RULE.size
    with av.open(BytesIO(kept)) as film:
        codecs = [stream.codec_context.name for stream in film.streams]
        assert sorted(codecs) == ["aac", "h264"]
        assert not film.metadata.get("title")
        picture = next(film.decode(video=0)).to_image()
    corners = [picture.getpixel(place) for place in ((4, 4), (size[0] - 5, size[1] - 5))]
    if size[0] > size[1]:  # red on the left, blue on the right; held upright, red is on top
        assert [corner[0] > 150 for corner in corners] == [True, False]
    assert [corner[2] > 150 for corner in corners] == [False, True]


@pytest.mark.parametrize(
    ("content", "rule", "reason"),
    [
        (real.telephone_film(), FilmRule(seconds=1, size=400_000), Reason.TOO_LONG),
        (real.telephone_film(), FilmRule(seconds=0), Reason.KIND),
        (real.telephone_film(), FilmRule(seconds=5, size=9_000), Reason.TOO_LARGE),
        (real.telephone_film()[:3000], RULE, Reason.DAMAGED),
        (real.recording("webm", "libopus"), RULE, Reason.KIND),
    ],
    ids=["too long", "none taken", "cannot be so small", "broken", "sound alone"],
)
def test_what_it_cannot_be_is_said(content: bytes, rule: FilmRule, reason: Reason) -> None:
    with pytest.raises(NotKept) as refused, small(BytesIO(content), rule):
        pass
    assert refused.value.reason == reason
