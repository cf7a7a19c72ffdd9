"""Conference rounds and visits: when families and teachers meet."""
