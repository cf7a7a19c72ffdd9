"""Addresses of families' doors, under the school's slug."""

from django.urls import path

from porchlight.welcome import colleagues, views

app_name = "welcome"
urlpatterns = [
    path("n/<str:secret>/", views.notice, name="notice"),
    path("n/<str:secret>/message/", views.notice_message, name="notice_message"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/person/", views.person, name="person"),
    path("staff/", colleagues.staff, name="staff"),
    path("staff/<str:key>/invitation/", colleagues.invitation_card, name="invitation_card"),
    path("join/<str:secret>/", colleagues.invitation, name="invitation"),
]
