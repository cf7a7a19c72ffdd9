"""Addresses of meetings, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import URLPattern, URLResolver, path

from porchlight.meetings.views import (
    at_home,
    at_home_said,
    at_school,
    at_school_said,
    calendars,
    figures,
    student,
)

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = []

# Around a meeting of any sort. `meetings/<key>/` takes what no address before it took: these stand last.
urlpatterns += [
    path("meetings/mine/", at_school.mine, name="mine"),
    path("meetings/mine/calendar/", calendars.calendar, name="calendar"),
    path("meetings/mine/calendar/removal/", calendars.calendar_removal, name="calendar_removal"),
    path("meetings/mine/wishes/<str:key>/", at_school.wish, name="wish"),
    path("meetings/figures/", figures.meeting_figures, name="figures"),
    path("at-meetings/<str:key>/", at_school.meeting, name="meeting"),
    path("at-meetings/<str:key>/meeting.ics", calendars.file, name="file"),
    path("at-meetings/<str:key>/beginning/", at_school.beginning, name="beginning"),
    path("at-meetings/<str:key>/ending/", at_school.ending, name="ending"),
    path("at-meetings/<str:key>/nobody/", at_school.nobody, name="nobody"),
    path("at-meetings/<str:key>/guests/<str:seat>/", at_school.guest_word, name="guest_word"),
    path("at-meetings/<str:key>/questions/", at_school_said.questions_to_home, name="questions"),
    path("at-meetings/<str:key>/questions/<str:question>/", at_school_said.answer_to_home, name="answer"),
    path("at-meetings/<str:key>/minutes/", at_school_said.minutes, name="minutes"),
    path("at-meetings/<str:key>/steps/", at_school_said.new_step, name="steps"),
    path("at-meetings/<str:key>/steps/<str:step>/", at_school_said.step, name="step"),
    path("meetings/", at_home.my_meetings, name="my_meetings"),
    path("meetings/calendar/", calendars.my_calendar, name="my_calendar"),
    path("meetings/calendar/removal/", calendars.my_calendar_removal, name="my_calendar_removal"),
    path("meetings/<str:key>/", at_home.my_meeting, name="my_meeting"),
    path("meetings/<str:key>/meeting.ics", calendars.my_file, name="my_file"),
    path("meetings/<str:key>/word/", at_home.my_word, name="my_word"),
    path("meetings/<str:key>/waiting/", at_home.waiting_room, name="waiting_room"),
    path("meetings/<str:key>/questions/", at_home_said.my_questions, name="my_questions"),
    path("meetings/<str:key>/questions/<str:question>/", at_home_said.my_answer, name="my_answer"),
    path("meetings/<str:key>/minutes/", at_home_said.my_word_on_minutes, name="my_word_on_minutes"),
    path("meetings/<str:key>/steps/<str:step>/", at_home_said.my_step_done, name="my_step_done"),
    path("my-meetings/", student.student_meetings, name="student_meetings"),
    path("my-meetings/steps/<str:key>/", student.student_step_done, name="student_step_done"),
    path("calendars/<str:secret>/meetings.ics", calendars.feed, name="feed"),
]
