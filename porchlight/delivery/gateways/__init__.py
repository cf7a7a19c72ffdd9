"""Who carries our words: one folder a gateway, everything of it inside (CONTRIBUTING.md, "Add a gateway").

A gateway's folder holds its adapter, its error table, its settings form, its system check and its tests;
`contract.py` is what the road asks of every one of them, `registry.py` finds them.
"""
