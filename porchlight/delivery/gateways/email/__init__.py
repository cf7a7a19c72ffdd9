"""Mail: out over the school's own mail server, in through its mail provider's webhook, replies read down to
the new words. Each school account has its own server, provider and secrets."""
