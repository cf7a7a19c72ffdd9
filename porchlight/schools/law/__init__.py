"""What the law of a place, its networks and its authorities ask of a school, as data: `profiles/<place>.toml`.

`reading.py` reads and checks the files; `followed.py` finds the one a school follows; `effects.py` says it in words.
No legal advice: each figure names its source and whether it is law, and decision 82 says who has looked it over.
"""
