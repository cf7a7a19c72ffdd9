"""Addresses of meetings, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import path

from porchlight.meetings.views import visit, visits, visits_family

app_name = "meetings"
urlpatterns = [
    path("visit/", visits_family.my_visits, name="my_visits"),
    path("visit/<str:key>/", visits_family.my_visit, name="my_visit"),
    path("visit/<str:key>/note/", visits_family.my_note, name="my_visit_note"),
    path("visits/", visits.visits, name="visits"),
    path("visits/afternoon/", visits.afternoon, name="visits_afternoon"),
    path("visits/travel/", visits.travel, name="visits_travel"),
    path("visits/callers/", visits.callers, name="visits_callers"),
    path("visits/overdue/<str:key>/", visits.overdue, name="visit_overdue"),
    path("visits/help/<str:key>/", visit.help_given, name="visit_help_given"),
    path("visits/<str:key>/", visit.visit, name="visit"),
    path("visits/<str:key>/times/", visit.times, name="visit_times"),
    path("visits/<str:key>/pair/", visit.pair, name="visit_pair"),
    path("visits/<str:key>/permission/", visit.permission, name="visit_permission"),
    path("visits/<str:key>/day/", visit.day, name="visit_day"),
    path("visits/<str:key>/check/", visit.check, name="visit_check"),
    path("visits/<str:key>/removal/", visit.off, name="visit_removal"),
    path("visits/<str:key>/note/", visit.note, name="visit_note"),
    path("visits/<str:key>/note/hearing/", visit.heard, name="visit_hearing"),
    path("visits/<str:key>/help/", visit.help_row, name="visit_help"),
    path("visits/<str:key>/worry/", visit.worry, name="visit_worry"),
    path("classes/<str:key>/visits/", visits.of_class, name="visits_of_class"),
    path("students/<str:key>/visit/", visits.new_visit, name="visit_new"),
]
