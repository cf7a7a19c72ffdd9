"""One process that answers: granian for connections, a few threads for pages."""
