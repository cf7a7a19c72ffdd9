"""Rounds drawn by chance, a judge that shares no code with the planner, and what usual booking would have held."""
