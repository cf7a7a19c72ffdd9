"""From outbox to recorded status, against a bare aiohttp client that posts the same bodies to the same gateway.

`stage.py` fills an outbox once for each database; `house.py` runs Porchlight over a copy of it and `bare.py` the
client; `gauge.py` reads what processes used; `places.py` makes the databases. docs/benchmarks.md says what counts.
"""
