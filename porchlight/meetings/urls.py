"""Addresses of meetings, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import URLPattern, URLResolver, path

from porchlight.meetings.views import counselling, hours, hours_at_home, interpreting, promising

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("hours/", hours.my_standing, name="my_standing"),
    path("hours/with-teachers/", hours_at_home.with_teachers, name="with_teachers"),
    path("hours/of/<str:key>/", hours_at_home.hours_of, name="hours_of"),
    path("hours/mine/<str:key>/removal/", hours_at_home.mine_removal, name="mine_removal"),
    path("hours/booked/<str:key>/", hours.booked_hour, name="booked_hour"),
    path("hours/booked/<str:key>/time/", hours.booked_time, name="booked_time"),
    path("hours/booked/<str:key>/removal/", hours.booked_removal, name="booked_removal"),
    path("hours/booked/<str:key>/interpreter/", hours.booked_interpreter, name="booked_interpreter"),
    path("hours/calls/<str:key>/", promising.promise, name="promise_call"),
    path("hours/promised/<str:key>/call/", hours.call_rung, name="call_rung"),
    path("hours/<str:key>/removal/", hours.standing_removal, name="standing_removal"),
    path("interpreting/", interpreting.interpreting, name="interpreting"),
    path("interpreting/<str:key>/", interpreting.interpreted, name="interpreted"),
    path("interpreting/bookings/<str:key>/word/", interpreting.booking_word, name="booking_word"),
    path("counselling/", counselling.counselling, name="counselling"),
    path("counselling/at-home/", counselling.counselling_at_home, name="counselling_at_home"),
    path("counselling/mine/", counselling.my_counselling, name="my_counselling"),
    path("counselling/for/<str:student_key>/", counselling.counselling_for, name="counselling_for"),
    path("counselling/<str:key>/times/", counselling.counselling_times, name="counselling_times"),
]
