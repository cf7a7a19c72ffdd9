"""A number that is to take another's place: asked by anybody, confirmed by people, in force when it may be."""
