"""First pages. They read what the rooms below keep, and change nothing."""
