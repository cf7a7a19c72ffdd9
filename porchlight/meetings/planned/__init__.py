"""From the wishes of a round to times that families know, and what changes afterwards."""
