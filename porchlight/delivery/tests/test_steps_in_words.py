"""The steps of the ladder as colleagues read them: hours and days as their language says them."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.explaining import Gone, in_words
from porchlight.delivery.tests.cast import TUESDAY

SAID = {
    "en": [
        "text message 3.10 pm",
        "no sign by Wednesday 14 October 9 am",
        "text message arrived Wednesday 14 October 9.05 am",
    ],
    "ur": [
        "سہ پہر 3:10 بجے ایس ایم ایس",
        "بدھ 14 اکتوبر صبح 9 بجے تک کوئی جواب نہیں",
        "بدھ 14 اکتوبر صبح 9:05 بجے ایس ایم ایس پہنچ گیا",
    ],
    "es": [
        "mensaje de texto, 15:10",
        "sin señal hasta miércoles 14 de octubre 09:00",
        "mensaje de texto: llegó, miércoles 14 de octubre 09:05",
    ],
}


@pytest.mark.parametrize("language", SAID)
def test_hours_and_days_are_said_as_the_page_says_them(language: str) -> None:
    next_day = TUESDAY + timedelta(hours=17, minutes=50)
    gone = [
        Gone("twilio", "sms", Status.SENT, "", "", TUESDAY, None),
        Gone("twilio", "sms", Status.DELIVERED, "", "", next_day, next_day + timedelta(minutes=5)),
    ]
    with translation.override(language):
        assert in_words(gone, ZoneInfo("Europe/London")) == SAID[language]
