"""What the office and leaders see and decide about other systems."""

from django.urls import path

from porchlight.api.views import pages, webhook_pages

app_name = "api"
urlpatterns = [
    path("settings/systems/", pages.tokens, name="tokens"),
    path("settings/systems/new/", pages.new_token, name="new_token"),
    path("settings/systems/webhooks/", webhook_pages.webhooks, name="webhooks"),
    path("settings/systems/webhooks/new/", webhook_pages.new_webhook, name="new_webhook"),
    path("settings/systems/webhooks/<slug:key>/", webhook_pages.webhook, name="webhook"),
    path("settings/systems/webhooks/<slug:key>/test/", webhook_pages.test, name="webhook_test"),
    path("settings/systems/webhooks/<slug:key>/ending/", webhook_pages.ending, name="webhook_ending"),
    path("settings/systems/webhooks/<slug:key>/revival/", webhook_pages.revival, name="webhook_revival"),
    path("settings/systems/webhooks/<slug:key>/again/", webhook_pages.again, name="webhook_again"),
    path("settings/systems/<slug:key>/revocation/", pages.revoking, name="revoking"),
]
