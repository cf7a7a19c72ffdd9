"""How a family comes in: notice links, sign-in links and codes."""
