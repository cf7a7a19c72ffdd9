"""How many homes urgent words reach, how fast and at what price: the ladder against two usual ways, on one town."""
