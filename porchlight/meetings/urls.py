"""Addresses of meetings, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import URLPattern, URLResolver, path

from porchlight.meetings.views import joining, video_settings

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
]
