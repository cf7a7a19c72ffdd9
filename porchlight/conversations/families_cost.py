"""What a message costs the family it comes to: to get it, to answer it, to open the page behind it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from porchlight.delivery.rendering import Rendered
from porchlight.schools.law.followed import law_of
from porchlight.schools.law.reading import Receiving
from porchlight.schools.models import School

PAGE = (
    14  # KB, the most a family's page weighs with its stylesheet; tests/test_family_weight.py holds it there
)


def of_a_text(school: School) -> str:
    """For colleagues: getting and answering one by text message."""
    free = law_of(school).receiving.value is Receiving.FREE
    getting = _("Getting it costs a family nothing.") if free else _("Some families pay to get it.")
    return f"{getting} {_answering(school)}"


def of_this(body: Rendered, school: School) -> list[str]:
    """For colleagues, of the words one home gets."""
    said = [of_a_text(school)] if body.segments else []
    if "https://" in body.as_sent or "http://" in body.as_sent:
        said.append(_("Opening its page takes at most %(size)s KB of data.") % {"size": PAGE})
    return said


def told_at_home(school: School) -> str:
    """For the family itself, on its own page."""
    free = law_of(school).receiving.value is Receiving.FREE
    getting = (
        _("Our texts cost you nothing to get.")
        if free
        else _("Your network may take money for getting our texts.")
    )
    answering = (
        _("Answering by text costs you about %(cost)s.") % {"cost": school.text_costs}
        if school.text_costs
        else _("Answering by text costs you one text.")
    )
    page = _("A page like this takes at most %(size)s KB of data.") % {"size": PAGE}
    return f"{getting} {answering} {page}"


def _answering(school: School) -> str:
    if school.text_costs:
        return _("Answering by text costs a family about %(cost)s.") % {"cost": school.text_costs}
    return _("Answering by text costs a family one text.")
