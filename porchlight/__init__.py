"""Porchlight, the open home–school partnership platform: a house of rooms (docs/floor-plan.md)."""
