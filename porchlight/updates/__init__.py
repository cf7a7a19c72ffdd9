"""A class's week, tonight's question, what it learns and whom to ask, and the school's newsletter."""
