"""Outside the schools' own addresses: where gateways come back, and where mail programs say stop."""

from django.urls import path

from porchlight.delivery.inbox.stopping import stop
from porchlight.delivery.inbox.webhooks import webhook
from porchlight.delivery.talking.sounds import sound

app_name = "hooks"
urlpatterns = [
    path("stop/<slug:school_slug>/<str:reference>/", stop, name="stop"),
    path("sound/<str:token>/", sound, name="sound"),
    path("<slug:gateway>/<str:key>/", webhook, name="webhook"),
]
