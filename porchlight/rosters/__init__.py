"""People and classes in and out: OneRoster, Microsoft SDS and the families sheet."""
