"""What is kept of whom and how long: the register, copies for those it is about, erasure, and what time takes away."""
