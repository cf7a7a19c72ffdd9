"""Urdu and Pashto put into Latin letters, and Roman Urdu read back: by a lexicon, and by the letters for the rest."""
