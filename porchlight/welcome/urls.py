"""Addresses of the doors, under the school's slug."""

from django.urls import path

from porchlight.welcome.views import (
    colleagues,
    consent,
    joining,
    letters,
    links,
    printed,
    safeguarding,
    sign_in,
    slips,
    start,
    students,
)

app_name = "welcome"
urlpatterns = [
    path("n/<str:secret>/", links.notice, name="notice"),
    path("n/<str:secret>/message/", links.notice_message, name="notice_message"),
    path("n/<str:secret>/message/sounds/<str:key>/", links.notice_sound, name="notice_sound"),
    path("n/<str:secret>/message/read-out/<str:key>/", links.notice_read_out, name="notice_read_out"),
    path("n/<str:secret>/message/files/<str:key>/", links.notice_enclosed, name="notice_enclosed"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/person/", sign_in.person, name="person"),
    path("staff/", colleagues.staff, name="staff"),
    path("staff/<str:key>/invitation/", colleagues.invitation_card, name="invitation_card"),
    path("staff/<str:key>/leaving/", colleagues.leaving, name="leaving"),
    path("staff/<str:key>/return/", colleagues.coming_back, name="coming_back"),
    path("settings/safeguarding/", safeguarding.safeguarding, name="safeguarding"),
    path("settings/students/", students.students, name="students"),
    path("settings/students/<str:key>/sign-in/", students.student_sign_in, name="student_sign_in"),
    path(
        "settings/students/<str:key>/sign-in/removal/",
        students.student_sign_in_removal,
        name="student_sign_in_removal",
    ),
    path("by-hand/slips/", slips.slips, name="slips"),
    path("by-hand/slips/announcement/", slips.class_slips, name="class_slips"),
    path("by-hand/slips/<str:key>/", slips.slips_of_class, name="slips_of_class"),
    path("by-hand/slips/undone/<int:pk>/", slips.slip_undo, name="slip_undo"),
    path("by-hand/letters/", letters.letters, name="letters"),
    path("by-hand/letters/printed/<int:pk>/", letters.letters_run, name="letters_run"),
    path("by-hand/letters/<str:reference>/", letters.letter_out, name="letter_out"),
    path("by-hand/letters/<str:by>/<str:value>/", letters.letters_of, name="letters_of"),
    path("by-hand/letters/<str:by>/<str:value>/paper/", letters.letters_pdf, name="letters_pdf"),
    path("start/", start.start, name="start"),
    path("start/<str:code>/", start.start, name="start_with_code"),
    path("settings/consent/", consent.consent, name="consent"),
    path("settings/consent/<str:key>/removal/", consent.consent_removal, name="consent_removal"),
    path("hello/poster/", printed.poster, name="poster"),
    path("hello/cards/", printed.hello_cards, name="hello_cards"),
    path("join/<str:secret>/", joining.invitation, name="invitation"),
]
