"""What breaks a school's server, done to one on purpose: killed workers, a dying database, a full disk, moved clocks.

Every chapter runs the real programs against a PostgreSQL cluster of its own (`cluster.py`) and the practice gateway,
and counts at the gateway what arrived. docs/benchmarks.md says what counts.
"""
