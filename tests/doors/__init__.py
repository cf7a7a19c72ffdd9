"""Who gets which answer at which address by which method: the table (answers.txt), and what walks through it."""
