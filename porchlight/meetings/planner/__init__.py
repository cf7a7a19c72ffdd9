"""Plans a conference round. Pure Python over one JSON in and one JSON out: no database, no Django."""
