"""Addresses of the school's own pages."""

from django.urls import path

from porchlight.schools import views
from porchlight.schools.live.views import changes

app_name = "schools"
urlpatterns = [
    path("changes/<slug:topic>/", changes, name="changes"),
    path("settings/school/", views.facts, name="facts"),
    path("settings/calendar/", views.calendar, name="calendar"),
    path("settings/calendar/terms/<int:pk>/removal/", views.term_removal, name="term_removal"),
    path("settings/calendar/closures/<int:pk>/removal/", views.closure_removal, name="closure_removal"),
]
