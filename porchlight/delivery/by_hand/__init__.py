"""What people carry themselves: whose turn it is, the last check at their tap, and what they say came of it."""
