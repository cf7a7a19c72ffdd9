"""The addresses of a server's first hour: of no school, and of no room's name."""

from django.urls import path

from porchlight.welcome.views import setting_up

urlpatterns = [
    path("", setting_up.where_the_link_is, name="set_up"),
    path("<str:secret>/", setting_up.set_up, name="set_up_link"),
]
