"""Measurements against bare libraries, in one run, slice by slice in turn: what Porchlight adds, as a factor."""
