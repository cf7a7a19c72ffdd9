"""Maple Street School: one cast of people for demo, tests, docs and screenshots."""
