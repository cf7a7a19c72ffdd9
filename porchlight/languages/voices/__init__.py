"""Voices of companies that read words out, for a school that has an account there."""
