"""What follows from the law that a school follows, in plain words, each with the sort of its rule and its source."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from porchlight.schools.law.followed import law_of
from porchlight.schools.law.reading import Authority, Figure, KeptAwayBy, Profile, Receiving, Rule
from porchlight.toolbox.places import countries

if TYPE_CHECKING:
    from porchlight.schools.models import School

RULES: dict[Rule, Promise] = {
    Rule.LAW: gettext_lazy("Law"),
    Rule.CARRIER: gettext_lazy("Asked by the networks"),
    Rule.GUIDANCE: gettext_lazy("Guidance"),
    Rule.CHOICE: gettext_lazy("Our choice: the law names no figure"),
}
AUTHORITIES: dict[Authority, Promise] = {
    Authority.STATE: gettext_lazy("the office that your state names"),
    Authority.INFORMATION_COMMISSIONER: gettext_lazy("the Information Commissioner"),
    Authority.DATA_PROTECTION_AUTHORITY: gettext_lazy("the data protection authority of your country"),
    Authority.DATA_PROTECTION_COMMISSION: gettext_lazy("the Personal Data Protection Commission"),
    Authority.PRIVACY_COMMISSIONER: gettext_lazy("the Privacy Commissioner"),
    Authority.FAMILIES: gettext_lazy("the families it is about"),
}
KEPT_AWAY: dict[KeptAwayBy, Promise] = {
    KeptAwayBy.COURT: gettext_lazy("Both parents are written to and may ask, unless a court says otherwise."),
    KeptAwayBy.ORDER: gettext_lazy(
        "Both parents are written to and may ask, unless a court’s order, a statute or a binding document takes "
        "that away."
    ),
}
RECEIVING: dict[Receiving, Promise] = {
    Receiving.FREE: gettext_lazy("A text message costs a family nothing to get."),
    Receiving.MAY_COST: gettext_lazy("A text message may cost a family something to get: some phones pay."),
}


class Effect(NamedTuple):
    """One line of the page."""

    words: str
    rule: Promise
    source: str


def effects(school: School) -> list[Effect]:
    """Everything that the law a school follows does here."""
    law = law_of(school)
    told: list[tuple[str, Figure[object]]] = [
        (quiet_words(law), law.quiet),
        (age_words(law, school.country), law.agrees_from),
        (adult_words(law), law.adult),
        (str(KEPT_AWAY[law.kept_away_by.value]), law.kept_away_by),
        (copies_words(law), law.copies),
        (breach_words(law), law.breach),
        *((stop_words(figure), figure) for figure in law.stop),
        (emergency_words(law), law.emergency),
        (str(RECEIVING[law.receiving.value]), law.receiving),
    ]
    return [Effect(words, RULES[figure.rule], figure.source) for words, figure in told]


def quiet_words(law: Profile) -> str:
    """When homes are left in peace."""
    hours = law.quiet.value
    return _(
        "Nothing that can wait is sent between %(since)s and %(until)s on the home’s clock. The school’s own quiet "
        "hours may be longer, never shorter."
    ) % {"since": _clock(hours.since), "until": _clock(hours.until)}


def age_words(law: Profile, country: str) -> str:
    """When a student says yes alone."""
    age = law.age_to_agree(country)
    return _(
        "From %(age)s on, a student may agree to a sign-in of their own. Before that, a parent agrees."
    ) % {"age": age}


def adult_words(law: Profile) -> str:
    """When a student's copy is theirs to ask for."""
    return _(
        "From %(age)s on, a student is an adult: a copy of what is kept about them is theirs to ask for."
    ) % {"age": law.adult.value}


def copies_words(law: Profile) -> str:
    """How long an answer may take."""
    days = law.copies.value
    return ngettext(
        "Who asks for a copy, or to be forgotten, is answered within %(n)s day.",
        "Who asks for a copy, or to be forgotten, is answered within %(n)s days.",
        days,
    ) % {"n": days}


def breach_words(law: Profile) -> str:
    """What to do when something got out."""
    told = law.breach.value
    return _("If something got out that should not have: tell %(whom)s within %(hours)s hours.") % {
        "whom": AUTHORITIES[told.whom],
        "hours": told.hours,
    }


def stop_words(figure: Figure[tuple[str, ...]]) -> str:
    """The words that always count."""
    return _("Whoever answers %(words)s gets no more messages, at once.") % {
        "words": ", ".join(word.upper() for word in figure.value)
    }


def emergency_words(law: Profile) -> str:
    """What is said at night."""
    return _("At night families read %(numbers)s, unless the school has written its own numbers.") % {
        "numbers": ", ".join(law.emergency.value)
    }


def place_words(law: Profile, language: str) -> str:
    """“United Kingdom”: the place whose law it is."""
    if law.is_for_elsewhere:
        return _("European Union, and wherever no other law is written down yet")
    names = dict(countries(language))
    return names.get(_code(law), law.name)


def _code(law: Profile) -> str:
    """The ISO code of the place a profile is named for."""
    return "GB" if law.name == "uk" else law.name.upper()


def _clock(moment: time) -> str:
    return time_format(moment, "H:i")
