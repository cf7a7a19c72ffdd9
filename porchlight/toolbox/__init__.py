"""Small named tools that know nothing of schools: clock, phone numbers, keys, sealed secrets."""
