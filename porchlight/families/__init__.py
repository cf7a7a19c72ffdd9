"""Households, students, guardians and how each may be reached: addresses, consent, restrictions, hours."""
