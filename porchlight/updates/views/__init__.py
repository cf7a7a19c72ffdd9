"""Pages of updates."""
