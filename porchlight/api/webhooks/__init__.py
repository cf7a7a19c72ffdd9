"""Other systems are told when something happened: signed, tried again, never with anybody's words."""
