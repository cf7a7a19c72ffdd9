"""The school's own texts: keeping versions, and starting a notice from one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.models import Template, TemplateVersion
from porchlight.conversations.wording import PLACE
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
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
    version, _is_new = TemplateVersion.objects.update_or_create(
        school_id=template.school_id,
        template=template,
        language=language,
        defaults={"text": text, "written_by_id": by.post_id, "updated_at": now},
    )
    record("template.written", about=template, by=by, language=language)
    return version


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
            row.text, row.language, Provenance.SCHOOL_TEMPLATE, row.written_by.name if row.written_by else ""
        )
        for row in template.versions.select_related("written_by")
    }
