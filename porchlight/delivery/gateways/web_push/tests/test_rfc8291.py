"""RFC 8291's own example, letter by letter (section 5, and its steps in appendix A); and what a browser gives us."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from porchlight.delivery.gateways.web_push import vapid
from porchlight.delivery.gateways.web_push.encryption import MOST, RECORD, encrypted, point_of
from porchlight.delivery.gateways.web_push.subscription import (
    NotASubscription,
    Subscription,
    from_base64,
    to_base64,
)
from practice.push_browser import Keys, Unreadable

WORDS = b"When I grow up, I want to be a watermelon"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
THEIR_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
OUR_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
OURS = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
BROWSER = Subscription("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", THEIRS, SECRET)


def private(written: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(from_base64(written)), ec.SECP256R1())


def test_the_example_of_the_rfc_comes_out_to_the_letter() -> None:
    ours = private(OUR_PRIVATE)
    assert to_base64(point_of(ours.public_key())) == OURS
    assert to_base64(encrypted(WORDS, BROWSER, ours=ours, salt=from_base64(SALT))) == BODY


def test_the_towns_browser_opens_the_example_and_nothing_that_was_changed() -> None:
    browser = Keys(private(THEIR_PRIVATE), from_base64(SECRET))
    body = from_base64(BODY)
    assert browser.opened(body) == WORDS
    for place in (0, 20, 40, 90, len(body) - 1):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(Unreadable):
            browser.opened(changed)
    with pytest.raises(Unreadable):
        Keys().opened(body)


def test_two_notes_with_the_same_words_have_nothing_in_common_and_fill_one_record_at_most() -> None:
    browser = Keys(private(THEIR_PRIVATE), from_base64(SECRET))
    first, second = encrypted(WORDS, BROWSER), encrypted(WORDS, BROWSER)
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]
    assert first[86:] != second[86:]
    longest = encrypted(b"x" * MOST, BROWSER)
    assert (len(longest), browser.opened(longest)) == (RECORD, b"x" * MOST)


def given(**changes: object) -> str:
    said = {"endpoint": BROWSER.endpoint, "expirationTime": None, "keys": {"p256dh": THEIRS, "auth": SECRET}}
    return json.dumps({**said, **changes})


def test_what_a_browsers_script_says_is_kept_on_a_line() -> None:
    assert Subscription.of_browser(given()) == BROWSER
    assert Subscription.on_line(BROWSER.line) == BROWSER
    assert Subscription.of_browser(given(keys={"p256dh": THEIRS + "=", "auth": SECRET + "=="})) == BROWSER


@pytest.mark.parametrize(
    "written",
    [
        "", "null", "[]", "{}", "[" * 9999, given(keys=None), given(endpoint=None), given(endpoint="a b"),
        given(keys={"p256dh": "", "auth": SECRET}), given(keys={"p256dh": THEIRS, "auth": "c2hvcnQ"}),
        given(keys={"p256dh": 5, "auth": SECRET}), given(keys={"p256dh": "!" * 87, "auth": SECRET}),
        given(endpoint="https://push.example.net/" + "x" * 1000), given(endpoint="https://push.example.net/é"),
    ],
)  # fmt: skip
def test_what_no_browser_says_is_none(written: str) -> None:
    with pytest.raises(NotASubscription):
        Subscription.of_browser(written)


def test_a_point_beside_the_curve_is_no_key() -> None:
    beside = to_base64(b"\x04" + b"\x01" * 64)
    with pytest.raises(NotASubscription):
        encrypted(WORDS, BROWSER._replace(key=beside))


def test_a_school_s_key_is_its_own_and_opens_only_whole() -> None:
    made = vapid.new_key()
    key = vapid.key_in({vapid.SECRET: made})
    assert len(from_base64(vapid.public_of(key))) == 65
    assert vapid.public_of(key) != vapid.public_of(vapid.key_in({vapid.SECRET: vapid.new_key()}))
    for wrong in ("", "wrong", made[:-2], to_base64(bytes(32))):
        with pytest.raises(vapid.NoKey):
            vapid.key_in({vapid.SECRET: wrong})
