"""A named person's due task: ring this home, look at this worry, mend this number."""
