"""Law, agreements and contracts as rule instances of the generic shapes: one file per family."""
