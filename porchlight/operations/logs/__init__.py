"""What the program says about itself: records with names and numbers, never with anybody's words or secrets."""
