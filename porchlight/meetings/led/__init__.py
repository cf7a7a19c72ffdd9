"""Student-led conferences: the student chooses what to show and ask, and speaks first."""
