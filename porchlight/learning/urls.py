"""Addresses of learning, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import path

from porchlight.learning.views import absences, register

app_name = "learning"
urlpatterns = [
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.by_hand, name="absence_by_hand"),
    path("absences/<str:key>/", absences.absence, name="absence"),
    path("absences/<str:key>/removal/", absences.removal, name="absence_removal"),
    path("classes/<str:key>/register/", register.register, name="register"),
]
