"""Pages that stay open: what changed is counted, watched by one poller a process, and told by server-sent events."""
