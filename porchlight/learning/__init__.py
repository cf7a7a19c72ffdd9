"""Who is at school and who is not, and what the home says to it."""
