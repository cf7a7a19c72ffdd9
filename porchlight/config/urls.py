"""All addresses. A room's own live in its `urls.py`; a school's pages start with the school's slug."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
]
