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
from django.urls import URLPattern, URLResolver, path

from porchlight.meetings.views import joining, led, led_at_meetings, video_settings

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/<str:key>/joining/", joining.joining, name="joining"),
    path("meetings/<str:key>/video-room/", joining.video_room, name="video_room"),
    path("at-meetings/<str:key>/joining/", joining.host_joining, name="host_joining"),
    path("at-meetings/<str:key>/video-room/", joining.host_video_room, name="host_video_room"),
    path("settings/video/", video_settings.video, name="video"),
    path("settings/video/new/<slug:company>/", video_settings.new_video_account, name="new_video_account"),
    path("settings/video/<str:key>/", video_settings.video_account, name="video_account"),
    path("settings/video/<str:key>/test/", video_settings.video_test, name="video_test"),
    path("settings/video/<str:key>/choice/", video_settings.video_choice, name="video_choice"),
    path("settings/video/<str:key>/closing/", video_settings.video_closing, name="video_closing"),
    path("my-meetings/<str:key>/", led.my_part, name="my_part"),
    path("my-meetings/<str:key>/photos/<str:shown_key>/", led.my_photo, name="my_photo"),
    path("my-part/", led.class_device, name="class_device"),
    path("my-part/end/", led.class_device_end, name="class_device_end"),
    path("my-part/photos/<str:shown_key>/", led.class_device_photo, name="class_device_photo"),
    path("meetings/<str:key>/student/", led_at_meetings.student_begins, name="student_begins"),
    path(
        "meetings/<str:key>/student/photos/<str:shown_key>/",
        led_at_meetings.student_begins_photo,
        name="student_begins_photo",
    ),
    path("at-meetings/<str:key>/student/", led_at_meetings.student_leads, name="student_leads"),
    path(
        "at-meetings/<str:key>/student/photos/<str:shown_key>/",
        led_at_meetings.student_leads_photo,
        name="student_leads_photo",
    ),
    path("at-meetings/<str:key>/student/part/", led_at_meetings.student_leading, name="student_leading"),
    path("at-meetings/<str:key>/student/code/", led_at_meetings.student_code, name="student_code"),
    path("at-meetings/<str:key>/student/slip/", led_at_meetings.student_slip, name="student_slip"),
    path(
        "at-meetings/<str:key>/student/slip/words/",
        led_at_meetings.student_slip_typed,
        name="student_slip_typed",
    ),
]
