"""Where gateways come back: outside the schools' own addresses."""

from django.urls import path

from porchlight.delivery.inbox.webhooks import webhook

app_name = "delivery"
urlpatterns = [path("<slug:gateway>/<str:key>/", webhook, name="webhook")]
