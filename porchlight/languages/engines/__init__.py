"""Translation engines behind one seam: a file for each, with its wire format and its table of refusals."""
