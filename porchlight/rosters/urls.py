"""Addresses of rosters, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import path

from porchlight.rosters import new_year_views, sheet_views, views

app_name = "rosters"
urlpatterns = [
    path("rosters/", views.rosters, name="rosters"),
    path("rosters/families-sheet/", views.families_sheet, name="families_sheet"),
    path("rosters/new-year/", new_year_views.new_year, name="new_year"),
    path("rosters/new-year/<str:key>/undoing/", new_year_views.year_undoing, name="year_undoing"),
    path("rosters/sheets/", sheet_views.sheets, name="sheets"),
    path("rosters/<str:key>/columns/", sheet_views.columns, name="columns"),
    path("rosters/<str:key>/questions/", sheet_views.questions, name="questions"),
    path("rosters/<str:key>/", views.roster, name="roster"),
    path("rosters/<str:key>/progress/", views.progress, name="progress"),
    path("rosters/<str:key>/looking/", views.looking, name="looking"),
    path("rosters/<str:key>/leaving/", views.leaving, name="leaving"),
    path("rosters/<str:key>/taking/", views.taking, name="taking"),
    path("rosters/<str:key>/undoing/", views.undoing, name="undoing"),
]
