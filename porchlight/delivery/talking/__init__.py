"""A call: what is said in it, in whose voice, which keys answer, and when it is tried again."""
