"""The road out to homes and back: planning, parcels, the outbox, receipts and the inbox.

`planning.plan()` says who gets what on which channel and when; `actions.dispatch()` writes it down as parcels and
deliveries, which are the outbox; the workers in `outbox/` put them on the wire; `inbox/` hears what comes back.
"""
