"""Addresses of delivery's pages for the office, under the school's slug."""

from django.urls import path

from porchlight.delivery.views import accounts, dead_letters

app_name = "delivery"
urlpatterns = [
    path("settings/ways/", accounts.accounts, name="accounts"),
    path("settings/ways/new/<slug:gateway>/", accounts.new_account, name="new_account"),
    path("settings/ways/switch/", accounts.sending, name="sending"),
    path("settings/ways/<str:key>/", accounts.account, name="account"),
    path("settings/ways/<str:key>/texts/", accounts.texts, name="texts"),
    path("settings/ways/<str:key>/test-message/", accounts.test_message, name="test_message"),
    path("settings/ways/<str:key>/release/", accounts.release, name="release"),
    path("settings/ways/<str:key>/closing/", accounts.closing, name="closing"),
    path("settings/undelivered/", dead_letters.dead_letters, name="dead_letters"),
    path("settings/undelivered/<int:pk>/sending/", dead_letters.sending_again, name="sending_again"),
]
