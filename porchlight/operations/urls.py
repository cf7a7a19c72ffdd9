"""Is it well? For machines and for people, outside the schools' own addresses."""

from django.urls import path

from porchlight.operations import views

app_name = "health"
urlpatterns = [
    path("", views.everything, name="health"),
    path("pages/", views.pages, name="health_of_pages"),
]
