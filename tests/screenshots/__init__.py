"""Pictures of every page, taken on Maple Street after a fortnight of messages."""
