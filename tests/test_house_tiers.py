"""Every field that holds somebody's words or particulars says how far it may travel."""

from django.db import models

from porchlight.schools.install import tenant_models
from porchlight.schools.tiers import Tier

WORDY = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)
# Codes and ids that the software makes or a roster brings; no person's words are in them.
CODES = {
    *{"key", "source_id", "provider_id", "provider_key", "reference", "route_key"},
    *{
        "kind",
        "service_kind",
        "actor_kind",
        "about_type",
        "verb",
        "outcome",
        "code",
        "advice",
        "state_reason",
    },
    *{"channel", "gateway", "urgency", "source", "status", "digest"},
    *{"language", "target", "speaks", "reads", "script", "timezone"},
    *{"press", "together", "provenance", "reason", "owner", "about"},
    *{"called_off_why", "family"},  # of a meeting: a code; of a party: which of a round share a child
    "facts",  # activity: ids, counts and codes, by its own rule
}


def test_every_wordy_field_has_a_tier() -> None:
    untold = [
        f"{model._meta.label}.{field.name}"
        for model in tenant_models()
        for field in model._meta.local_fields
        if isinstance(field, WORDY) and not field.choices and field.name not in {*CODES, *model.tiers}
    ]
    assert untold == []


def test_every_tier_is_one_of_four_and_belongs_to_a_field() -> None:
    wrong = [
        f"{model._meta.label}.{name}"
        for model in tenant_models()
        for name, tier in model.tiers.items()
        if not isinstance(tier, Tier) or name not in {field.name for field in model._meta.local_fields}
    ]
    assert wrong == []
