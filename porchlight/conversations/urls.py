"""Addresses of conversations, under the school's slug. Nouns; what changes something is a POST."""

from django.urls import path

from porchlight.conversations.views import (
    addresses,
    compose,
    family,
    files,
    for_all,
    office,
    report,
    sharing,
    texts,
    threads,
    worries,
)

app_name = "conversations"
urlpatterns = [
    path("notices/", compose.notices, name="notices"),
    path("notices/new/", compose.compose, name="compose"),
    path("notices/audience/", compose.audience, name="audience"),
    path("notices/<str:key>/", report.notice, name="notice"),
    path("notices/<str:key>/fares/", report.fares, name="notice_fares"),
    path("notices/<str:key>/withdrawal/", report.withdrawal, name="notice_withdrawal"),
    path("notices/<str:key>/approval/", report.approval, name="notice_approval"),
    path("students/<str:key>/", threads.student, name="student"),
    path("students/<str:student_key>/with/<str:guardian_key>/", threads.thread, name="thread"),
    path("messages/<str:key>/withdrawal/", threads.withdrawal, name="message_withdrawal"),
    path("messages/<str:key>/settling/", threads.settling, name="message_settling"),
    path("messages/<str:key>/worry/", threads.worry, name="message_worry"),
    path("messages/<str:key>/for-all/", for_all.for_all, name="message_for_all"),
    path("messages/<str:key>/files/<str:file_key>/", files.of_message, name="message_file"),
    path("triage/<str:key>/files/<str:file_key>/", files.of_triage, name="triage_file"),
    path("triage/", office.triage, name="triage"),
    path("triage/<str:key>/placement/", office.placement, name="triage_placement"),
    path("triage/<str:key>/settlement/", office.settlement, name="triage_settlement"),
    path("addresses/<str:key>/", addresses.address, name="address"),
    path("addresses/<str:key>/confirmation/", addresses.confirmation, name="address_confirmation"),
    path("addresses/<str:key>/removal/", addresses.removal, name="address_removal"),
    path("worries/", worries.worries, name="worries"),
    path("worries/<str:key>/taking-up/", worries.taking_up, name="worry_taking_up"),
    path("texts/", texts.texts, name="texts"),
    path("texts/<str:key>/", texts.text, name="text"),
    path("messages/", family.messages, name="family_messages"),
    path("messages/about/<str:student_key>/", family.thread, name="family_thread"),
    path("messages/about/<str:student_key>/sharing/", sharing.family_sharing, name="family_sharing"),
    path("students/<str:key>/sharing/", sharing.sharing, name="sharing"),
    path("students/<str:key>/sharing/removal/", sharing.sharing_removal, name="sharing_removal"),
]
