"""What families speak and read: scripts, phrase books, the words we understand, who wrote which version."""
