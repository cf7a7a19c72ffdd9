"""Addresses of the demo; included only when it runs."""

from django.urls import path

from porchlight.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("as/<slug:who>/", views.sign_in_as, name="sign_in_as"),
]
