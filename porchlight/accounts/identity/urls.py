"""Where a sign-in with a provider begins and comes back to."""

from django.urls import path

from porchlight.accounts.identity import views

urlpatterns = [
    path("with/<slug:provider_id>/", views.go, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", views.back, name="openid_connect_callback"),
]
