"""Addresses of meetings, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import URLPattern, URLResolver, path

from porchlight.meetings.views import board, planning, telling

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = []

# The plan of a round.
urlpatterns += [
    path("rounds/<str:key>/plan/", planning.plan, name="round_plan"),
    path("rounds/<str:key>/plan/stopping/", planning.stopping, name="round_plan_stopping"),
    path("rounds/<str:key>/plan/taking/", planning.taking_it, name="round_plan_taking"),
    path("rounds/<str:key>/board/", board.board, name="round_board"),
    path("rounds/<str:key>/board/swap/", board.swap, name="round_swap"),
    path("rounds/<str:key>/board/<str:wish_key>/", board.place, name="round_place"),
    path("rounds/<str:key>/board/<str:wish_key>/pin/", board.pin, name="round_pin"),
    path("rounds/<str:key>/my-evening/", board.my_evening, name="round_my_evening"),
    path("rounds/<str:key>/times/", telling.times, name="round_times"),
    path("rounds/<str:key>/times/taking-back/", telling.times_back, name="round_times_back"),
    path("rounds/<str:key>/changes/", telling.changes, name="round_changes"),
    path("rounds/<str:key>/changes/away/", telling.away, name="round_away"),
    path("rounds/<str:key>/changes/filling/", telling.filling, name="round_filling"),
    path("rounds/<str:key>/changes/looking/", telling.looking, name="round_looking"),
    path("rounds/<str:key>/changes/<str:planning_key>/<int:number>/", telling.step, name="round_step"),
]
