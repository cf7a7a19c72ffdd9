"""The road out and back: planning, parcels, the outbox, receipts and the inbox."""
