"""Who put words into the language they are in, as both sides read it: a machine is never passed off as a person."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from porchlight.languages.provenance import OURSELVES, Provenance


class Made(Protocol):
    """A version kept beside a message or a notice."""

    provenance: str
    by: str
    checked_by: str


def told_of(version: Made) -> str:
    """Of a version that is kept."""
    return provenance_words(version.provenance, version.by, version.checked_by)


def provenance_words(provenance: str, by: str, checked_by: str = "") -> str:
    """One short sentence, without its full stop."""
    made = Provenance(provenance)
    if made is Provenance.ENGINE:
        if checked_by:
            return _("Translated by a machine (%(engine)s), read over by %(name)s") % {
                "engine": by,
                "name": checked_by,
            }
        return _("Translated by a machine (%(engine)s); nobody has read it over") % {"engine": by}
    if made in {Provenance.LETTERS, Provenance.ENGINE_LETTERS}:
        return _lettered(made, by, checked_by)
    if made is Provenance.MEMORY:
        return (
            _("In words that %(name)s translated before") % {"name": by}
            if by
            else _("In words translated before")
        )
    if made is Provenance.SCHOOL_TEMPLATE and by and checked_by:
        names = {"name": by, "reader": checked_by}
        return _("Written for this school by %(name)s, read over by %(reader)s") % names
    if made is Provenance.SCHOOL_TEMPLATE and by:
        return _("Written for this school by %(name)s") % {"name": by}
    if by == OURSELVES and not checked_by:
        return _("Put into this language by Porchlight; nobody at school has read it over")
    if by:
        return _("Put into this language by %(name)s") % {"name": by}
    return _("Put into this language by the school")


def _lettered(made: Provenance, by: str, checked_by: str) -> str:
    if made is Provenance.ENGINE_LETTERS:
        words = _("Translated by a machine (%(engine)s), its letters by another") % {"engine": by}
    elif by:
        words = _("Put into other letters by a machine, from the words of %(name)s") % {"name": by}
    else:
        words = _("Put into other letters by a machine")
    if checked_by:
        return _("%(how)s; read over by %(name)s") % {"how": words, "name": checked_by}
    return _("%(how)s; nobody has read it over") % {"how": words}
