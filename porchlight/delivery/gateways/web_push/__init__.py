"""News on a family's own screen (web push): it says that something waits, and nothing else.

RFC 8030 for the way to a browser's push service, RFC 8291 for the seal that only the browser opens, RFC 8292 (VAPID)
for who speaks.
"""
