"""What is kept: the page everybody may read, the family's own, and the school's work with it."""

from django.urls import path

from porchlight.privacy.views import answering, colleagues, family, keeping, leaving, public, reviewing

app_name = "privacy"
urlpatterns = [
    path("what-we-keep/", public.retention, name="retention"),
    path("kept/", family.mine, name="mine"),
    path("kept/at-work/", colleagues.mine, name="at_work"),
    path("kept/at-work/copy/", colleagues.my_copy, name="my_copy"),
    path("settings/kept/colleague/", colleagues.copy, name="colleague_copy"),
    path("settings/kept/", answering.requests, name="requests"),
    path("settings/kept/record/", keeping.record_of_processing, name="record"),
    path("settings/kept/limits/", keeping.limits, name="limits"),
    path("settings/kept/holds/", keeping.holds, name="holds"),
    path("settings/kept/holds/<slug:key>/lifting/", keeping.lifting, name="lifting"),
    path("settings/leaving/", leaving.leaving, name="leaving"),
    path("settings/leaving/agreeing/", leaving.agreeing, name="agreeing"),
    path("settings/leaving/staying/", leaving.staying, name="staying"),
    path("settings/kept/requests/<slug:key>/", answering.request_page, name="request"),
    path("settings/kept/requests/<slug:key>/copy/", answering.copy, name="copy"),
    path("settings/kept/requests/<slug:key>/answer/", answering.answer, name="answer"),
    path("settings/kept/requests/<slug:key>/erasure/", answering.erasure, name="erasure"),
    path("settings/kept/requests/<slug:key>/review/", reviewing.review, name="review"),
]
