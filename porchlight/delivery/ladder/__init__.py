"""The ladder: which way a parcel goes next, when one failed or brought no sign.

`rules.py` decides, in the words of `terms.py`, and knows no rows; `ways.py` lists what planning finds open; `facts.py`
reads what the rules have to know; `climbing.py` does what they say; `looking.py` comes by when a wait is over;
`explaining.py` says each step in words.
"""
