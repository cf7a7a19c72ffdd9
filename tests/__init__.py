"""Tests of the whole house: its rules, its wall and journeys through all its rooms."""
