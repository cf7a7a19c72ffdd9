"""`{% load identity %}`: the providers this server knows, and those somebody has connected."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import template
from django.conf import settings
from django.template import Context

register = template.Library()


@register.simple_tag
def identity_providers() -> list[dict[str, str]]:
    """Each with `id` and `name`."""
    return [{"id": one["id"], "name": one["name"]} for one in settings.IDENTITY_PROVIDERS]


@register.simple_tag(takes_context=True)
def connected_accounts(context: Context) -> list[dict[str, Any]]:
    """Those of who looks, oldest first; one whose provider was switched off since is named by its id."""
    names = {one["id"]: one["name"] for one in settings.IDENTITY_PROVIDERS}
    return [
        {
            "pk": account.pk,
            "name": names.get(account.provider, account.provider),
            "shown_as": account.extra_data.get("shown_as", ""),
            "since": account.date_joined,
        }
        for account in SocialAccount.objects.filter(user_id=context["request"].user.pk).order_by("pk")
    ]
