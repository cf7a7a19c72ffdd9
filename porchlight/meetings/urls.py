"""Addresses of meetings, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import URLPattern, URLResolver, path

from porchlight.meetings.views import round_hosts, round_wishes, rounds

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = [
    # Rounds until their plan.
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="round_new"),
    path("rounds/<str:key>/", rounds.one, name="round"),
    path("rounds/<str:key>/facts/", rounds.facts, name="round_facts"),
    path("rounds/<str:key>/asking/", rounds.asking, name="round_asking"),
    path("rounds/<str:key>/hosts/", round_hosts.hosts, name="round_hosts"),
    path("rounds/<str:key>/hosts/<str:host_key>/", round_hosts.host, name="round_host"),
    path("rounds/<str:key>/mine/", round_hosts.mine, name="round_mine"),
    path("rounds/<str:key>/must-see/", round_hosts.must_see, name="round_must_see"),
    path("rounds/<str:key>/parties/", round_wishes.parties, name="round_parties"),
    path("rounds/<str:key>/parties/forming/", round_wishes.forming, name="round_forming"),
    path("rounds/<str:key>/parties/<str:party_key>/", round_wishes.party, name="round_party"),
    path("rounds/<str:key>/wishes/", round_wishes.wishes, name="wishes"),
]
