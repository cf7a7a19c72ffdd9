"""The open door: other systems read, write and are told, each with a token or an address that the school gave it."""
