"""How the outbox empties: claimed in small batches, checked a last time, put on the wire, recorded.

`engine.py` joins one event loop (the wire) with one plain thread (the database) by queues; `claiming.py`,
`checking.py` and `recording.py` are what that thread says to the database; `lanes.py` decides whose turn it is;
`outcomes.py` decides what an answer of a gateway means for a delivery; `sweeping.py` finds what was lost.
"""
