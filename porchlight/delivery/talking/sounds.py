"""Sound for one call: at an address nobody can guess, for a quarter of an hour, about this one delivery."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.talking import company, parts
from porchlight.delivery.talking.parts import Part
from porchlight.files.telephone import NotASound, for_telephone
from porchlight.languages.speech import NoVoice, spoken
from porchlight.schools.wall import school_context

SALT = "porchlight.delivery.sound"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
GOOD_FOR = 15 * 60  # seconds; no call lasts as long


def address_of(delivery: Delivery, part: Part) -> str:
    """Where the gateway fetches this part as sound. Signed: no other part, delivery or time can be made of it."""
    token = signing.dumps([delivery.school_id, delivery.reference, *part], salt=SALT, compress=True)
    return f"{settings.BASE_URL}/hooks/sound/{token}/"


@require_safe
def sound(request: HttpRequest, token: str) -> HttpResponse:
    """The sound itself, as WAV. Too late, taken back or not ours: all look alike."""
    try:
        school_id, reference, *part = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        with school_context(school_id):
            content = _content(school_id, reference, Part(*part))
    except (signing.BadSignature, ValueError, TypeError, LookupError, NoVoice, NotASound, OSError):
        return HttpResponse("no", status=404, content_type="text/plain", headers=HEADERS)
    return HttpResponse(content, content_type="audio/wav", headers=HEADERS)


def _content(school_id: int, reference: str, part: Part) -> bytes:
    """Raises LookupError for what is there no more."""
    rows = Delivery.objects.in_school(school_id).filter(reference=reference, parcel__withdrawn_at=None)
    rows = rows.exclude(stopped__in=[Stopped.RESTRICTED, Stopped.WITHDRAWN])
    delivery = rows.select_related("parcel__school", "parcel__guardian", "account").first()
    if delivery is None:
        raise LookupError
    recording = None if part.phrase else parts.recording_of(delivery)
    if recording is not None:
        return for_telephone(*recording)
    said = parts.said(delivery, part)
    if not part.phrase and (read := company.sound_of(delivery)) is not None:
        return for_telephone(read.path, read.seen_type)
    return spoken(said.text, said.language)
