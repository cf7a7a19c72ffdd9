"""The school's own texts: keeping versions, and starting a notice from one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.models import Template, TemplateVersion
from porchlight.conversations.wording import PLACE
from porchlight.languages.models import KnownLanguage
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import scripts
from porchlight.toolbox.scripts import autonym


class TemplateRefused(ValueError):
    """A version cannot stand as it is; the message says what to mend."""


@transaction.atomic
def keep_version(
    *, template: Template, language: str, text: str, by: Actor, now: datetime
) -> TemplateVersion:
    """Write or rewrite the template in one language and script.

    Raises TemplateRefused when its places differ from those of the other versions.
    """
    places = set(PLACE.findall(text))
    for other in template.versions.exclude(language=language):
        missing = set(PLACE.findall(other.text)) ^ places
        if missing:
            names = ", ".join(f"{{{name}}}" for name in sorted(missing))
            raise TemplateRefused(
                _("The version in %(language)s and this one differ in %(places)s. Use the same places.")
                % {"language": autonym(other.language), "places": names}
            )
    unchecked = {"checked_by": None, "checked_name": "", "checked_at": None}
    if language == template.school.language:  # what the others were read against
        template.versions.update(**unchecked)
    version, _is_new = TemplateVersion.objects.update_or_create(
        school_id=template.school_id,
        template=template,
        language=language,
        defaults={"text": text, "written_by_id": by.post_id, "updated_at": now, **unchecked},
    )
    record("template.written", about=template, by=by, language=language)
    return version


def may_check(version: TemplateVersion, by: Actor) -> bool:
    """A colleague other than who wrote it, who reads and writes its language well. The school's own needs no reader."""
    if by.post_id is None or by.post_id == version.written_by_id or version.checked_at is not None:
        return False
    tongue = scripts.base(version.language)
    if tongue == scripts.base(version.template.school.language):
        return False
    known = KnownLanguage.objects.in_school(version.school_id).filter(staff=by.post_id, checks=True)
    return known.filter(language=tongue).exists()


@transaction.atomic
def check_version(version: TemplateVersion, *, by: Actor, now: datetime) -> None:
    """It says the same as the others. Raises TemplateRefused where it is not theirs to say."""
    if not may_check(version, by):
        raise TemplateRefused(_("Somebody who reads this language and did not write it may say so."))
    version.checked_by_id, version.checked_name, version.checked_at = by.post_id, "", now
    version.save(update_fields=["checked_by", "checked_name", "checked_at"])
    record("template.checked", about=version.template, by=by, language=version.language)


def read_version(version: TemplateVersion, *, text: str, name: str, by: Actor, now: datetime) -> None:
    """A parent whom the office trusts with the language has read it over, or said it better.

    `name`: as homes are told who read it.
    """
    version.text, version.checked_by, version.checked_name, version.checked_at = text, None, name, now
    version.save(update_fields=["text", "checked_by", "checked_name", "checked_at"])
    record("template.checked", about=version.template, by=by, language=version.language)


@transaction.atomic
def new_template(
    *, school: School, name: str, kind: str, texts: Mapping[str, str], by: Actor, now: datetime
) -> Template:
    """Keep a new text under a name, with a version for each language given."""
    template = Template.objects.create(school=school, name=name, kind=kind, created_at=now)
    for language, text in texts.items():
        keep_version(template=template, language=language, text=text, by=by, now=now)
    return template


def versions_of(template: Template) -> dict[str, Version]:
    """The template's versions by language tag, as notices use them."""
    return {
        row.language: Version(
            row.text,
            row.language,
            Provenance.SCHOOL_TEMPLATE,
            row.written_by.name if row.written_by else "",
            row.read_by,
        )
        for row in template.versions.select_related("written_by", "checked_by")
    }
