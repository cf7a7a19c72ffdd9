"""Addresses of delivery's pages for the office, under the school's slug."""

from django.urls import path

from porchlight.delivery.views import (
    accounts,
    dead_letters,
    given_up,
    ladder,
    phones,
    tap_list,
    without_contract,
)

app_name = "delivery"
urlpatterns = [
    path("settings/ways/", accounts.accounts, name="accounts"),
    path("settings/ways/new/<slug:gateway>/", accounts.new_account, name="new_account"),
    path("settings/ways/switch/", accounts.sending, name="sending"),
    path("settings/ways/by-hand/", without_contract.without_contract, name="without_contract"),
    path("settings/ways/by-hand/entrusted/", without_contract.entrusted, name="entrusted"),
    path("settings/ways/by-hand/<slug:gateway>/", without_contract.way_by_hand, name="way_by_hand"),
    path("settings/ladder/", ladder.ladder, name="ladder"),
    path("by-hand/", tap_list.tap_list, name="tap_list"),
    path("by-hand/<str:reference>/opening/", tap_list.opening, name="opening"),
    path("by-hand/<str:reference>/sending/", tap_list.sending_by_hand, name="sending_by_hand"),
    path("by-hand/undone/<int:pk>/", tap_list.tap_undo, name="tap_undo"),
    path("settings/ways/pairing/", phones.pairing, name="pairing"),
    path("settings/ways/<str:key>/pairing/", phones.pairing, name="pairing_again"),
    path("settings/ways/<str:key>/credit/", phones.credit, name="credit"),
    path("settings/ways/<str:key>/elsewhere/", phones.elsewhere, name="elsewhere"),
    path("pair/<str:secret>/", phones.pair_phone, name="pair"),
    path("settings/ways/<str:key>/", accounts.account, name="account"),
    path("settings/ways/<str:key>/texts/", accounts.texts, name="texts"),
    path("settings/ways/<str:key>/test-message/", accounts.test_message, name="test_message"),
    path("settings/ways/<str:key>/release/", accounts.release, name="release"),
    path("settings/ways/<str:key>/closing/", accounts.closing, name="closing"),
    path("settings/undelivered/", dead_letters.dead_letters, name="dead_letters"),
    path("settings/undelivered/<int:pk>/sending/", dead_letters.sending_again, name="sending_again"),
    path("settings/unread/", given_up.given_up, name="given_up"),
    path("settings/unread/<int:pk>/", given_up.one_given_up, name="one_given_up"),
    path("settings/unread/<int:pk>/reading/", given_up.reading_again, name="reading_again"),
]
