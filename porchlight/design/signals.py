"""Spoken upward by the design: accounts keeps a chosen language with the person."""

from django.dispatch import Signal

language_chosen = Signal()  # request, language (one of page_languages())
