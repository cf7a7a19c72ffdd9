"""Who can sign in: users, sessions, staff sign-in and one-time tokens."""
