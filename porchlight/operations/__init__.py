"""Is it well: doctor, health, kill switches and the workers."""
