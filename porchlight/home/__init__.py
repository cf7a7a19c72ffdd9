"""First pages: the teacher's desk, the family's week, the office. Reads all, changes nothing."""
