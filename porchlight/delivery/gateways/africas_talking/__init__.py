"""Text messages through Africa's Talking: forms both ways. It signs nothing, and here that is said aloud."""
