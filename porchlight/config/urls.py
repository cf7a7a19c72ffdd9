"""All addresses. A room's own live in its `urls.py`; a school's pages start with the school's slug."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from porchlight.home.views.front import front
from porchlight.operations import views as health
from porchlight.operations import views_of_metrics as metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("design/", include("porchlight.design.urls")),
    path("accounts/", include("porchlight.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("hooks/", include("porchlight.delivery.urls")),
    path("api/v1/", include("porchlight.api.urls")),
    path("metrics", metrics.scrape, name="metrics"),
    path("health", health.everything),  # machines that ask do not follow a redirect
    path("health/", include("porchlight.operations.urls")),
    path("set-up/", include("porchlight.welcome.set_up_urls")),
    path("", front, name="front"),
    path("<slug:school>/", include("porchlight.schools.urls")),
    path("<slug:school>/", include("porchlight.languages.urls")),
    path("<slug:school>/", include("porchlight.delivery.school_urls")),
    path("<slug:school>/", include("porchlight.welcome.urls")),
    path("<slug:school>/", include("porchlight.conversations.urls")),
    path("<slug:school>/", include("porchlight.learning.urls")),
    path("<slug:school>/", include("porchlight.meetings.urls")),
    path("<slug:school>/", include("porchlight.updates.urls")),
    path("<slug:school>/", include("porchlight.privacy.urls")),
    path("<slug:school>/", include("porchlight.rosters.urls")),
    path("<slug:school>/", include("porchlight.operations.school_urls")),
    path("<slug:school>/", include("porchlight.api.school_urls")),
    path("<slug:school>/", include("porchlight.home.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("porchlight.demo.urls")))

handler400 = "porchlight.design.views.bad_request"
handler403 = "porchlight.design.views.forbidden"
handler404 = "porchlight.design.views.not_found"
handler500 = "porchlight.operations.views.broken"
