"""Addresses of the school's own pages."""

from django.urls import path

from porchlight.schools import hours_views, views
from porchlight.schools.live.views import changes

app_name = "schools"
urlpatterns = [
    path("changes/<slug:topic>/", changes, name="changes"),
    path("my-hours/", hours_views.my_hours, name="my_hours"),
    path("my-hours/away/<str:key>/removal/", hours_views.away_removal, name="away_removal"),
    path("settings/school/", views.facts, name="facts"),
    path("settings/calendar/", views.calendar, name="calendar"),
    path("settings/calendar/terms/<int:pk>/removal/", views.term_removal, name="term_removal"),
    path("settings/calendar/closures/<int:pk>/removal/", views.closure_removal, name="closure_removal"),
]
