"""Nobody sees a row because nobody thought of it: a table that says nothing shows nothing."""

import pytest
from django.core.exceptions import EmptyResultSet

from porchlight.schools.actors import Actor, Kind, Role, system
from porchlight.schools.install import tenant_models
from porchlight.schools.models import TenantModel, TenantQuerySet

TENANTS = sorted(tenant_models(), key=lambda model: model._meta.label)
SILENT = [
    model for model in TENANTS if type(model._default_manager.all()).visible_to is TenantQuerySet.visible_to
]


def shows_nothing(model: type[TenantModel], actor: Actor) -> bool:
    """Whether the database would not even be asked."""
    try:
        return not str(model._default_manager.visible_to(actor).query)
    except EmptyResultSet:
        return True


def test_every_tenant_table_is_reached_through_a_tenant_queryset() -> None:
    assert [model for model in TENANTS if not isinstance(model._default_manager.all(), TenantQuerySet)] == []


@pytest.mark.parametrize("model", SILENT, ids=[model._meta.label for model in SILENT])
def test_a_table_that_says_nothing_is_seen_by_the_system_alone(model: type[TenantModel]) -> None:
    everybody = [Actor(kind, 1, 1, frozenset(Role)) for kind in Kind if kind is not Kind.SYSTEM]
    assert [actor.kind for actor in everybody if not shows_nothing(model, actor)] == []
    assert not shows_nothing(model, system(1))


def test_a_link_or_a_gateway_sees_no_table_but_the_calendar() -> None:
    """They act through what the link names or what was sent, never by looking round."""
    seen = {
        model._meta.label
        for model in TENANTS
        for kind in (Kind.LINK, Kind.GATEWAY, Kind.TOKEN)
        if not shows_nothing(model, Actor(kind, 1))
    }
    assert seen == {"schools.Closure", "schools.Term"}
