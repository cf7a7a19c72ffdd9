"""The doors as pages: notice links, sign-in by code, colleagues and their invitations."""
