"""Office hours, calls promised, counselling and interpreters."""
