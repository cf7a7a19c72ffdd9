"""Addresses of the languages pages, under the school's slug."""

from django.urls import path

from porchlight.languages import hard_words_form, views, views_letters, voice_views

app_name = "languages"
urlpatterns = [
    path("settings/languages/", views.overview, name="overview"),
    path("settings/languages/pairs/", views.pairs, name="pairs"),
    path("settings/languages/hard-words/", hard_words_form.hard_words, name="hard_words"),
    path(
        "settings/languages/hard-words/<str:key>/removal/",
        hard_words_form.hard_word_removal,
        name="hard_word_removal",
    ),
    path("settings/languages/words/", views.glossary, name="glossary"),
    path("settings/languages/words/<str:key>/removal/", views.term_removal, name="term_removal"),
    path("settings/languages/voices/new/<slug:company>/", voice_views.new_voice, name="new_voice"),
    path("settings/languages/voices/<str:key>/", voice_views.voice, name="voice"),
    path("settings/languages/voices/<str:key>/personal/", voice_views.voice_personal, name="voice_personal"),
    path("settings/languages/voices/<str:key>/closing/", voice_views.voice_closing, name="voice_closing"),
    path("settings/languages/letters/", views_letters.letters, name="letters"),
    path(
        "settings/languages/letters/<str:key>/removal/", views_letters.letters_removal, name="letters_removal"
    ),
    path("settings/languages/new/<slug:engine>/", views.new_engine, name="new_engine"),
    path("settings/languages/<str:key>/", views.engine, name="engine"),
    path("settings/languages/<str:key>/test/", views.test, name="engine_test"),
    path("settings/languages/<str:key>/personal/", views.personal, name="engine_personal"),
    path("settings/languages/<str:key>/closing/", views.closing, name="engine_closing"),
]
