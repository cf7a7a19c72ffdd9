"""What each address of the open door answers, and the school's own pages about it."""
