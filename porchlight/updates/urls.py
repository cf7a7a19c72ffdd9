"""Addresses of updates, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import path

from porchlight.updates.views import facts, family, newsletters, weeks

app_name = "updates"
urlpatterns = [
    path("classes/<str:key>/week/", weeks.week, name="week"),
    path("classes/<str:key>/week/leaving-out/", weeks.left_out, name="week_left_out"),
    path("classes/<str:key>/week/lending/", weeks.lending, name="week_lending"),
    path("classes/<str:key>/week/day/", weeks.day_of_class, name="day_of_class"),
    path("classes/<str:key>/about/", facts.facts, name="facts"),
    path("classes/<str:key>/about/aloud/", facts.aloud, name="facts_aloud"),
    path("about-classes/<str:key>/sound/", facts.sound, name="facts_sound"),
    path("updates/day/", weeks.day_of_school, name="day_of_school"),
    path("newsletter/", newsletters.newsletter, name="newsletter"),
    path("class/<str:student_key>/", family.my_class, name="my_class"),
    path("class-aloud/<str:key>/", family.my_sound, name="my_sound"),
    path("newsletters/<str:key>/", family.my_newsletter, name="my_newsletter"),
]
