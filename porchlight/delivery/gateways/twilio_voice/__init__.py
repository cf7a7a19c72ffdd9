"""Calls through Twilio: what is said is asked of us, key by key; answers and spoken words come back signed."""
