"""Visits to families: a gesture of trust, never an inspection."""
