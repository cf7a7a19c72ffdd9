"""First pages, under the school's slug."""

from django.urls import path

from porchlight.home.views import (
    desk,
    family,
    first_steps,
    front,
    good_news,
    good_news_aloud,
    hello,
    street,
    student,
)

app_name = "home"
urlpatterns = [
    path("", front.school, name="school"),
    path("desk/", desk.desk, name="desk"),
    path("desk/waiting/", desk.waiting, name="desk_waiting"),
    path("street/", street.street, name="street"),
    path("good-news/", good_news.notes, name="good_news"),
    path("good-news/<str:key>/aloud/", good_news_aloud.aloud, name="good_news_aloud"),
    path("good-news/first/", good_news.first, name="good_news_first"),
    path("first-steps/", first_steps.first_steps, name="first_steps"),
    path("hello/", hello.hello, name="hello"),
    path("hello/week/", hello.week, name="hello_week"),
    path("hello/week/<str:key>/ending/", hello.ending, name="hello_week_ending"),
    path("week/", family.week, name="week"),
    path("day/", student.day, name="student_day"),
]
